"""The pages of webhooks: added, edited, stopped, tested; what was sent, and to whom it is shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.actions import assessment as verdicts
from claims.actions import undo
from claims.actions import webhook as webhooks
from claims.actions.assessment import Finding
from claims.models import Change, ChangeRow, Delivery, Webhook
from claims.records import Confidence, Verdict
from tests import factories
from tests.pages.conftest import Person

pytestmark = pytest.mark.one_database

SENT = {
    "name": "Night shift",
    "url": "https://hooks.example.org/in/key-of-ours",
    "tells_claims": "on",
    "tells_verdicts": "on",
    "active": "on",
}


def at(person: Person, name: str, *args: object) -> str:
    return reverse(name, args=[person.desk.slug, *args])


def html(person: Person, where: str) -> str:
    response = person.client.get(where)
    assert response.status_code == 200
    found: str = response.content.decode()
    return found


@pytest.fixture
def webhook(owner: Person) -> Webhook:
    return factories.a_webhook(owner.desk, name="Night shift", made_by=owner.user)


def test_an_owner_adds_one_and_sees_its_secret(owner: Person) -> None:
    assert "No webhooks yet" in html(owner, at(owner, "webhooks"))
    response = owner.client.post(at(owner, "webhook-new"), SENT)
    webhook = Webhook.objects.get()
    assert response.headers["Location"] == webhook.get_absolute_url()
    assert webhook.secret.startswith("whsec_")
    assert (webhook.tells_claims, webhook.tells_links) == (True, False)
    page = html(owner, webhook.get_absolute_url())
    assert webhook.secret in page
    assert "Nothing was to be told yet." in page
    listed = html(owner, at(owner, "webhooks"))
    assert "hooks.example.org" in listed
    assert "key-of-ours" not in listed
    assert webhook.secret not in listed


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"url": "http://10.0.0.1/"}, "10.0.0.1 is not on the public internet"),
        ({"url": "http://2130706433/"}, "not on the public internet"),
        ({"url": "http://[::1]/"}, "not on the public internet"),
        ({"url": "ftp://example.org/"}, "begins with https"),
        ({"url": "https://me:key@example.org/"}, "password"),
        ({"url": "https://example.org:8443/"}, "Port 8443"),
        ({"tells_claims": "", "tells_verdicts": ""}, "Choose what it is to be told of."),
    ],
)
def test_what_can_be_told_of_an_address_is_told_beside_it(
    owner: Person, sent: dict[str, str], said: str
) -> None:
    response = owner.client.post(at(owner, "webhook-new"), SENT | sent)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Webhook.objects.exists()


def test_there_is_an_end_to_them(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks, "MOST", 1)
    owner.client.post(at(owner, "webhook-new"), SENT)
    response = owner.client.post(at(owner, "webhook-new"), SENT)
    assert "1 webhooks at the most" in response.content.decode()
    assert "Add a webhook" not in html(owner, at(owner, "webhooks"))


def test_edited_deleted_and_back_and_neither_secret_nor_address_in_the_history(
    owner: Person, reviewer: Person
) -> None:
    owner.client.post(at(owner, "webhook-new"), SENT)
    webhook = Webhook.objects.get()
    secret, where = webhook.secret, at(owner, "webhook-edit", webhook.uid)
    assert "key-of-ours" in html(owner, where)
    stale = owner.client.post(where, SENT | {"version": "7", "name": "Other"})
    assert stale.status_code == 409
    assert "Save mine instead" in stale.content.decode()
    nothing = {"version": "1", "tells_claims": "", "tells_verdicts": ""}
    assert owner.client.post(where, SENT | nothing).status_code == 422
    owner.client.post(where, SENT | {"version": "1", "url": "https://x.example/other-key"})
    owner.client.post(at(owner, "webhook-delete", webhook.uid), {"version": "2"})
    assert owner.client.get(webhook.get_absolute_url()).status_code == 404
    change = Change.objects.latest("id")
    assert reviewer.client.post(at(reviewer, "change-undo", change.uid)).status_code == 403
    undo.undo(owner.actor, change)
    undo.undo(owner.actor, Change.objects.get(action="webhook.edit"))
    webhook.refresh_from_db()
    assert (webhook.url, webhook.secret) == (SENT["url"], secret)
    assert secret not in str(list(ChangeRow.objects.values()))
    history = html(reviewer, at(reviewer, "history"))
    assert "added the webhook “Night shift”" in history
    assert "key-of-ours" not in history
    assert "other-key" not in history


def test_a_test_a_new_secret_and_trying_again(owner: Person, webhook: Webhook) -> None:
    response = owner.client.post(at(owner, "webhook-test", webhook.uid))
    delivery = Delivery.objects.get()
    assert response.headers["Location"] == delivery.get_absolute_url()
    page = html(owner, delivery.get_absolute_url())
    assert "webhook.test" in page
    assert "every 2s" in page
    owner.client.post(at(owner, "webhook-secret", webhook.uid))
    page = html(owner, webhook.get_absolute_url())
    assert webhook.secret not in page
    assert "signs beside it until" in page
    Webhook.objects.update(stopped="gone", stopped_at=timezone.now())
    page = html(owner, webhook.get_absolute_url())
    assert "the receiver says that it is gone (410)" in page
    assert "Send a test" not in page
    owner.client.post(at(owner, "webhook-test", webhook.uid))
    assert Delivery.objects.count() == 1
    owner.client.post(at(owner, "webhook-go-on", webhook.uid))
    webhook.refresh_from_db()
    assert webhook.is_live


def test_the_log_by_state_and_page(owner: Person, webhook: Webhook) -> None:
    for state, error in (("delivered", ""), ("given_up", "It answered with status 500.")):
        factories.a_delivery(webhook, event="claim.created", state=state, tries=1, error=error)
    page = html(owner, webhook.get_absolute_url())
    assert page.count("claim.created") == 2
    assert "It answered with status 500." in page
    page = html(owner, webhook.get_absolute_url() + "?state=delivered")
    assert page.count("claim.created") == 1
    page = html(owner, webhook.get_absolute_url() + "?state=failed")
    assert "No delivery is in that state." in page
    Delivery.objects.bulk_create(
        Delivery(workspace=owner.desk, webhook=webhook, event="link.created", body=b"{}")
        for _ in range(50)
    )
    assert 'rel="next"' in html(owner, webhook.get_absolute_url())


def test_a_delivery_is_sent_again(owner: Person, webhook: Webhook) -> None:
    past = timezone.now() - timedelta(hours=1)
    values: dict[str, Any] = {"state": "given_up", "tries": 8, "status": 500, "tried_at": past}
    delivery = factories.a_delivery(webhook, error="It answered with status 500.", **values)
    page = html(owner, delivery.get_absolute_url())
    assert "It answered with status 500." in page
    assert "Send again" in page
    owner.client.post(at(owner, "delivery-again", delivery.uid))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries, delivery.error) == ("waiting", 0, "")
    Delivery.objects.update(lease="somebody")
    owner.client.post(at(owner, "delivery-again", delivery.uid))
    assert "It is being sent just now." in html(owner, delivery.get_absolute_url())
    Webhook.objects.update(active=False)
    owner.client.post(at(owner, "delivery-again", delivery.uid))
    assert "switch it on first" in html(owner, delivery.get_absolute_url())


def test_a_verdict_that_an_owner_is_to_second_is_not_read_from_the_log(
    owner: Person, reviewer: Person, webhook: Webhook
) -> None:
    """A second opinion was asked for after the first verdict had been told."""
    incident = factories.an_incident(owner.desk)
    finding = Finding(Verdict.DISCOUNTED, Confidence.LOW, "Reasons.")
    first = verdicts.record(reviewer.actor, incident, finding)
    delivery = Delivery.objects.get()
    assert "discounted" in html(owner, delivery.get_absolute_url())
    verdicts.ask(reviewer.actor, first)
    page = html(owner, delivery.get_absolute_url())
    assert "discounted" not in page
    assert "you see it once you have decided" in page


@pytest.mark.parametrize("name", ["webhooks", "webhook"])
def test_more_of_them_cost_no_more_queries(owner: Person, webhook: Webhook, name: str) -> None:
    where = at(owner, name, *([webhook.uid] if name == "webhook" else []))

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            html(owner, where)
        return len(queries)

    factories.a_delivery(webhook)
    html(owner, where)
    few = cost()
    for _ in range(10):
        factories.a_delivery(factories.a_webhook(owner.desk))
        factories.a_delivery(webhook)
    assert cost() == few
