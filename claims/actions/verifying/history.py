"""The journal tells of each row how it is: its last line, and the row as it is kept, are equal."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.apps import apps

from claims.actions.rows import plain
from claims.actions.verifying.shapes import Breach, Found, short
from claims.models import ChangeRow, Revision, Staged, Workspace

TOLD = (
    "workspace membership side source alias article revision paragraphread incident question "
    "position claim span figure placement link filing assessment assessmentclaim comment mention "
    "rating webhook tombstone dismissal"
).split()
"""The tables of which every row is told."""
ROWS = 1_000

State = dict[str, Any] | None


def history(desk: Workspace) -> Iterator[Found]:
    """Rows and lines side by side, each in the order of the rows' ids."""
    for name in TOLD:
        yield from _table(desk, name)


def _table(desk: Workspace, name: str) -> Iterator[Found]:
    told = merge(
        ((row.pk, "row", row) for row in _rows(desk, name)),
        ((pk, "line", last) for pk, last in _lasts(desk, name)),
        key=itemgetter(0),
    )
    count = 0
    for pk, both in groupby(told, key=itemgetter(0)):
        yield from _judged(name, pk, {kind: one for _, kind, one in both})
        count += 1
        if count % ROWS == 0:
            yield ROWS
    yield count % ROWS


def _judged(name: str, pk: int, found: dict[str, Any]) -> Iterator[Found]:
    if "line" not in found:
        if not Staged.objects.filter(model=name, object_id=pk).exists():
            yield Breach(f"{name} {pk}", "expected a line of the history that made it")
    elif "row" in found:
        yield from _compared(name, found["row"], found["line"])
    elif found["line"] is not None:
        yield Breach(f"{name} {pk}", "expected a row: the history has not removed it")


def _compared(name: str, row: Any, last: State) -> Iterator[Found]:
    where = f"{name} {getattr(row, 'uid', row.pk)}"
    if last is None:
        yield Breach(where, "expected no row: the history has removed it")
        return
    now = plain(row)
    # A column that is newer than the line is not told by it.
    for column, value in last.items():
        if column in now and now[column] != value:
            told = f"expected {column} {short(value)}, it is {short(now[column])}"
            yield Breach(where, told)


def _rows(desk: Workspace, name: str) -> Iterator[Any]:
    model: Any = apps.get_model("claims", name)
    own = {"pk": desk.pk} if model is Workspace else {"workspace": desk}
    rows = model._default_manager.filter(**own).order_by("pk")
    if model is Revision:
        rows = rows.defer("text")
    return iter(rows.iterator(ROWS))


def _lasts(desk: Workspace, name: str) -> Iterator[tuple[int, State]]:
    """How the journal leaves each row, by its id; None where it has removed it."""
    lines = ChangeRow.objects.filter(workspace=desk, model=name).order_by("object_id", "id")
    current = 0
    state: State = None
    for id, before, after in lines.values_list("object_id", "before", "after").iterator(ROWS):
        if id != current:
            if current:
                yield current, state
            current, state = id, after
        elif before is not None or state is None:
            state = after
        # Else an import has told late what it made: somebody has changed it meanwhile.
    if current:
        yield current, state
