"""The journal of a file: taken over as the file's, from an owner's import, once for each act."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from claims.actions.import_shapes import Made
from claims.actions.importing.there import chunks
from claims.actions.journal import Actor
from claims.importers.journal import Told, acts
from claims.importers.values import Problem
from claims.importers.work import Line, Work
from claims.models import (
    Change,
    ChangeRow,
    Chronicle,
    Import,
    Membership,
    PastChange,
    PastRow,
    PastTopic,
    Side,
    Workspace,
)
from claims.records import Role
from claims.records.native import CHANGES
from claims.records.tables import BY_NAME

AT_ONCE = 1000
"""Rows of the journal that are made by one statement."""
STAYS_OUT = "The history in the file stays out: only an owner's import takes it over."
COMES_IN = (
    "The file tells {} acts of its own history. They are shown as what the file tells, beside the"
    " history of this desk, and can't be undone one by one."
)


def is_owner(actor: Actor) -> bool:
    """Whether approvals, verdicts and the journal are taken over from this person."""
    seat = Membership.objects.filter(workspace=actor.workspace, user=actor.user).first()
    return seat is not None and seat.role == Role.OWNER


def has_journal(work: Work) -> bool:
    """Whether the file has one, be it without an act: only `counterclaim.jsonl` does."""
    return bool(getattr(work, "journal", False))


def look(workspace: Workspace, work: Work, planned: Any, *, owner: bool) -> None:
    """Adds to a plan what would come of the journal, or that it stays out."""
    if not has_journal(work):
        return
    if not owner:
        planned.notes.append(STAYS_OUT)
        return
    seen: set[str] = set()
    for told in acts(work):
        if isinstance(told, Problem):
            planned.refuse(told)
            continue
        uid = told.change.change_id
        if uid in seen:
            where = work.name_of(CHANGES)
            planned.refuse(Problem(where, told.number, "change_id", "It is in the file twice."))
        seen.add(uid)
    here = len(_known(workspace, seen))
    planned.new[CHANGES.name] = len(seen) - here
    planned.there[CHANGES.name] = here
    if seen:
        planned.notes.append(COMES_IN.format(f"{len(seen):,}"))


def steps(actor: Actor, work: Work, job: Import, change: Change) -> Made:
    """Keeps the journal with the act that brings in the file, and shows it once it is whole.

    Without an owner nothing is kept. Of a worker that died over it nothing stays.
    """
    if not has_journal(work) or not is_owner(actor):
        return
    workspace = actor.workspace
    for half in Chronicle.objects.filter(change=change):
        _forget(half)
    chronicle = Chronicle.objects.create(
        workspace=workspace, name=job.name, change=change, deleted_at=job.made_at
    )
    chronicle.acts.set([change, *_made_way(actor, work, job)])
    uids = (line.record.change_id for line in work.rows(CHANGES) if isinstance(line, Line))
    known = _known(workspace, uids)
    yield []
    kept = _Kept(chronicle)
    for told in acts(work):
        if isinstance(told, Told) and told.change.change_id not in known:
            for _ in kept.take(told):
                yield []
    kept.write()
    Chronicle.objects.filter(pk=chronicle.pk).update(deleted_at=None)
    chronicle.deleted_at = None
    yield [chronicle]


def _made_way(actor: Actor, work: Work, job: Import) -> QuerySet[Change]:
    """The acts that made sides for this import: what they made is told by the file's journal."""
    lines = (line for line in work.rows(BY_NAME["sources"]) if isinstance(line, Line))
    names = {line.record.side for line in lines} - {""}
    sides = Side.objects.filter(workspace=actor.workspace, name__in=names).values("pk")
    made = ChangeRow.objects.filter(model="side", object_id__in=sides, before__isnull=True)
    own = Change.objects.filter(workspace=actor.workspace, user=actor.user, at__gte=job.made_at)
    return own.filter(pk__in=made.values("change"))


def _forget(half: Chronicle) -> None:
    """Takes away a history that nobody has seen, since it was not whole."""
    for part in (PastRow, PastTopic):
        part.objects.filter(past__chronicle=half).delete()
    PastChange.objects.filter(chronicle=half).delete()
    half.acts.clear()
    half.delete()


def _known(workspace: Workspace, uids: Iterable[str]) -> set[str]:
    """Those acts that the desk has: its own, and those that files have told it."""
    found: set[str] = set()
    for chunk in chunks(uids):
        for model in (Change, PastChange):
            rows: Any = model.objects.filter(workspace=workspace, uid__in=chunk)
            found |= {str(uid) for uid in rows.values_list("uid", flat=True)}
    return found


class _Kept:
    """Acts that are written many at once; memory holds no more than these, however large one is."""

    def __init__(self, chronicle: Chronicle) -> None:
        self.chronicle = chronicle
        self._changes: list[PastChange] = []
        self._parts: dict[Any, list[Any]] = {PastTopic: [], PastRow: []}

    def take(self, told: Told) -> Iterator[None]:
        """Keeps one act, its topics and its rows; pauses each time that something was written."""
        record = told.change
        columns = record._asdict()
        uid = columns.pop("change_id")
        past = PastChange(
            workspace=self.chronicle.workspace, chronicle=self.chronicle, uid=uid, **columns
        )
        self._changes.append(past)
        for topic in told.topics:
            yield from self._add(
                PastTopic(
                    past=past,
                    workspace=self.chronicle.workspace,
                    noun=topic.noun,
                    object_uid=topic.object_id,
                )
            )
        for row in told.rows:
            yield from self._add(
                PastRow(
                    past=past,
                    noun=row.noun,
                    object_uid=row.object_id,
                    before=_text(row.before),
                    after=_text(row.after),
                )
            )

    def _add(self, part: PastTopic | PastRow) -> Iterator[None]:
        self._parts[type(part)].append(part)
        if len(self._parts[type(part)]) >= AT_ONCE:
            self.write()
            yield

    def write(self) -> None:
        """Writes what is pending, the acts before what belongs to them."""
        PastChange.objects.bulk_create(self._changes, batch_size=AT_ONCE)
        self._changes = []
        for model, rows in self._parts.items():
            model.objects.bulk_create(rows, batch_size=AT_ONCE)
            rows.clear()


def _text(data: dict[str, Any] | None) -> str | None:
    return None if data is None else json.dumps(data, ensure_ascii=False, separators=(",", ":"))
