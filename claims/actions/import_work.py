"""The work of a desk from a bundle or JSON lines: brought in whole or not at all."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import IO, Any, NamedTuple

from django.db import models

from claims.actions import importing
from claims.actions.article import drop_originals
from claims.actions.import_shapes import NEW, THERE, WRONG, Changed, Item, Made, Planned, Shown
from claims.actions.journal import Actor
from claims.importers.bundle import Bundle
from claims.importers.choices import AS_NAMED, Choices, Offers, of_json
from claims.importers.jsonl import Jsonl
from claims.models import Change, Credit, Import, User, Workspace
from claims.records import TABLES
from claims.records.native import CHANGES, FORMAT

OF_REVIEWERS = ("assessments", "assessment_claims")
_FIRST_ENTRY = b"README.txt"
_FIXED_TIME = b"\0\0\x21\0"
"""How a bundle of ours begins, after the signature of a ZIP: its first entry, and no hour."""


class Asked(NamedTuple):
    """For which desk a file is read, who imports it, and what they chose of another tool's."""

    workspace: Workspace
    user: User | None = None
    choices: Choices = AS_NAMED


class Work(ABC):
    """What both formats share; they are `Whole` formats of import."""

    key: str
    label: str
    rule = "article.write"
    action = "work.import"
    things = "rows"

    @abstractmethod
    def accepts(self, name: str, head: bytes) -> bool:
        """As `Known.accepts`."""

    @abstractmethod
    def open(self, file: IO[bytes], name: str, asked: Asked) -> Any:
        """The file of this name, read as asked. Raises ReadError where it is none of these."""

    def plan(self, actor: Actor, job: Import) -> Iterator[Planned]:
        """A line for each table, and one for each thing that is wrong."""
        owner = importing.is_owner(actor)
        with self.opened(job) as work:
            found = importing.plan(actor.workspace, work, owner=owner)
            notes = [*getattr(work, "notes", ()), *found.notes, *found.differences]
            offers: Offers | None = getattr(work, "offers", None)
        number = 0
        for number, (where, what, count, why) in enumerate(_rows(found, owner=owner), 1):
            yield Planned(Item(number, where, what, f"{count:,}", why=why), things=count)
        if not owner and any(found.new[name] for name in OF_REVIEWERS):
            notes.append("Verdicts stay out: they are taken over from an owner only.")
        last = found.problems[-1] if found.problems else None
        for problem in found.problems:
            number += 1
            where = f"{problem.file}, line {problem.line}" if problem.line else problem.file
            # The last that is listed stands for all that are not.
            things = found.wrong - len(found.problems) + 1 if problem is last else 1
            item = Item(number, where, WRONG, field=problem.field, why=problem.why)
            yield Planned(item, things=things)
        yield from (Planned(note=note) for note in notes)
        if offers:
            yield Planned(offers=offers.as_json())
        if found.wrong > len(found.problems):
            yield Planned(note=f"{found.wrong:,} things are wrong; the first are listed.")

    def make(self, actor: Actor, job: Import, work: Any, changed: Changed) -> Made:
        """All but the verdicts, hidden."""
        yield from importing.Stage(actor, work, job.made_at).steps(changed)

    def rehearse(self, job: Import) -> None:
        """As `importing.rehearse`."""
        importing.rehearse(job)

    def show(self, job: Import, change: Change) -> Shown:
        """An incident with all that is of it at once."""
        yield from importing.steps(job, change)

    def finish(self, actor: Actor, job: Import, work: Any, change: Change) -> Made:
        """The verdicts, and the history that the file tells, from an owner."""
        yield from importing.Stage(actor, work, job.made_at).verdicts(change)
        yield from importing.history(actor, work, job, change)

    def loosen(self, job: Import) -> None:
        """As `importing.loosen`."""
        importing.loosen(job)

    def drop(self, actor: Actor, rows: Sequence[models.Model]) -> None:
        """Originals go, and whom the file credits."""
        drop_originals(actor, rows)
        for row in rows[:1]:
            noun, ids = row._meta.model_name, [other.pk for other in rows]
            Credit.objects.filter(noun=noun, object_id__in=ids).delete()

    @contextmanager
    def opened(self, job: Import) -> Iterator[Any]:
        """The file of an import, opened."""
        file: Any = job.file.open("rb")
        asked = Asked(job.workspace, job.made_by, of_json(job.choices))
        with closing(self.open(file, job.name, asked)) as work:
            yield work


def _rows(found: importing.Plan, *, owner: bool) -> Iterator[tuple[str, str, int, str]]:
    """How many rows of each table are new, come in as deleted, or are there: those that are any."""
    for table in TABLES:
        if table.name in OF_REVIEWERS and not owner:
            continue
        for where, what, count, why in (
            (table.name, NEW, found.new[table.name], ""),
            (f"{table.name}, deleted", NEW, found.deleted[table.name], "as deleted, and stay so"),
            (table.name, THERE, found.there[table.name], _differ(found.differ[table.name])),
        ):
            if count:
                yield where, what, count, why
    acts = CHANGES.name
    for what, count in ((NEW, found.new[acts]), (THERE, found.there[acts])):
        if count:
            yield "history", what, count, "as what the file tells" if what == NEW else ""


def _differ(count: int) -> str:
    return f"{count:,} not as in the file: what is here stays" if count else ""


class WorkBundle(Work):
    """The CSV bundle of the Export page."""

    key = "work-bundle"
    label = "Work: a bundle of CSV files from an export"

    def accepts(self, name: str, head: bytes) -> bool:
        return head.startswith(b"PK") and _FIRST_ENTRY in head[:64] and _FIXED_TIME in head[:16]

    def open(self, file: IO[bytes], name: str, asked: Asked) -> Bundle:
        return Bundle(file)


class WorkLines(Work):
    """`counterclaim.jsonl`."""

    key = "work-jsonl"
    label = f"Work: a {FORMAT} from an export"

    def accepts(self, name: str, head: bytes) -> bool:
        return head.startswith(f'{{"format":"{FORMAT}"'.encode())

    def open(self, file: IO[bytes], name: str, asked: Asked) -> Jsonl:
        return Jsonl(file)
