"""Columns that a foreign file gives by name, checked as those of our own files are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from claims.importers.marks import Mark, Tie
from claims.importers.values import Problem, from_json
from claims.records.columns import columns_of


class Checks:
    """Notes in `problems` what is wrong with the columns of a mark or a tie."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems

    def checked(
        self, row: Any, given: dict[str, Any], about: Mark | Tie, more: Iterable[str] = ()
    ) -> dict[str, Any] | None:
        """The columns of a row from values of JSON; None where one of them is wrong."""
        columns = columns_of(row)
        for name in given:
            if name not in columns and name not in more:
                self.wrong(about, name, f"It is not a column of a {row.__name__.lower()}.")
                return None
        values = {}
        for name, column in columns.items():
            try:
                values[name] = from_json(column, given.get(name))
            except ValueError as error:
                self.wrong(about, name, str(error))
                return None
        return values

    def wrong(self, about: Mark | Tie, field: str, why: str) -> None:
        """Names the annotation: a line of a file may hold many."""
        file = about.file if isinstance(about, Tie) else about.sheet.file
        self.problems.append(Problem(file, about.line, field, f"{about.id}: {why}"))


def as_json(moment: datetime) -> str:
    """A moment as a file of ours has it."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
