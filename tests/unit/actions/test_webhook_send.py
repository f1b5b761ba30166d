"""Sending: signed, again and again, in order, to public addresses alone; a real server receives."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from claims import tasks
from claims.actions import import_lease, webhook_send
from claims.actions import webhook as webhooks
from claims.actions.journal import Actor
from claims.models import Delivery, Webhook
from claims.outgoing import Guard
from tests import factories

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).resolve().parents[3] / "docs/webhooks.md"


class Receiver:
    """A server on this machine, which answers with the next of `answers` (the last for ever)."""

    def __init__(self, *answers: int) -> None:
        self.answers = list(answers) or [204]
        self.got: list[tuple[dict[str, str], bytes]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers["Content-Length"]))
                told = {name.lower(): value for name, value in self.headers.items()}
                receiver.got.append((told, content))
                place = min(len(receiver.got), len(receiver.answers)) - 1
                self.send_response(receiver.answers[place])
                self.send_header("Content-Length", "0")
                self.send_header("Location", "http://169.254.169.254/")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Says nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def bodies(self) -> list[bytes]:
        return [content for _, content in self.got]


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """Its name is `ours.example`; the guard lets this machine through, as a test's."""
    one = Receiver()
    guard = Guard(
        permits=lambda address: address == "127.0.0.1",
        look_up=lambda host, _: ["127.0.0.1" if host == "ours.example" else "10.0.0.1"],
        ports=frozenset({one.port, 80}),
        seconds=5,
    )
    monkeypatch.setattr(webhook_send, "GUARD", guard)
    yield one
    one.server.shutdown()
    one.server.server_close()


def a_webhook(receiver: Receiver, **fields: Any) -> Webhook:
    url = f"http://ours.example:{receiver.port}/in"
    return factories.a_webhook(factories.a_workspace(), **{"url": url} | fields)


def work() -> bool:
    """One turn of the worker."""
    return tasks.deliver_next(import_lease.never)


def due(delivery: Delivery) -> Delivery:
    """Makes it due now, as it stands."""
    Delivery.objects.filter(pk=delivery.pk).update(next_at=timezone.now())
    delivery.refresh_from_db()
    return delivery


def verify_as_documented() -> Any:
    """The example of the documentation, as a function."""
    (code,) = re.findall(r"```python\n(.*?)```", DOCS.read_text(), re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102 - our own page
    return names["verify"]


def test_what_arrives_is_what_was_written_and_signed_as_the_documentation_says(
    receiver: Receiver,
) -> None:
    webhook = a_webhook(receiver)
    delivery = factories.a_delivery(webhook, body='{"event":"claim.created","ü":"😀"}'.encode())
    assert work()
    assert not work()
    ((headers, content),) = receiver.got
    assert content == bytes(delivery.body)
    assert headers["webhook-id"] == str(delivery.event_uid)
    assert headers["content-type"] == "application/json"
    verify = verify_as_documented()
    verify(webhook.secret, headers, content)
    for secret, headers_, body in (
        (webhook.secret, headers, content + b" "),
        (webhook.secret, headers | {"webhook-id": "other"}, content),
        (webhook.secret, headers | {"webhook-timestamp": "1614265330"}, content),
        ("whsec_AAAA", headers, content),
    ):
        with pytest.raises(ValueError, match=r"signature|old"):
            verify(secret, headers_, body)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.status, delivery.tries) == ("delivered", 204, 1)
    assert (delivery.lease, delivery.error) == ("", "")


def test_the_signature_is_that_of_the_convention() -> None:
    """The example that the libraries of Standard Webhooks share."""
    signed = webhook_send.signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
    )
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_secret_before_signs_too_for_a_day(receiver: Receiver) -> None:
    webhook = a_webhook(receiver)
    old = webhook.secret
    webhooks.renew_secret(webhook)
    webhook.refresh_from_db()
    assert webhook.secret != old
    factories.a_delivery(webhook)
    work()
    verify = verify_as_documented()
    for secret in (old, webhook.secret):
        verify(secret, *receiver.got[0])
    Webhook.objects.update(old_secret_until=timezone.now())
    factories.a_delivery(webhook)
    work()
    with pytest.raises(ValueError, match="signature"):
        verify(old, *receiver.got[1])


