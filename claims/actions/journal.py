"""One act, one transaction, one Change: every write of the desk goes through `Act`."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self, TypeVar

from django.db import models, transaction
from django.utils import timezone

from claims.actions import search, state, to_read
from claims.actions.errors import Conflict
from claims.actions.evidence import Touched
from claims.actions.rows import check, plain
from claims.actions.topics import Topic, about, kind_of, ordered
from claims.actions.webhook_events import Events
from claims.models import (
    Article,
    Assessment,
    Change,
    ChangeRow,
    ChangeTopic,
    Claim,
    Filing,
    Incident,
    Link,
    Position,
    Question,
    Revision,
    Source,
    User,
    Workspace,
)
from claims.models.base import Root
from claims.models.lens import through

M = TypeVar("M", bound=models.Model)
R = TypeVar("R", bound=Root)
Line = tuple[models.Model, dict[str, Any] | None, dict[str, Any] | None]
"""A row with what it was before and is after: a line of the journal."""

BATCH = 500
"""Rows in one statement."""
# The act after which words stand in another text, as they stood before.
CARRIES_WORDS = "article.revise"
# What a change of a source moves the derived states by.
STATE_FIELDS_OF_SOURCE = ("side_id", "affiliation_id", "named", "article_id", "deleted_at")


@dataclass(frozen=True)
class Actor:
    """Who acts, and at which desk. The caller has checked that they may.

    `acts` are the changes that this actor made, oldest first: none where nothing changed.
    """

    workspace: Workspace
    user: User
    acts: list[Change] = field(default_factory=list, compare=False)


class Act:
    """`with Act(actor, "claim.delete", "deleted a claim") as act:` is one atomic Change.

    Rows are made, edited and removed through `add`, `edit` and `remove`, which write the journal;
    on the way out the derived states of all touched incidents are refreshed, and what is searched,
    it is noted in whose history the act stands, and what is to be told to webhooks. An act that
    changed nothing leaves no Change. Inside, nothing is hidden from who works blind: the states are
    those of all claims, whoever saves.
    """

    def __init__(
        self, actor: Actor, action: str, summary: str, *, undo_of: Change | None = None
    ) -> None:
        self.actor = actor
        first = undo_of.act if undo_of else None
        self.change = Change(
            workspace=actor.workspace,
            user=actor.user,
            action=action,
            summary=summary[:300],
            undo_of=undo_of,
            is_undo=undo_of is not None and not undo_of.is_undo,
            first=first,
            kind=first.kind if first else kind_of(action),
        )
        self.written = False
        self._lines: list[ChangeRow] = []
        # A change that this one has put back as a whole.
        self.cancels: Change | None = None
        # Words that a new text has as the old one had them are the same evidence.
        self.evidence = Touched(words=(first.action if first else action) != CARRIES_WORDS)
        self.incidents: set[int] = set()
        self.claims: set[int] = set()
        self.topics: Counter[Topic] = Counter()
        self.searched = search.Touched()
        # Articles whose newest text is another one now.
        self.to_read: set[int] = set()
        self.events = Events(actor.workspace)
        self._atomic = transaction.atomic()

    def __enter__(self) -> Self:
        self._open_eyed = through(None)
        self._open_eyed.__enter__()
        self._atomic.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self._write_lines()
                if self.written:
                    self.incidents |= self.evidence.mark(self.change, self.cancels)
                self.events.note_states(self.incidents)
                state.refresh(sorted(self.incidents))
                state.refresh_claims(sorted(self.claims))
                self._write_topics()
                search.refresh(self.searched, self.incidents)
                to_read.queue(self.actor.workspace, self.to_read)
                self.events.write()
        except BaseException as late:
            self._atomic.__exit__(type(late), late, late.__traceback__)
            raise
        finally:
            self._open_eyed.__exit__(None, None, None)
        self._atomic.__exit__(kind, error, trace)
        if error is None and self.written:
            self.actor.acts.append(self.change)

    # -- locks: incidents first, in the order of their ids, then what hangs on them ---------

    def lock_incidents(self, ids: Iterable[int | None]) -> None:
        """Locks incidents in id order, so that two acts never wait for each other."""
        wanted = sorted({id for id in ids if id is not None})
        if wanted:
            list(
                Incident.objects.select_for_update()
                .filter(id__in=wanted)
                .order_by("id")
                .values_list("id")
            )

    def lock_claims(self, *uids: uuid.UUID | str, incident: Incident | None = None) -> list[Claim]:
        """The claims by uid, in the order given, with their incidents (and `incident`) locked.

        Raises Claim.DoesNotExist when one is not of this desk, Conflict when one moved meanwhile.
        """
        seen = {claim.uid: claim for claim in self._claims(uids)}
        self.lock_incidents(
            [*(claim.incident_id for claim in seen.values()), incident.pk if incident else None]
        )
        locked = {c.uid: c for c in self._claims(uids).select_for_update().order_by("id")}
        claims = []
        for uid in uids:
            key = uid if isinstance(uid, uuid.UUID) else uuid.UUID(uid)
            if key not in locked:
                raise Claim.DoesNotExist(f"No claim {uid}.")
            if locked[key].incident_id != seen[key].incident_id:
                raise Conflict(locked[key])
            claims.append(locked[key])
        return claims

    def _claims(self, uids: Iterable[uuid.UUID | str]) -> Any:
        return Claim.objects.within(self.actor.workspace).kept().filter(uid__in=list(uids))

    def lock(self, row: R, version: int | None = None) -> R:
        """`row` read anew and locked. Raises Conflict when `version` is no longer its version."""
        current: R = type(row).objects.select_for_update().get(pk=row.pk)
        if current.deleted_at or (version is not None and current.version != version):
            raise Conflict(current)
        return current

    def hold(self, *rows: Root | None) -> None:
        """Keeps others from deleting what is about to be named: sources first, then articles.

        After the incidents, and before claims. Whether they are still there is `rules.check`'s.
        """
        for model in (Source, Article):
            ids = sorted({row.pk for row in rows if isinstance(row, model) and row.pk})
            if ids:
                named = model._default_manager.select_for_update(no_key=True).filter(pk__in=ids)
                list(named.order_by("pk").values_list("pk"))

    # -- writes -----------------------------------------------------------------------------

    def add(self, row: M) -> M:
        """Makes `row`; its fields and `clean()` are checked first (ValidationError)."""
        check(row)
        row.save(force_insert=True)
        self.record(row, None, plain(row))
        return row

    def add_all(self, rows: Sequence[models.Model]) -> None:
        """Makes rows of one model, which the caller has checked, by few statements for many."""
        if rows:
            manager: Any = rows[0]._meta.default_manager
            manager.bulk_create(rows, batch_size=BATCH)
            self._record_all([(row, None, plain(row)) for row in rows])

    def edit(self, row: M, **values: Any) -> bool:
        """Sets `values` on a row that the caller holds locked; False when nothing changes."""
        before = plain(row)
        for name, value in values.items():
            setattr(row, name, value)
        after = plain(row)
        if before == after:
            return False
        check(row)
        self.bump(row)
        row.save()
        self.record(row, before, plain(row))
        return True

    def bump(self, row: models.Model) -> None:
        """The next version of a root, unsaved."""
        if isinstance(row, Root):
            row.version += 1

    def remove(self, row: models.Model) -> None:
        """Soft-deletes a root; deletes a part (a span, a figure, an alias).

        A verdict is withdrawn, and stays readable. With a revision its text goes into the journal,
        since nothing else would keep it.
        """
        before = plain(row)
        if isinstance(row, Revision):
            before["text"] = row.text
        if isinstance(row, Assessment):
            row.withdrawn_at, row.withdrawn_by = timezone.now(), self.actor.user
            row.save()
            self.record(row, before, plain(row))
        elif isinstance(row, Root):
            row.deleted_at = timezone.now()
            self.bump(row)
            row.save()
            self.record(row, before, plain(row))
        else:
            pk = row.pk
            row.delete()
            row.pk = pk
            self.record(row, before, None)

    def record(
        self, row: models.Model, before: dict[str, Any] | None, after: dict[str, Any] | None
    ) -> None:
        """Writes one row of the journal and notes whose states it may move."""
        self._record_all([(row, before, after)])

    def _record_all(self, lines: Sequence[Line]) -> None:
        self.begin()
        self._lines += [
            ChangeRow(
                change=self.change,
                workspace=self.actor.workspace,
                model=row._meta.model_name or "",
                object_id=row.pk,
                before=before,
                after=after,
            )
            for row, before, after in lines
        ]
        if len(self._lines) >= BATCH:
            self._write_lines()
        for row, before, after in lines:
            self.events.note(row, before, after)
            self._note(row, before or {}, after or {})

    def _write_lines(self) -> None:
        """Most acts have a few lines: one statement, on the way out."""
        ChangeRow.objects.bulk_create(self._lines, batch_size=BATCH)
        self._lines = []

    def _note(self, row: models.Model, before: dict[str, Any], after: dict[str, Any]) -> None:
        self._touch(row, before, after)
        self.evidence.note(row, before, after)
        self.topics.update(about(row, before, after))

    def begin(self) -> Change:
        """Writes the Change itself, before its first row; for who writes its rows by one statement.

        Such a one also sees to states, topics and search.
        """
        if not self.written:
            self.change.save()
            self.written = True
            if first := self.change.first:
                Change.objects.filter(pk=first.pk).update(undone=self.change.is_undo)
        return self.change

    def sum_up(self, summary: str) -> None:
        """Says what was done, once it is known. Nothing is said of an act that changed nothing."""
        if self.change.pk:
            self.change.summary = summary[:300]
            self.change.save(update_fields=["summary"])

    def _write_topics(self) -> None:
        """Notes in whose history the act stands: also of incidents that a source has moved."""
        for id in self.incidents:
            self.topics.setdefault(("incident", id), 0)
        ChangeTopic.objects.bulk_create(
            [
                ChangeTopic(
                    change=self.change,
                    workspace=self.actor.workspace,
                    noun=noun,
                    object_id=id,
                    order=order,
                )
                for order, (noun, id) in enumerate(ordered(self.topics))
            ],
            batch_size=500,
        )

    def _touch(self, row: models.Model, before: dict[str, Any], after: dict[str, Any]) -> None:
        self.searched.note(row)
        touched: set[int | None] = set()
        match row:
            case Claim():
                touched = {before.get("incident_id"), after.get("incident_id")}
                if after.get("incident_id") is None:
                    self.claims.add(row.pk)
            case Revision():
                self.to_read.add(row.article_id)
            case Link() | Question():
                touched = {row.incident_id}
            case Position():
                touched = {row.question.incident_id}
            case Filing():
                touched = {row.position.question.incident_id}
            case Incident():
                touched = {row.pk}
            case Assessment():
                touched = {row.place.pk}
            case Source():
                if any(before.get(f) != after.get(f) for f in STATE_FIELDS_OF_SOURCE):
                    touched = set(state.incidents_of_sources([row.pk])) if before else set()
                    self.claims.update(state.claims_alone_of_sources([row.pk]))
        self.incidents |= {id for id in touched if id is not None}
