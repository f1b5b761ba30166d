"""What a cell of a row is outside CSV: a value of JSON, so that each format says it alike."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from claims.records.columns import Column, Kind

BATCH = 250


def objects(
    columns: Mapping[str, Column], rows: Iterable[Sequence[Any]]
) -> Iterator[dict[str, Any]]:
    """Each row as an object of JSON values by column; what is blank is null or "".

    Raises ValueError for a moment without a time zone or a number that is not finite.
    """
    ways = [
        (at, _WAYS[column.kind])
        for at, column in enumerate(columns.values())
        if column.kind in _WAYS
    ]
    pending = iter(rows)
    while batch := list(islice(pending, BATCH)):
        cells: list[Any] = list(zip(*batch, strict=True))
        for at, way in ways:
            cells[at] = [None if cell is None else way(cell) for cell in cells[at]]
        for row in zip(*cells, strict=True):
            yield dict(zip(columns, row, strict=True))


def moment(value: datetime) -> str:
    """In UTC, as `2016-12-07T10:00:00Z`. Raises ValueError for one without a time zone."""
    if value.tzinfo is None:
        raise ValueError(f"{value} has no time zone.")
    return value.astimezone(UTC).isoformat()[:-6] + "Z"


def number(value: Any) -> float:
    """A finite number. Raises ValueError for another."""
    found = float(value)
    if not math.isfinite(found):
        raise ValueError(f"{value} is not a number that a cell can hold.")
    return found


_WAYS: dict[Kind, Callable[[Any], Any]] = {
    Kind.NUMBER: number,
    Kind.YES_NO: bool,
    Kind.DAY: str,
    Kind.MOMENT: moment,
}