def test_it_is_tried_again_ever_later_and_then_given_up(receiver: Receiver) -> None:
    receiver.answers = [500, 302, 404]
    delivery = factories.a_delivery(a_webhook(receiver))
    said = []
    for delay in (*webhook_send.DELAYS, None):
        assert work()
        delivery.refresh_from_db()
        said.append(delivery.error)
        assert not work(), "it is not due yet"
        if delay is not None:
            assert delivery.state == "failed"
            left = (delivery.next_at - timezone.now()).total_seconds()
            assert 0.79 * delay - 1 < left < 1.21 * delay
            due(delivery)
    assert (delivery.state, delivery.tries, delivery.status) == ("given_up", 8, 404)
    assert said[:2] == ["It answered with status 500.", "It answered with status 302."]
    ids = {headers["webhook-id"] for headers, _ in receiver.got}
    assert (len(receiver.got), ids) == (8, {str(delivery.event_uid)})
    receiver.answers = [200]
    webhooks.send_again(delivery)
    work()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.error) == ("delivered", "")
    delivery.webhook.refresh_from_db()
    assert delivery.webhook.failures == 0


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://inside.example/", "inside.example is not on the public internet"),
        ("http://ours.example:22/", "Port 22"),
    ],
)
def test_what_is_not_public_is_not_told(receiver: Receiver, url: str, said: str) -> None:
    delivery = factories.a_delivery(a_webhook(receiver, url=url))
    assert work()
    delivery.refresh_from_db()
    assert said in delivery.error
    assert (delivery.state, delivery.status) == ("failed", None)
    assert receiver.got == []


def test_of_one_webhook_the_oldest_first_and_for_a_while_nothing_before_it(
    receiver: Receiver,
) -> None:
    webhook = a_webhook(receiver)
    first, *later = [factories.a_delivery(webhook, body=b"%d" % n) for n in range(3)]
    receiver.answers = [500]
    assert work()
    assert not work(), "the first one has its next try to come"
    Delivery.objects.filter(pk=first.pk).update(tries=webhook_send.HOLDS)
    receiver.answers = [200]
    assert work()
    assert work()
    due(first)
    assert work()
    assert receiver.bodies == [b"0", b"1", b"2", b"0"]
    assert not Delivery.objects.open().exists()
    assert later


def test_webhooks_take_turns(receiver: Receiver) -> None:
    busy, other = a_webhook(receiver), a_webhook(receiver)
    for n in range(3):
        factories.a_delivery(busy, body=b"busy %d" % n)
    factories.a_delivery(other, body=b"other")
    while work():
        pass
    assert receiver.bodies == [b"busy 0", b"other", b"busy 1", b"busy 2"]


def test_one_that_another_worker_took_meanwhile_is_not_sent_twice(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = factories.a_delivery(a_webhook(receiver))
    assert webhook_send.take() is not None
    # This worker has looked before the other one took it.
    monkeypatch.setattr(webhook_send, "_in_turn", lambda *_: delivery.pk)
    factories.a_delivery(delivery.webhook)
    assert not work()
    assert receiver.got == []


def test_what_a_killed_worker_had_begun_is_sent_by_another(receiver: Receiver) -> None:
    delivery = factories.a_delivery(a_webhook(receiver))
    lost = webhook_send.take()
    assert lost is not None
    assert not work(), "somebody has it"
    Delivery.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    mine = webhook_send.take()
    assert mine is not None
    # The first one was slow, not dead: it says nothing any more.
    webhook_send._note(lost, 500, "It answered with status 500.")
    webhook_send.send(mine)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries, delivery.error) == ("delivered", 2, "")


def test_a_receiver_that_is_gone_is_left_alone_until_told_otherwise(receiver: Receiver) -> None:
    webhook = a_webhook(receiver)
    receiver.answers = [410]
    gone, later = (factories.a_delivery(webhook) for _ in range(2))
    assert work()
    assert not work()
    webhook.refresh_from_db()
    gone.refresh_from_db()
    assert (webhook.stopped, webhook.is_live, gone.state) == ("gone", False, "given_up")
    receiver.answers = [200]
    webhooks.go_on(webhook)
    assert work()
    later.refresh_from_db()
    assert later.state == "delivered"


def test_too_many_failures_in_a_row_stop_it_and_a_new_address_starts_it(
    receiver: Receiver,
) -> None:
    webhook = a_webhook(receiver, failures=webhook_send.MOST_FAILURES - 1)
    receiver.answers = [500]
    delivery = factories.a_delivery(webhook)
    assert work()
    webhook.refresh_from_db()
    assert (webhook.stopped, webhook.failures) == ("failing", webhook_send.MOST_FAILURES)
    assert webhook.stopped_at is not None
    due(delivery)
    assert not work()
    actor = Actor(webhook.workspace, factories.a_user())
    receiver.answers = [200]
    webhooks.edit(actor, webhook, 1, {"url": f"http://ours.example:{receiver.port}/new"})
    assert work()


def test_old_deliveries_go(receiver: Receiver) -> None:
    webhook = a_webhook(receiver)
    old = timezone.now() - webhook_send.KEPT - timedelta(minutes=1)
    factories.a_delivery(webhook, made_at=old)
    kept = factories.a_delivery(webhook)
    assert tasks.prune_deliveries(import_lease.never)
    assert not tasks.prune_deliveries(import_lease.never)
    assert Delivery.objects.get() == kept
    assert not tasks.deliver_next(lambda: True)
    assert not tasks.prune_deliveries(lambda: True)
