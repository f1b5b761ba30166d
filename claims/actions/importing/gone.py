"""Deleted rows of a file: made as deleted, counted apart, and nothing living may stand on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from claims.actions.importing.there import MODELS, chunks
from claims.importers.values import Problem
from claims.models import Incident, Position, Question, Workspace
from claims.records import Verdict
from claims.records.columns import pointers_of
from claims.records.native import deleted_at, is_deleted
from claims.records.tables import Table

DELETED_HERE = "{} is deleted at this desk: bring it back first."
ONLY_DELETED = "{} is in the file, but deleted."
MAY_POINT = frozenset(
    ("assessments", name) for name in ("position_id", "supersedes_id", "second_of_id")
)
"""A verdict that no longer counts names what was found, though that is deleted by now."""


class Gone:
    """What of a file is deleted, by table; of each such row what it points at."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.ids: dict[str, set[str]] = {}
        # Rows that are not deleted themselves: what they have to stand on to be gone.
        self._undated: dict[str, dict[str, list[tuple[str, str]]]] = {}

    def __bool__(self) -> bool:
        return bool(self.ids)

    def note(self, table: Table, record: Any, pointers: Mapping[str, str]) -> None:
        """Notes a row that is in the file as deleted; parts go with what they are parts of."""
        if not is_deleted(record) or table.name not in MODELS:
            return
        self.ids.setdefault(table.name, set()).add(record[0])
        if deleted_at(record) is None:
            to = [(to, getattr(record, of)) for of, to in pointers.items()]
            self._undated.setdefault(table.name, {})[record[0]] = to

    def holds(self, to: str, uid: str) -> bool:
        """Whether the file has it as deleted; once all rows of the table are noted."""
        return uid in self.ids.get(to, ())

    def deleted(self, name: str) -> set[str]:
        """The rows of a table that come in as deleted, or with what is; once all are noted.

        One that says it is gone, but is not deleted and stands on nothing that is, is living.
        """
        undated = self._undated.get(name, {})
        living = {
            uid
            for uid, to in undated.items()
            if not any(value in self.ids.get(table, ()) for table, value in to)
        }
        return self.ids.get(name, set()) - living


def leans(table: Table, record: Any, of: str) -> bool:
    """Whether what the record points at must not be deleted."""
    return not is_deleted(record) and (table.name, of) not in MAY_POINT


def deleted_here(workspace: Workspace, name: str, ids: Iterable[str]) -> set[str]:
    """Those of `ids` that the desk has and has deleted."""
    model = MODELS[name]
    if not hasattr(model, "deleted_at"):
        return set()
    found: set[str] = set()
    for chunk in chunks(ids):
        rows = model.objects.filter(workspace=workspace, uid__in=chunk, deleted_at__isnull=False)
        found |= {str(uid) for uid in rows.values_list("uid", flat=True)}
    return found


def living_on(
    table: Table, lines: Iterable[Any], here: set[str], gone: Mapping[str, set[str]]
) -> Iterator[tuple[Any, str, str]]:
    """New living rows that point at what is deleted at the desk: the line, column and why."""
    pointers = pointers_of(table.row)
    for line in lines:
        if isinstance(line, Problem) or line.record[0] in here:
            continue
        for of, to in pointers.items():
            value = getattr(line.record, of)
            if value in gone.get(to, ()) and leans(table, line.record, of):
                yield line, of, DELETED_HERE.format(value)


def lost_answers(
    workspace: Workspace, questions: Mapping[str, int], records: Iterable[Any]
) -> dict[str, Position]:
    """The answers, deleted and unsaved, that verdicts name and the file has no more; by verdict.

    Only a verdict that counts no longer can name one, and it still has to say what was found.
    """
    made: dict[tuple[str, str], Position] = {}
    named: dict[str, Position] = {}
    for record in records:
        if record.position_id or not record.question_id or record.verdict == Verdict.UNRESOLVED:
            continue
        answer = Position(
            workspace=workspace,
            question_id=questions[record.question_id],
            text=record.answer,
            created_at=record.created_at,
            deleted_at=record.withdrawn_at or record.created_at,
        )
        named[record.assessment_id] = made.setdefault((record.question_id, record.answer), answer)
    return named


def mark(rows: Iterable[Any], records: Iterable[Any]) -> None:
    """Makes those rows deleted whose records are. Their states are told, for nothing moves them."""
    for row, record in zip(rows, records, strict=True):
        if not is_deleted(record):
            continue
        if hasattr(row, "deleted_at"):
            row.deleted_at = deleted_at(record)
        if isinstance(row, (Incident, Question)):
            row.state = record.state
