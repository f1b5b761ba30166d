"""Sends what webhooks are to be told: signed, to public addresses alone, again until it arrives.

At least once: a worker that dies after the receiver has it, and before that is written down, leaves
it to be sent again. Receivers know it by its id. The signature is that of Standard Webhooks:
HMAC-SHA256 over id, time and body, in base64.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import random
import secrets
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from claims.actions import leases
from claims.models import Delivery, Webhook
from claims.models.webhook import PREFIX
from claims.outgoing import Guard, OutgoingError
from claims.records import DeliveryState, WhyStopped

GUARD = Guard(seconds=10, most_bytes=1024 * 1024)
LEASE = timedelta(seconds=120)
"""Longer than any try: the guard's seconds, and the look-up of a name, which is not under them."""
MINUTE, HOUR = 60, 3600
DELAYS = (10, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 8 * HOUR, 24 * HOUR)
"""Seconds from one try to the next; after the last of them it is given up."""
JITTER = 0.2
HOLDS = 4
"""So many tries of one delivery keep later ones of its webhook waiting: about six minutes."""
MOST_FAILURES = 50
"""Tries in a row that fail before nothing more is sent to a webhook."""
KEPT = timedelta(days=30)
PRUNED_AT_ONCE = 500
GONE = 410
_OK = range(200, 300)


def take() -> Delivery | None:
    """The next delivery to be sent, with a lease on it; none where nothing is due.

    The webhook whose turn is longest ago comes first, so that one that is slow, or far behind,
    holds no other one up. Of one webhook the oldest comes first.
    """
    now = timezone.now()
    # What is from the future was made before the clock stepped back.
    come = Q(next_at__lte=now) | Q(made_at__gt=now, tries=0)
    due = Delivery.objects.open().filter(come).filter(leases.free(LEASE))
    waiting = Webhook.objects.live().filter(Exists(due.filter(webhook=OuterRef("pk"))))
    for webhook in waiting.order_by(F("tried_at").asc(nulls_first=True), "id"):
        pk = _in_turn(webhook, due)
        if pk is not None and (found := _lease(pk, now)):
            return found
    return None


def send(delivery: Delivery) -> None:
    """One try, and what came of it."""
    webhook, content = delivery.webhook, bytes(delivery.body)
    status, error = None, ""
    try:
        answer = GUARD.post(webhook.url, content, headers(delivery, content, int(time.time())))
    except OutgoingError as why:
        error = str(why)
    else:
        status = answer.status
        if status not in _OK:
            error = f"It answered with status {status}."
    _note(delivery, status, error)


def headers(delivery: Delivery, content: bytes, stamp: int) -> Mapping[str, str]:
    """What is sent beside the body."""
    webhook, id = delivery.webhook, str(delivery.event_uid)
    keys = [webhook.secret]
    if webhook.old_secret_until and webhook.old_secret_until > timezone.now():
        keys.append(webhook.old_secret)
    return {
        "Content-Type": "application/json",
        "User-Agent": "Counterclaim (a webhook of this desk)",
        "Accept-Encoding": "identity",
        "webhook-id": id,
        "webhook-timestamp": str(stamp),
        "webhook-signature": " ".join(signature(key, id, stamp, content) for key in keys),
    }


def signature(secret: str, id: str, stamp: int, content: bytes) -> str:
    """The signature by one secret, as it stands in the header."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{id}.{stamp}.".encode() + content
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def prune() -> bool:
    """Deletes some of the deliveries that are older than they are kept; False for none."""
    old = Delivery.objects.filter(made_at__lt=timezone.now() - KEPT).order_by("made_at")
    ids = list(old.values_list("pk", flat=True)[:PRUNED_AT_ONCE])
    Delivery.objects.filter(pk__in=ids).delete()
    return bool(ids)


def _in_turn(webhook: Webhook, due: Any) -> int | None:
    """The oldest that is due and that no earlier one keeps waiting."""
    mine = Delivery.objects.open().filter(webhook=webhook)
    holding = mine.filter(tries__lt=HOLDS).order_by("id").values_list("pk", flat=True).first()
    due = due.filter(webhook=webhook)
    if holding is not None:
        due = due.filter(pk__lte=holding)
    pk: int | None = due.order_by("id").values_list("pk", flat=True).first()
    return pk


def _lease(pk: int, now: Any) -> Delivery | None:
    token = secrets.token_hex(16)
    mine = Delivery.objects.open().filter(pk=pk).filter(leases.free(LEASE))
    values = {"lease": token, "lease_until": now + LEASE, "tried_at": now}
    with transaction.atomic():
        if not mine.update(tries=F("tries") + 1, **values):
            return None  # another worker was faster
        found: Delivery = Delivery.objects.select_related("webhook").get(pk=pk)
        Webhook.objects.filter(pk=found.webhook_id).update(tried_at=now)
    return found


def _note(delivery: Delivery, status: int | None, error: str) -> None:
    """Writes down how a try ended, if the lease was still ours."""
    gone = status == GONE
    values: dict[str, Any] = {"status": status, "error": error[:300], "lease": ""}
    if not error:
        values["state"] = DeliveryState.DELIVERED.value
    elif gone or delivery.tries > len(DELAYS):
        values["state"] = DeliveryState.GIVEN_UP.value
    else:
        values["state"] = DeliveryState.FAILED.value
        values["next_at"] = timezone.now() + _delay(delivery.tries)
    with transaction.atomic():
        mine = Delivery.objects.filter(pk=delivery.pk, lease=delivery.lease)
        if not mine.update(lease_until=None, **values):
            return
        if error:
            _failed(delivery.webhook, gone=gone)
        elif delivery.webhook.failures:
            Webhook.objects.filter(pk=delivery.webhook_id).update(failures=0)


def _failed(webhook: Webhook, *, gone: bool) -> None:
    rows = Webhook.objects.filter(pk=webhook.pk, stopped="")
    rows.update(failures=F("failures") + 1)
    if not gone:
        rows = rows.filter(failures__gte=MOST_FAILURES)
    why = WhyStopped.GONE if gone else WhyStopped.FAILING
    rows.update(stopped=why.value, stopped_at=timezone.now())


def _delay(tries: int) -> timedelta:
    """How long until the next try after `tries` of them; never the same for two."""
    spread = random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - not a secret
    return timedelta(seconds=DELAYS[tries - 1] * spread)
