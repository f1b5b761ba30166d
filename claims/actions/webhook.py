"""Webhooks: added, edited, deleted, given another secret, asked to try again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from claims.actions.journal import Act, Actor
from claims.actions.webhook_events import TEST, body, delivery
from claims.models import Delivery, Webhook, Workspace
from claims.models.webhook import new_secret
from claims.records import DeliveryState

MOST = 20
"""Each event is written once for each webhook of a desk."""
OLD_SECRET_HOURS = 24


def create(actor: Actor, values: dict[str, Any]) -> Webhook:
    """A new webhook, with a secret of its own. A desk has up to `MOST` (else ValidationError)."""
    with Act(actor, "webhook.create", f"added the webhook “{values['name']}”") as act:
        Workspace.objects.select_for_update().get(pk=actor.workspace.pk)
        if Webhook.objects.within(actor.workspace).kept().count() >= MOST:
            raise ValidationError(f"A desk has {MOST} webhooks at the most: delete one first.")
        return act.add(Webhook(workspace=actor.workspace, made_by=actor.user, **values))


def edit(actor: Actor, webhook: Webhook, version: int, values: dict[str, Any]) -> Webhook:
    """Sets name, address, what it tells of, and whether it is on. Raises Conflict when stale."""
    with Act(actor, "webhook.edit", f"edited the webhook “{webhook}”") as act:
        row = act.lock(webhook, version)
        moved = values.get("url", row.url) != row.url
        act.edit(row, **values)
        if moved:
            _start_anew(row)
    return row


def delete(actor: Actor, webhook: Webhook, version: int) -> None:
    """Deletes it; what was not yet sent is not sent, unless this is undone meanwhile.

    Raises Conflict when it is no longer at `version`.
    """
    with Act(actor, "webhook.delete", f"deleted the webhook “{webhook}”") as act:
        act.remove(act.lock(webhook, version))


def renew_secret(webhook: Webhook) -> None:
    """Another secret; the one before it signs beside it for `OLD_SECRET_HOURS`.

    Not in the journal, like all that opens something.
    """
    now = timezone.now()
    Webhook.objects.filter(pk=webhook.pk).update(
        old_secret=webhook.secret,
        old_secret_until=now + timedelta(hours=OLD_SECRET_HOURS),
        secret=new_secret(),
        secret_made_at=now,
    )


def go_on(webhook: Webhook) -> None:
    """Starts one again that the server has stopped; what waits is sent."""
    _start_anew(webhook)


def test(webhook: Webhook) -> Delivery:
    """A delivery that tells nothing, to try the receiver."""
    if not webhook.is_live:
        raise ValidationError("Nothing is sent to it: switch it on first.")
    told = delivery(webhook, body(webhook.workspace, TEST, {}))
    told.save()
    return told


def send_again(sent: Delivery) -> None:
    """Sends it once more, as soon as there is a worker: the same bytes with the same id."""
    if not sent.webhook.is_live:
        raise ValidationError("Nothing is sent to this webhook: switch it on first.")
    waiting = {"state": DeliveryState.WAITING.value, "tries": 0, "next_at": timezone.now()}
    waiting |= {"status": None, "error": ""}
    # One that is being sent at this moment is not touched.
    if not Delivery.objects.filter(pk=sent.pk, lease="").update(**waiting):
        raise ValidationError("It is being sent just now.")


def _start_anew(webhook: Webhook) -> None:
    Webhook.objects.filter(pk=webhook.pk).update(stopped="", stopped_at=None, failures=0)
    Delivery.objects.open().filter(webhook=webhook, lease="").update(next_at=timezone.now())
