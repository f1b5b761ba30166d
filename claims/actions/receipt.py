"""Requests that are done once, however often they are sent: by key, for a day."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction
from django.utils import timezone

from claims.models import Receipt, User

KEPT = dt.timedelta(hours=24)
HELD = dt.timedelta(minutes=2)
"""After so long, the attempt that has not answered is taken for dead, and another may begin."""


class InWork(Exception):
    """Another attempt works on it at this moment."""


class OtherRequest(Exception):
    """The key belongs to another request."""


class Overtaken(Exception):
    """Another attempt has taken this one for dead and begun again: nothing of it may stay."""


def begin(user: User, key: str, asked: str) -> Receipt:
    """The receipt by key: with its answer, or held for the caller, who does the work now.

    A transaction of its own, so that other attempts see it. Raises InWork and OtherRequest.
    """
    now = timezone.now()
    mine = {"asked": asked, "made_at": now, "holder": uuid.uuid4(), "held_until": now + HELD}
    # Without a lock: whoever works on it holds SQLite's only one.
    there = Receipt.objects.filter(user=user, key=key, made_at__gte=now - KEPT).first()
    if there is not None and not _is_free(there, asked, now):
        return there
    with transaction.atomic():
        Receipt.objects.filter(made_at__lt=now - KEPT).delete()
        receipt, new = Receipt.objects.get_or_create(user=user, key=key, defaults=mine)
        if not new:
            locked = Receipt.objects.select_for_update().filter(pk=receipt.pk).first()
            if locked is None:
                raise InWork
            receipt = locked
            if _is_free(receipt, asked, now):
                receipt.holder, receipt.held_until = uuid.uuid4(), now + HELD
                receipt.save(update_fields=["holder", "held_until"])
    return receipt


def _is_free(receipt: Receipt, asked: str, now: dt.datetime) -> bool:
    """Whether nobody works on it, though it has no answer."""
    if receipt.asked != asked:
        raise OtherRequest
    # One that is held for longer than any is was taken before the clock stepped back.
    if receipt.status is None and now < receipt.held_until < now + 2 * HELD:
        raise InWork
    return receipt.status is None


def answer(receipt: Receipt, status: int, headers: dict[str, str], body: str) -> None:
    """Writes the answer down, in the transaction of the work. Raises Overtaken."""
    mine = Receipt.objects.filter(pk=receipt.pk, holder=receipt.holder, status=None)
    if not mine.update(status=status, headers=headers, body=body):
        raise Overtaken


def forget(receipt: Receipt) -> None:
    """Nothing was done: the key is free again."""
    Receipt.objects.filter(pk=receipt.pk, holder=receipt.holder, status=None).delete()
