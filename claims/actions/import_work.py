"""The work of a desk from a bundle or JSON lines: brought in as one act, whole or not at all."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import closing
from typing import IO, Any

from claims.actions import importing
from claims.actions.import_shapes import NEW, THERE, WRONG, Item, Planned
from claims.actions.importing.past import is_owner
from claims.actions.journal import Actor
from claims.importers.bundle import Bundle
from claims.importers.jsonl import Jsonl
from claims.models import Change, Import
from claims.records import TABLES
from claims.records.native import CHANGES, FORMAT

_FIRST_ENTRY = b"README.txt"
_FIXED_TIME = b"\0\0\x21\0"
"""How a bundle of ours begins, after the signature of a ZIP: its first entry, and no hour."""


class Work(ABC):
    """What both formats share; they are `Whole` formats of import."""

    rule = "article.write"
    action = "work.import"
    things = "rows"

    @abstractmethod
    def read(self, file: IO[bytes]) -> Bundle | Jsonl:
        """The file, open. Raises ReadError where it is none of the format."""

    def plan(self, actor: Actor, job: Import) -> Iterator[Planned]:
        """A line for each table, and one for each thing that is wrong."""
        opened: Any = job.file.open("rb")
        with closing(self.read(opened)) as work:
            found = importing.plan(actor.workspace, work, owner=is_owner(actor))
        number = 0
        for number, (where, what, count, why) in enumerate(_rows(found), 1):
            yield Planned(Item(number, where, what, f"{count:,}", why=why), things=count)
        yield from (Planned(note=note) for note in found.notes)
        for problem in found.problems:
            number += 1
            where = f"{problem.file}, line {problem.line}" if problem.line else problem.file
            yield Planned(Item(number, where, WRONG, field=problem.field, why=problem.why))
        if found.wrong > len(found.problems):
            yield Planned(note=f"{found.wrong:,} things are wrong; the first are listed.")

    def bring_in(self, actor: Actor, job: Import) -> Change | None:
        """All of it as one act; the caller is in a transaction. ValidationError as `apply`."""
        opened: Any = job.file.open("rb")
        with closing(self.read(opened)) as work:
            done = importing.apply(actor, work, f"“{job.name}”")
        return actor.acts[-1] if done.makes else None


def _rows(found: importing.Plan) -> Iterator[tuple[str, str, int, str]]:
    """How many rows of each table are new, come in as deleted, or are there: those that are any."""
    for table in TABLES:
        for where, what, count, why in (
            (table.name, NEW, found.new[table.name], ""),
            (f"{table.name}, deleted", NEW, found.deleted[table.name], "as deleted, and stay so"),
            (table.name, THERE, found.there[table.name], ""),
        ):
            if count:
                yield where, what, count, why
    acts = CHANGES.name
    for what, count in ((NEW, found.new[acts]), (THERE, found.there[acts])):
        if count:
            yield "history", what, count, "as what the file tells" if what == NEW else ""


class WorkBundle(Work):
    """The CSV bundle of the Export page."""

    key = "work-bundle"
    label = "Work: a bundle of CSV files from an export"

    def accepts(self, name: str, head: bytes) -> bool:
        return head.startswith(b"PK") and _FIRST_ENTRY in head[:64] and _FIXED_TIME in head[:16]

    def read(self, file: IO[bytes]) -> Bundle:
        return Bundle(file)


class WorkLines(Work):
    """`counterclaim.jsonl`."""

    key = "work-jsonl"
    label = f"Work: a {FORMAT} from an export"

    def accepts(self, name: str, head: bytes) -> bool:
        return head.startswith(f'{{"format":"{FORMAT}"'.encode())

    def read(self, file: IO[bytes]) -> Jsonl:
        return Jsonl(file)
