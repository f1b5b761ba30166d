"""All that is new in a file, made in one act: it can be undone, and nothing is half there.

A row keeps its public id and its times. Who did it is text (`Credit`), never an account: the row
itself names who imports it. Approvals and verdicts are taken over from an owner's import only;
from another's, an approved claim comes in as submitted, and verdicts stay out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from claims.actions.importing import gone, past, placements
from claims.actions.importing.plan import Plan, plan
from claims.actions.importing.rows import CREDITS, MAKE, Known
from claims.actions.importing.there import MODELS, chunks, found_here
from claims.actions.journal import Act, Actor
from claims.actions.source import save_side
from claims.importers.work import Line, Work
from claims.models import (
    Article,
    AssessmentChange,
    Claim,
    Credit,
    Incident,
    ParagraphRead,
    Revision,
    Side,
    Source,
)
from claims.records import ClaimKind
from claims.records.cells import split_numbers
from claims.records.columns import pointers_of
from claims.records.tables import BY_NAME, Table

ORDER = (
    "articles sources aliases ratings revisions incidents questions positions claims spans"
    " figures links filings assessments assessment_claims comments"
).split()
"""What a row must point at comes before it; what may point forward is set afterwards."""
OF_REVIEWERS = ("assessments", "assessment_claims")
COLORS = 8

Told = Callable[[str, int], None]
"""Hears of rows that are made: the table, and how many more."""


def apply(actor: Actor, work: Work, name: str, told: Told = lambda *_: None) -> Plan:
    """Makes all that is new in `work`, the file called `name`; says what that was.

    Raises ValidationError, and leaves everything as it was, where the plan has a problem or the
    database refuses a row.
    """
    planned = plan(actor.workspace, work, owner=past.is_owner(actor))
    if planned.wrong:
        raise ValidationError([str(problem) for problem in planned.problems])
    if planned.makes:
        try:
            with transaction.atomic():
                # In acts of their own: undoing the import leaves them for others to use.
                before = len(actor.acts)
                sides = _sides(actor, work)
                with Act(actor, "work.import", f"imported {name}") as act:
                    past.bring_in(act, work, name, actor.acts[before:])
                    Applying(act, work, sides, told).run()
        except IntegrityError as error:
            raise ValidationError(
                f"The file is at odds with itself or the desk: {error}"
            ) from error
    return planned


def _sides(actor: Actor, work: Work) -> dict[str, Side]:
    """The sides that the file names, made where the desk has none of that name."""
    sides = {side.name: side for side in Side.objects.within(actor.workspace)}
    rows = work.rows(BY_NAME["sources"])
    names = {line.record.side for line in rows if isinstance(line, Line)} - {""}
    for name in sorted(names - sides.keys()):
        values = {"name": name, "color": len(sides) % COLORS + 1}
        sides[name] = save_side(actor, Side(), values)
    return sides


class Applying:
    """One import: the rows made so far, by their public ids."""

    def __init__(self, act: Act, work: Work, sides: dict[str, Side], told: Told) -> None:
        self.act = act
        self.work = work
        self.told = told
        actor = act.actor
        owner = past.is_owner(actor)
        self.known = Known(actor, {name: {} for name in ORDER}, sides, owner=owner)
        self.new: dict[str, set[str]] = {name: set() for name in ORDER}

    def run(self) -> None:
        """Everything, table by table."""
        for name in ORDER:
            if name in OF_REVIEWERS and not self.known.owner:
                continue
            if name == "revisions":
                self._revisions()
            elif name == "assessments":
                self._verdicts()
            else:
                self._table(BY_NAME[name])
        self._forward("sources", Source, {"affiliation_id": ("affiliation_id", "sources")})
        self._forward(
            "articles",
            Article,
            {
                "publisher_id": ("publisher_id", "sources"),
                "republishes_id": ("republishes_id", "articles"),
            },
        )
        self._forward("incidents", Incident, {"parent_id": ("parent_id", "incidents")})
        self._read()
        for records in placements.fresh(self.work, self.new["claims"]):
            self._add([placements.row(self.known, record) for record in records])
        self.act.incidents.update(self.known.ids["incidents"].values())

    # -- tables -----------------------------------------------------------------------------

    def _records(self, table: Table) -> Iterator[Any]:
        for line in self.work.rows(table):
            assert isinstance(line, Line)  # noqa: S101 - the plan has found no problem
            yield line.record

    def _table(self, table: Table) -> None:
        for batch in chunks(self._records(table)):
            self._make(table, self._fresh(table, batch))

    def _fresh(self, table: Table, batch: list[Any]) -> list[Any]:
        """The records that are not at the desk yet; parts go with the row that they belong to."""
        if table.name in MODELS:
            ids = {record[0] for record in batch}
            self.known.ids[table.name] |= found_here(self.act.actor.workspace, table, ids)
            self._pointed(table, batch)
            return [one for one in batch if one[0] not in self.known.ids[table.name]]
        owner = {"aliases": "sources", "assessment_claims": "assessments"}.get(table.name, "claims")
        return [one for one in batch if getattr(one, table.order[0]) in self.new[owner]]

    def _pointed(self, table: Table, batch: list[Any]) -> None:
        """Looks up what these point at, and is at the desk without being in the file."""
        wanted: dict[str, set[str]] = {}
        for field, to in pointers_of(table.row).items():
            ids = {value for one in batch if (value := getattr(one, field))}
            wanted.setdefault(to, set()).update(ids - self.known.ids[to].keys())
        for to, ids in wanted.items():
            self.known.ids[to] |= found_here(self.act.actor.workspace, BY_NAME[to], ids)

    def _make(self, table: Table, records: Sequence[Any]) -> None:
        rows = [MAKE[table.name](self.known, record) for record in records]
        gone.mark(rows, records)
        self._add(rows)
        if table.name in MODELS:
            for record, row in zip(records, rows, strict=True):
                self.known.ids[table.name][record[0]] = row.pk
                self.new[table.name].add(record[0])
        self._credit(table.name, records, rows)
        if table.name == "claims":
            self._claims(rows)
        self.told(table.name, len(rows))

    def _add(self, rows: Sequence[Any]) -> None:
        for row in rows:
            self.act.check(row)
        self.act.add_all(rows, noted=False)

    def _claims(self, rows: Iterable[Claim]) -> None:
        """What new claims move: their own state, and verdicts on incidents that were here."""
        made = {self.known.ids["incidents"][uid] for uid in self.new["incidents"]}
        for row in rows:
            if row.incident_id is None:
                self.act.claims.add(row.pk)
            elif row.deleted_at:
                continue
            elif row.incident_id not in made and row.kind == ClaimKind.FACTUAL:
                self.act.evidence.claims.add(row.pk)
                self.act.evidence.incidents.add(row.incident_id)

    def _credit(self, table: str, records: Iterable[Any], rows: Iterable[Any]) -> None:
        """Who did it, as the file says."""
        named = [
            Credit(
                workspace=self.act.actor.workspace,
                noun=row._meta.model_name,
                object_id=row.pk,
                field=field,
                name=getattr(record, column),
                stand_in_id=getattr(row, f"{field}_id", None),
            )
            for record, row in zip(records, rows, strict=True)
            for column, field in CREDITS.get(table, ())
            if getattr(record, column)
        ]
        Credit.objects.bulk_create(named, batch_size=500)

    # -- what is more than a row ------------------------------------------------------------

    def _revisions(self) -> None:
        """The texts, checked by the plan, with the uploads under their own sha256."""
        table = BY_NAME["revisions"]
        for batch in chunks(self._records(table), 50):
            fresh = self._fresh(table, batch)
            rows = [self._revision(record) for record in fresh]
            self._add(rows)
            for record, row in zip(fresh, rows, strict=True):
                self.known.ids["revisions"][record.revision_id] = row.pk
            articles = {self.known.ids["articles"][record.article_id] for record in batch}
            numbered = Revision.objects.filter(article__in=articles).order_by("number")
            for article, number, pk in numbered.values_list("article_id", "number", "pk"):
                self.known.revisions[article, number] = self.known.newest[article] = pk
            self._credit("revisions", fresh, rows)
            self.told("revisions", len(rows))

    def _revision(self, record: Any) -> Revision:
        content = self.work.content(record.text_path) or b""
        row = Revision(
            workspace=self.act.actor.workspace,
            uid=record.revision_id,
            article_id=self.known.ids["articles"][record.article_id],
            number=record.number,
            text=content.decode("utf-8"),
            sha256=record.text_sha256,
            captured_at=record.captured_at,
            captured_by=self.act.actor.user,
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

    def _verdicts(self) -> None:
        """Those that others point at come first."""
        table = BY_NAME["assessments"]
        waiting = self._fresh(table, list(self._records(table)))
        self.known.lost = gone.lost_answers(self.act, self.known.ids["questions"], waiting)
        while waiting:
            known = self.known.ids["assessments"].keys()
            ready = [
                one for one in waiting if {one.supersedes_id, one.second_of_id} - {None} <= known
            ]
            if not ready:
                raise ValidationError("Verdicts point at each other in a circle.")
            self._make(table, ready)
            made = {one.assessment_id for one in ready}
            waiting = [one for one in waiting if one.assessment_id not in made]
            changed = [one.assessment_id for one in ready if one.evidence_changed]
            AssessmentChange.objects.bulk_create(
                AssessmentChange(
                    assessment_id=self.known.ids["assessments"][uid], change=self.act.change
                )
                for uid in changed
            )

    def _forward(self, name: str, model: Any, columns: dict[str, tuple[str, str]]) -> None:
        """Sets what a row points at that may come after it in the file."""
        for batch in chunks(self._records(BY_NAME[name])):
            values = {
                record[0]: {
                    column: self.known.id(to, getattr(record, of))
                    for column, (of, to) in columns.items()
                    if getattr(record, of)
                }
                for record in batch
                if record[0] in self.new[name]
            }
            wanted = {self.known.ids[name][uid]: found for uid, found in values.items() if found}
            rows = model.objects.in_bulk(wanted)
            for pk, found in wanted.items():
                self.act.complete(rows[pk], **found)

    def _read(self) -> None:
        """Which paragraphs of the newest text are read."""
        for batch in chunks(self._records(BY_NAME["articles"])):
            marks = []
            for record in batch:
                if record.article_id not in self.new["articles"] or not record.paragraphs_read:
                    continue
                article = self.known.ids["articles"][record.article_id]
                marks += [
                    ParagraphRead(
                        workspace=self.act.actor.workspace,
                        revision_id=self.known.newest[article],
                        number=number,
                        read_by=self.act.actor.user,
                    )
                    for number in split_numbers(record.paragraphs_read)
                ]
            self._add(marks)
