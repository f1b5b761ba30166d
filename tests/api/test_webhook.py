"""Webhooks by the API: for owners, with their secrets, by the rules of the pages."""

from __future__ import annotations

import pytest

from claims.models import Change, Webhook
from tests.api.writing import fields, patch, post, send
from tests.pages.conftest import Person

pytestmark = pytest.mark.one_database
SENT = {"name": "Slack", "url": "https://hooks.example.org/key"}
TELLS = ("tells_claims", "tells_links", "tells_states", "tells_verdicts")


def test_one_is_made_changed_and_ended(owner: Person) -> None:
    told = post(owner, "webhooks/", SENT)
    webhook = Webhook.objects.get()
    assert (told["id"], told["secret"]) == (str(webhook.uid), webhook.secret)
    assert (told["tells_links"], told["active"], told["stopped"]) == (True, True, "")
    told = patch(owner, "webhooks", webhook, {"tells_links": False})
    assert (told["tells_links"], told["url"], told["version"]) == (False, SENT["url"], 2)
    where = f"webhooks/{webhook.uid}/"
    assert send(owner, "DELETE", where, version="1").status_code == 412
    assert send(owner, "DELETE", where, version="2").status_code == 204
    assert not Webhook.objects.kept().exists()
    assert Change.objects.count() == 3


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"url": "http://192.168.0.1/"}, "url"),
        ({"url": "https://h.example/", "secret": "whsec_mine"}, "secret"),
        (dict.fromkeys(TELLS, False), "tells_claims"),
    ],
)
def test_what_is_wrong_is_told_by_field(owner: Person, sent: dict[str, object], field: str) -> None:
    assert fields(post(owner, "webhooks/", SENT | sent, 400)) == [field]
    assert not Webhook.objects.exists()
