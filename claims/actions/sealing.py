"""Seals the journal behind the acts: an act waits for nothing, and no writer for another.

A seal covers a set of acts that are committed and in no seal yet, whatever their ids. PostgreSQL
commits ids out of order, so "all up to number N" would leave out an act that was slower than its
number; here it is in the next seal. Two workers that seal at once collide in the seal's number, and
one of them begins anew.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from claims import custody
from claims.actions.import_lease import BUSY
from claims.models import Change, ChangeRow, ChangeTopic, Import, Seal, Workspace

MOST = 500
"""Acts of a seal."""
FEW = 5_000
"""Acts with more lines are read one by one, others together."""
AT_ONCE = 1_000
QUEUE = ("seal_id", "id")
"""The order of the index that leads to the few that are in no seal, not through all acts."""
AFTER = dt.timedelta(minutes=1)
"""How long an act may wait for others to be sealed with it."""


def waiting() -> Any:
    """Acts that are in no seal and grow no more: an import adds lines to its act for a while."""
    busy = Import.objects.filter(change=OuterRef("pk"), state__in=BUSY)
    return Change.objects.filter(~Exists(busy), seal=None)


def due(after: dt.timedelta = AFTER) -> Workspace | None:
    """A desk with acts that have waited for long enough."""
    now = timezone.now()
    # An act of the future was done before the clock stepped back.
    old = waiting().filter(Q(at__lte=now - after) | Q(at__gt=now)).order_by(*QUEUE)
    act = old.select_related("workspace").first()
    return act.workspace if act else None


def seal(workspace: Workspace, most: int = MOST) -> Seal | None:
    """Seals up to `most` acts of the desk; None where nothing waits or another worker was faster.

    What takes long, the hashes, is computed before the transaction: sealed acts never change, and
    these ones are committed. An act on which somebody is just at work is left to the next seal.
    """
    acts = list(waiting().filter(workspace=workspace).order_by("id")[:most])
    hashes = hashes_of(acts)
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


def hashes_of(acts: Iterable[Change]) -> dict[int, str]:
    """The hash of each act, by id: of one out of which words went, that which it has left."""
    rows = list(acts)
    left = {act.pk: act.left_sha256 for act in rows if act.left_sha256}
    return left | as_they_stand(act for act in rows if act.pk not in left)


def as_they_stand(acts: Iterable[Change]) -> dict[int, str]:
    """The hash of each act with its lines and topics as they are now, by id.

    Memory holds hashes, and no line.
    """
    rows = list(acts)
    lines = ChangeRow.objects.filter(change__in=[act.pk for act in rows]).order_by()
    counts = dict(lines.values_list("change").annotate(Count("id")))
    few = [act for act in rows if counts.get(act.pk, 0) <= FEW]
    found = {
        act.pk: custody.act_hash(_facts(act), _parts(act.pk)) for act in rows if act not in few
    }
    parts: defaultdict[int, list[str]] = defaultdict(list)
    for pk, part in _parts_of([act.pk for act in few]):
        parts[pk].append(part)
    return found | {act.pk: custody.act_hash(_facts(act), parts[act.pk]) for act in few}


def _facts(act: Change) -> custody.ActFacts:
    return custody.ActFacts(
        act.pk,
        str(act.uid),
        custody.moment(act.at),
        act.user_id,
        act.action,
        act.summary,
        act.undo_of_id,
        act.is_undo,
    )


def _parts(pk: int) -> Iterator[str]:
    """Of one act: in the order of an index, so that a million lines are sorted by nobody."""
    return (part for _, part in _told({"change": pk}, ()))


def _parts_of(pks: list[int]) -> Iterator[tuple[int, str]]:
    return _told({"change__in": pks}, ("change_id",))


def _told(of: dict[str, Any], first: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    lines = ChangeRow.objects.filter(**of).order_by(*first, "model", "object_id", "id")
    columns = ("change_id", "left_sha256", "id", "model", "object_id", "before", "after")
    for change, left, *line in lines.values_list(*columns).iterator(AT_ONCE):
        yield change, left or custody.line_hash(*line)
    topics = ChangeTopic.objects.filter(**of).order_by(*first, "order")
    for change, noun, id in topics.values_list("change_id", "noun", "object_id").iterator(AT_ONCE):
        yield change, custody.topic_hash(noun, id)
