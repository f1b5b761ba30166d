"""The work of a desk as a file holds it: the tables of `records.TABLES`, the texts, the uploads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol

from claims.importers.values import Problem
from claims.records.tables import Table


class Line(NamedTuple):
    """A record of a table and where it stood: the line of the file, from 1."""

    number: int
    record: Any


class Work(Protocol):
    """A file that is open. Each table can be gone through as often as it is needed."""

    def name_of(self, table: Table) -> str:
        """What the part of the file with this table is called, for people."""
        ...

    def rows(self, table: Table) -> Iterator[Line | Problem]:
        """The records of a table, in the order of the file, and what can't be read."""
        ...

    def content(self, path: str) -> bytes | None:
        """A text or an upload by its path; None where it is not in the file."""
        ...
