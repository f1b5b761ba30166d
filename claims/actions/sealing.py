"""Seals the journal behind the acts: an act waits for nothing, and no writer for another.

A seal covers a set of acts that are committed and in no seal yet, whatever their ids. PostgreSQL
commits ids out of order, so "all up to number N" would leave out an act that was slower than its
number; here it is in the next seal. Two workers that seal at once collide in the seal's number, and
one of them begins anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from claims import custody
from claims.actions.import_lease import BUSY
from claims.models import Change, ChangeRow, ChangeTopic, Import, Seal, Workspace

MOST = 500
"""Acts of a seal."""
AFTER = dt.timedelta(minutes=1)
"""How long an act may wait for others to be sealed with it."""


def waiting() -> Any:
    """Acts that are in no seal and grow no more: an import adds lines to its act for a while."""
    busy = Import.objects.filter(change=OuterRef("pk"), state__in=BUSY)
    return Change.objects.filter(~Exists(busy), seal=None)


def due(after: dt.timedelta = AFTER) -> Workspace | None:
    """A desk with acts that have waited for long enough."""
    old = waiting().filter(at__lte=timezone.now() - after).order_by("workspace", "id")
    act = old.select_related("workspace").first()
    return act.workspace if act else None


def seal(workspace: Workspace, most: int = MOST) -> Seal | None:
    """Seals up to `most` acts of the desk; None where nothing waits or another worker was faster.

    What takes long, the hashes, is computed before the transaction: sealed acts never change, and
    these ones are committed. An act on which somebody is just at work is left to the next seal.
    """
    acts = list(waiting().filter(workspace=workspace).order_by("id")[:most])
    hashes = {act.pk: of_act(act) for act in acts}
    try:
        with transaction.atomic():
            return _seal(workspace, hashes)
    except IntegrityError:
        return None


def _seal(workspace: Workspace, hashes: dict[int, str]) -> Seal | None:
    free = Change.objects.filter(pk__in=hashes, seal=None).order_by("id")
    # In no order that could cross an undo's: what is locked is passed over.
    locked = free.select_for_update(skip_locked=True, no_key=True).values_list("id", flat=True)
    ids = list(locked)
    if not ids:
        return None
    last = head(workspace)
    number, previous = (last.number + 1, last.sha256) if last else (1, custody.NOTHING)
    now = timezone.now()
    made: Seal = Seal.objects.create(
        workspace=workspace,
        number=number,
        sealed_at=now,
        acts=len(ids),
        previous=previous,
        sha256=custody.seal_hash(
            str(workspace.uid),
            number,
            custody.moment(now),
            previous,
            (hashes[id] for id in ids),
        ),
    )
    Change.objects.filter(pk__in=ids).update(seal=made)
    return made


def seal_all(workspace: Workspace) -> int:
    """Seals all that waits at a desk; how many seals it took."""
    count = 0
    while seal(workspace):
        count += 1
    return count


def head(workspace: Workspace) -> Seal | None:
    """The newest seal."""
    newest: Seal | None = Seal.objects.within(workspace).order_by("-number").first()
    return newest


def head_to_keep(seal: Seal) -> str:
    """The head as the small file that is kept elsewhere."""
    desk = seal.workspace
    moment = custody.moment(seal.sealed_at)
    return custody.written(custody.Head(desk.slug, str(desk.uid), seal.number, moment, seal.sha256))


def of_act(act: Change) -> str:
    """The hash of an act with its lines and topics; memory holds none of them."""
    facts = custody.ActFacts(
        act.pk,
        str(act.uid),
        custody.moment(act.at),
        act.user_id,
        act.action,
        act.summary,
        act.undo_of_id,
        act.is_undo,
    )
    return custody.act_hash(facts, chain(_lines(act), _topics(act)))


def _lines(act: Change) -> Iterator[str]:
    lines = ChangeRow.objects.filter(change=act).order_by("id")
    last = 0
    while batch := list(lines.filter(id__gt=last)[:MOST]):
        for line in batch:
            yield custody.line_hash(line.model, line.object_id, line.before, line.after)
        last = batch[-1].pk


def _topics(act: Change) -> Iterator[str]:
    topics = ChangeTopic.objects.filter(change=act).order_by("order")
    last = -1
    while batch := list(
        topics.filter(order__gt=last).values_list("order", "noun", "object_id")[:MOST]
    ):
        for _, noun, object_id in batch:
            yield custody.topic_hash(noun, object_id)
        last = batch[-1][0]
