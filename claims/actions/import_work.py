"""The work of a desk from a bundle or JSON lines: brought in as one act, whole or not at all."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import closing
from typing import IO, Any

from claims.actions import importing
from claims.actions.import_shapes import NEW, THERE, WRONG, Item, Planned
from claims.actions.journal import Actor
from claims.importers.bundle import Bundle
from claims.importers.jsonl import Jsonl
from claims.models import Change, Import
from claims.records import TABLES
from claims.records.native import FORMAT

_FIRST_ENTRY = b"README.txt"
_FIXED_TIME = b"\0\0\x21\0"
"""How a bundle of ours begins, after the signature of a ZIP: its first entry, and no hour."""


class Work(ABC):
    """What both formats share; they are `Whole` formats of import."""

    rule = "article.write"
    action = "work.import"
    things = "rows"

    @abstractmethod
    def opened(self, actor: Actor, job: Import) -> Any:
        """The file of an import, open. Raises ReadError where it is none of the format."""

    def plan(self, actor: Actor, job: Import) -> Iterator[Planned]:
        """A line for each table, and one for each thing that is wrong."""
        with closing(self.opened(actor, job)) as work:
            found = importing.plan(actor.workspace, work)
            notes = getattr(work, "notes", ())
        number = 0
        for table in TABLES:
            new, there = found.new[table.name], found.there[table.name]
            for what, count in ((NEW, new), (THERE, there)):
                if count:
                    number += 1
                    yield Planned(Item(number, table.name, what, f"{count:,}"), things=count)
        for problem in found.problems:
            number += 1
            where = f"{problem.file}, line {problem.line}" if problem.line else problem.file
            yield Planned(Item(number, where, WRONG, field=problem.field, why=problem.why))
        yield from (Planned(note=note) for note in notes)
        if found.wrong > len(found.problems):
            yield Planned(note=f"{found.wrong:,} things are wrong; the first are listed.")

    def bring_in(self, actor: Actor, job: Import) -> Change | None:
        """All of it as one act; the caller is in a transaction. ValidationError as `apply`."""
        with closing(self.opened(actor, job)) as work:
            done = importing.apply(actor, work, f"“{job.name}”")
        return actor.acts[-1] if done.makes else None


class _Ours(Work):
    """What our own export wrote, which needs nothing but itself."""

    @abstractmethod
    def read(self, file: IO[bytes]) -> Bundle | Jsonl:
        """The file, open. Raises ReadError where it is none of the format."""

    def opened(self, actor: Actor, job: Import) -> Bundle | Jsonl:
        file: Any = job.file.open("rb")
        return self.read(file)


class WorkBundle(_Ours):
    """The CSV bundle of the Export page."""

    key = "work-bundle"
    label = "Work: a bundle of CSV files from an export"

    def accepts(self, name: str, head: bytes) -> bool:
        return head.startswith(b"PK") and _FIRST_ENTRY in head[:64] and _FIXED_TIME in head[:16]

    def read(self, file: IO[bytes]) -> Bundle:
        return Bundle(file)


class WorkLines(_Ours):
    """`counterclaim.jsonl`."""

    key = "work-jsonl"
    label = f"Work: a {FORMAT} from an export"

    def accepts(self, name: str, head: bytes) -> bool:
        return head.startswith(f'{{"format":"{FORMAT}"'.encode())

    def read(self, file: IO[bytes]) -> Jsonl:
        return Jsonl(file)
