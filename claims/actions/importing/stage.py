"""All that is new in a file, made step by step where nobody sees it, then shown (`publish.py`).

A row keeps its public id and its times. Who did it is text (`Credit`), never an account: the row
itself names who imports it. Approvals and verdicts are taken over from an owner's import only;
from another's, an approved claim comes in as submitted, and verdicts stay out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection, models
from django.db.models import Max

from claims.actions import state
from claims.actions.bulk import new_ids, writer
from claims.actions.import_shapes import Changed
from claims.actions.importing import gone, past, placements
from claims.actions.importing.rows import CREDITS, FORWARD, MAKE, SPAN, Known, span
from claims.actions.importing.there import MODELS, chunks, found_here
from claims.actions.journal import Actor
from claims.actions.rows import check
from claims.actions.source import save_side
from claims.importers.work import Line, Work
from claims.models import (
    AssessmentChange,
    Change,
    Credit,
    ParagraphRead,
    Revision,
    Side,
    Span,
)
from claims.models.base import Root
from claims.records.cells import split_numbers
from claims.records.columns import pointers_of
from claims.records.tables import BY_NAME, Table

ORDER = (
    "articles sources aliases ratings revisions incidents questions positions claims spans"
    " figures links filings comments"
).split()
"""What a row must point at comes before it; what may point forward is set afterwards."""
OWNERS = {
    "aliases": "sources",
    "spans": "claims",
    "figures": "claims",
    "placements": "claims",
}
"""The rows that a part belongs to: it comes in with them, or not at all."""
MOST_KNOWN = 10_000
"""Ids of a table that are held in memory; others are looked up again."""
_CREDIT = ("noun", "object_id", "field", "name", "stand_in_id", "workspace_id")
TEXTS = 50
COLORS = 8


class Stage:
    """One import: what is made of it so far. The caller is in a transaction at each step."""

    def __init__(self, actor: Actor, work: Work, hidden: datetime) -> None:
        """`hidden` is when the rows are said to have been deleted, until they are shown."""
        self.actor = actor
        self.work = work
        self.hidden = hidden
        ids: dict[str, dict[str, int]] = {name: {} for name in BY_NAME}
        self.known = Known(actor, ids, owner=past.is_owner(actor))
        # By table, the rows that were made here: what belongs to others stays as it is.
        self.new: dict[str, set[int]] = {name: set() for name in {*FORWARD, *OWNERS.values()}}

    def steps(self, changed: Changed) -> Iterator[list[models.Model]]:
        """Makes everything but verdicts: some rows a step, marked as deleted where they can be.

        Raises ValidationError where the file no longer fits the desk.
        """
        self._sides()
        for table in (*(BY_NAME[name] for name in ORDER), *placements.tables_of(self.work)):
            if table.name == "revisions":
                yield from self._revisions()
                continue
            for batch in chunks(self._records(table)):
                fresh = self._fresh(table, batch)
                yield self._spans(fresh) if table.name == "spans" else self._make(table, fresh)
        for name in FORWARD:
            for batch in chunks(self._records(BY_NAME[name])):
                self._forward(name, batch, changed)
                yield []
        for batch in chunks(self._records(BY_NAME["articles"])):
            yield self._read(batch)

    def verdicts(self, change: Change) -> Iterator[list[models.Model]]:
        """Makes the verdicts and what they rest on, those that others point at first.

        Once the rest is shown: a verdict can't be deleted, and so can't be hidden.
        """
        if not self.known.owner:
            return
        table, beside = BY_NAME["assessments"], BY_NAME["assessment_claims"]
        resting: dict[str, list[Any]] = {}
        for record in self._records(beside):
            resting.setdefault(record.assessment_id, []).append(record)
        waiting = [
            one
            for batch in chunks(self._records(table))
            for one in self._fresh(table, batch, resolve=False)
        ]
        left, ids = {one.assessment_id for one in waiting}, self.known.ids["incidents"]
        yield self._lost(waiting)
        while waiting:
            ready = [one for one in waiting if not {one.supersedes_id, one.second_of_id} & left]
            if not ready:
                raise ValidationError("Verdicts point at each other in a circle.")
            for batch in chunks(ready):
                self._pointed(table, batch)
                made = self._make(table, batch)
                AssessmentChange.objects.bulk_create(
                    AssessmentChange(assessment_id=row.pk, change=change)
                    for record, row in zip(batch, made, strict=True)
                    if record.evidence_changed
                )
                rests = [one for record in batch for one in resting.get(record.assessment_id, ())]
                self._pointed(beside, rests)
                rows = made + self._make(beside, rests)
                state.refresh(ids[one.incident_id] for one in batch)
                yield rows
            left -= {one.assessment_id for one in ready}
            waiting = [one for one in waiting if one.assessment_id in left]

    def _lost(self, records: Sequence[Any]) -> list[models.Model]:
        """Makes the answers that verdicts name and the file has no more."""
        table, questions = BY_NAME["assessments"], self.known.ids["questions"]
        self._learn(table, "questions", {one.question_id for one in records} - {None})
        named = gone.lost_answers(self.actor.workspace, questions, records)
        rows: list[models.Model] = list({id(row): row for row in named.values()}.values())
        for row in rows:
            check(row)
        self._insert(rows)
        self.known.lost = {uid: answer.pk for uid, answer in named.items()}
        return rows

    # -- tables -----------------------------------------------------------------------------

    def _sides(self) -> None:
        """The sides that the file names, made where the desk has none of that name.

        In acts of their own: undoing the import leaves them for others to use.
        """
        sides = {side.name: side for side in Side.objects.within(self.actor.workspace)}
        names = {record.side for record in self._records(BY_NAME["sources"])} - {""}
        for name in sorted(names - sides.keys()):
            values = {"name": name, "color": len(sides) % COLORS + 1}
            sides[name] = save_side(self.actor, Side(), values)
        self.known.sides = sides

    def _records(self, table: Table) -> Iterator[Any]:
        for line in self.work.rows(table):
            if not isinstance(line, Line):
                raise ValidationError(str(line))
            yield line.record

    def _fresh(self, table: Table, batch: list[Any], *, resolve: bool = True) -> list[Any]:
        """The records that are not at the desk yet; parts go with the row that they belong to."""
        if table.name in MODELS:
            there = found_here(self.actor.workspace, table, [record[0] for record in batch])
            batch = [one for one in batch if one[0] not in there]
        if resolve:
            self._pointed(table, batch)
        if owner := OWNERS.get(table.name):
            ids, new = self.known.ids[owner], self.new[owner]
            batch = [one for one in batch if ids[getattr(one, table.order[0])] in new]
        return batch

    def _pointed(self, table: Table, batch: Sequence[Any]) -> None:
        """Looks up what these point at. ValidationError where one is not there."""
        wanted: dict[str, set[str]] = {}
        forward = FORWARD.get(table.name, {})
        for field, to in pointers_of(table.row).items():
            if field not in forward:
                ids = {value for one in batch if (value := getattr(one, field))}
                wanted.setdefault(to, set()).update(ids)
        self._learn_all(table, wanted)
        if table.name in ("spans", "placements"):
            self._texts({self.known.ids["articles"][one.article_id] for one in batch})

    def _learn_all(self, table: Table, wanted: dict[str, set[str]]) -> None:
        """Once for each table: what is learned of one may push out what was known of it before."""
        for to, ids in wanted.items():
            self._learn(table, to, ids)

    def _learn(self, table: Table, to: str, ids: set[str]) -> None:
        known = self.known.ids[to]
        if len(known) > MOST_KNOWN:
            known.clear()
        if unknown := ids - known.keys():
            known |= found_here(self.actor.workspace, BY_NAME[to], unknown)
        if missing := next((uid for uid in ids if uid not in known), None):
            raise ValidationError(f"{table.name}: {missing} is neither in {to} nor at the desk.")

    def _texts(self, articles: set[int]) -> None:
        """Looks up the texts of these articles by their numbers."""
        known = self.known.revisions
        if len(known) > MOST_KNOWN:
            known.clear()
            self.known.newest.clear()
        if unknown := articles - self.known.newest.keys():
            rows = Revision.objects.filter(article__in=unknown).order_by("number")
            for article, number, pk in rows.values_list("article_id", "number", "pk"):
                known[article, number] = self.known.newest[article] = pk

    def _make(self, table: Table, records: Sequence[Any]) -> list[models.Model]:
        make: Any = MAKE.get(table.name, placements.row)
        rows = [make(self.known, record) for record in records]
        gone.mark(rows, records)
        self._write(table, records, rows)
        return rows

    def _write(self, table: Table, records: Sequence[Any], rows: Sequence[Any]) -> None:
        for record, row in zip(records, rows, strict=True):
            try:
                check(row, words=False)  # those of a record are
            except ValidationError as error:
                told = "; ".join(
                    f"{name}: {' '.join(why)}" for name, why in error.message_dict.items()
                )
                raise ValidationError(f"{table.name}, {record[0]}: {told}") from error
        self._insert(rows)
        if (new := self.new.get(table.name)) is not None:
            new.update(row.pk for row in rows)
        self._credit(table.name, records, rows)

    def _insert(self, rows: Sequence[models.Model]) -> None:
        for row in rows:
            if isinstance(row, Root) and row.deleted_at is None:
                row.deleted_at = self.hidden
        if rows:
            writer(type(rows[0])).add(rows)

    def _credit(self, table: str, records: Iterable[Any], rows: Iterable[Any]) -> None:
        """Who did it, as the file says."""
        columns = CREDITS.get(table, ())
        desk = self.actor.workspace.pk
        named = [
            [row._meta.model_name, row.pk, field, name, getattr(row, f"{field}_id", None), desk]
            for record, row in zip(records, rows, strict=True)
            for column, field in columns
            if (name := getattr(record, column))
        ]
        writer(Credit, _CREDIT).insert(named)

    # -- what is more or less than a row -----------------------------------------------------

    def _spans(self, records: Sequence[Any]) -> list[models.Model]:
        """The plan has checked everything of them; the journal finds them with their claims."""
        numbered = zip(new_ids(Span, len(records)), records, strict=True)
        writer(Span, SPAN).insert([span(self.known, pk, record) for pk, record in numbered])
        return []

    def _revisions(self) -> Iterator[list[models.Model]]:
        """The texts, checked by the plan, with the uploads under their own sha256."""
        table = BY_NAME["revisions"]
        for batch in chunks(self._records(table), TEXTS):
            fresh = self._fresh(table, batch)
            articles = self.known.ids["articles"]
            fresh = [one for one in fresh if articles[one.article_id] in self.new["articles"]]
            rows = [self._revision(record) for record in fresh]
            self._write(table, fresh, rows)
            yield rows

    def _revision(self, record: Any) -> Any:
        content = self.work.content(record.text_path) or b""
        row = Revision(
            workspace=self.actor.workspace,
            uid=record.revision_id,
            article_id=self.known.ids["articles"][record.article_id],
            number=record.number,
            text=content.decode("utf-8"),
            sha256=record.text_sha256,
            captured_at=record.captured_at,
            captured_by=self.actor.user,
            original_name=record.original_name,
            original_sha256=record.original_sha256,
            original_type=record.original_media_type,
            encoding=record.encoding,
        )
        if record.original_path:
            original = self.work.content(record.original_path) or b""
            path = row.original.field.generate_filename(row, record.original_name)
            storage = row.original.storage
            there = storage.exists(path)
            row.original.name = path if there else storage.save(path, ContentFile(original))
        return row

    def _forward(self, name: str, batch: Sequence[Any], changed: Changed) -> None:
        """Sets what a row points at that may come after it in the file."""
        columns = FORWARD[name]
        pointing = [one for one in batch if any(getattr(one, of) for of in columns)]
        wanted = {name: {one[0] for one in pointing}}
        for of, (_, to) in columns.items():
            ids_to = {value for one in pointing if (value := getattr(one, of))}
            wanted.setdefault(to, set()).update(ids_to)
        self._learn_all(BY_NAME[name], wanted)
        ids = self.known.ids[name]
        made = {ids[one[0]] for one in pointing} & self.new[name]
        rows = MODELS[name].objects.in_bulk(made)
        for one in pointing:
            if (row := rows.get(ids[one[0]])) is not None:
                for of, (column, to) in columns.items():
                    setattr(row, column, self.known.id(to, getattr(one, of)))
        if rows:
            names = [column for column, _ in columns.values()]
            _set(MODELS[name], names, list(rows.values()))
            changed(list(rows.values()))

    def _read(self, batch: Sequence[Any]) -> list[models.Model]:
        """Which paragraphs of the newest text are read."""
        pointing = [one for one in batch if one.paragraphs_read]
        self._learn(BY_NAME["articles"], "articles", {one.article_id for one in pointing})
        ids = self.known.ids["articles"]
        pointing = [one for one in pointing if ids[one.article_id] in self.new["articles"]]
        newest = dict(
            Revision.objects.filter(article__in=[ids[one.article_id] for one in pointing])
            .values("article_id")
            .annotate(newest=Max("pk"))
            .values_list("article_id", "newest")
        )
        marks: list[models.Model] = [
            ParagraphRead(
                workspace=self.actor.workspace,
                revision_id=newest[ids[one.article_id]],
                number=number,
                read_by=self.actor.user,
            )
            for one in pointing
            for number in split_numbers(one.paragraphs_read)
        ]
        self._insert(marks)
        return marks


def _set(model: Any, names: Sequence[str], rows: Sequence[Any]) -> None:
    """Sets these columns of rows that nobody has seen yet: a statement made once."""
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(name)} = %s" for name in names)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(model._meta.db_table)} SET {columns} WHERE id = %s",  # noqa: S608
            [[*(getattr(row, name) for name in names), row.pk] for row in rows],
        )
