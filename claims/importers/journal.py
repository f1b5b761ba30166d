"""The journal of a `counterclaim.jsonl`: its three tables, put together act by act."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from claims.importers.values import Problem
from claims.importers.work import Line, Work
from claims.records.native import CHANGE_ROWS, CHANGE_TOPICS, CHANGES, Change
from claims.records.tables import Table


class Told(NamedTuple):
    """One act. Its topics and rows are to be gone through before the next act is asked for."""

    number: int
    change: Change
    topics: Iterator[Any]
    rows: Iterator[Any]


def acts(work: Work) -> Iterator[Told | Problem]:
    """The acts in the order of the file, and what is wrong with them; memory holds one line.

    Topics and rows have to come in the order of their acts.
    """
    topics, rows = _Ahead(work, CHANGE_TOPICS), _Ahead(work, CHANGE_ROWS)
    for line in work.rows(CHANGES):
        if isinstance(line, Problem):
            yield line
            continue
        uid = line.record.change_id
        yield Told(line.number, line.record, topics.of(uid), rows.of(uid))
        for ahead in (topics, rows):
            for _ in ahead.of(uid):
                pass
            yield from ahead.problems()
    for ahead in (topics, rows):
        ahead.end()
        yield from ahead.problems()


class _Ahead:
    """The lines of a table, of which the next one is known before it is taken."""

    def __init__(self, work: Work, table: Table) -> None:
        self._name = work.name_of(table)
        self._lines = work.rows(table)
        self._wrong: list[Problem] = []
        self._head = self._next()

    def of(self, uid: str) -> Iterator[Any]:
        """The records of one act, if they are next."""
        while self._head is not None and self._head.record.change_id == uid:
            record = self._head.record
            self._head = self._next()
            yield record

    def end(self) -> None:
        """What is still there belongs to no act that was met."""
        if self._head is not None:
            why = "Its act is not in the file, or stands there in another order."
            self._wrong.append(Problem(self._name, self._head.number, "change_id", why))

    def problems(self) -> list[Problem]:
        """What was wrong since it was asked last."""
        wrong, self._wrong = self._wrong, []
        return wrong

    def _next(self) -> Line | None:
        for line in self._lines:
            if isinstance(line, Line):
                return line
            self._wrong.append(line)
        return None
