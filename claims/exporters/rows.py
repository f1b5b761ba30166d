"""Rows as CSV (RFC 4180): comma, double quotes where needed, CRLF after each record.

CRLF because the standard says so; line breaks inside a cell stay what they are. Rows are
written 250 at a time and column by column, which is what keeps a million of them fast.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from claims.exporters.values import BATCH, moment, number
from claims.records.columns import Column, Kind
from claims.records.guard import guard_all


def write(columns: Mapping[str, Column], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The header at once, then a piece for every `BATCH` rows, as UTF-8 without a BOM.

    Raises ValueError for what no cell can hold: a NUL, a lone surrogate, a moment without a
    time zone, a number that is not finite. Half a cell is never written.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    kinds = [column.kind for column in columns.values()]
    ways = [(at, _WAYS[kind]) for at, kind in enumerate(kinds) if kind in _WAYS]
    writer.writerow(columns)
    yield _taken(buffer)
    pending = iter(rows)
    while batch := list(islice(pending, BATCH)):
        cells: list[Any] = list(zip(*batch, strict=True))
        for at, way in ways:
            cells[at] = way(cells[at])
        writer.writerows(zip(*cells, strict=True))
        yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    if "\0" in text:
        raise ValueError("A NUL cannot stand in a CSV file.")
    return text.encode("utf-8")


def _numbers(cells: Sequence[Any]) -> Sequence[Any]:
    return [None if cell is None else repr(number(cell)) for cell in cells]


def _yes_no(cells: Sequence[Any]) -> Sequence[Any]:
    return [None if cell is None else ("true" if cell else "false") for cell in cells]


def _moments(cells: Sequence[Any]) -> Sequence[Any]:
    return [None if cell is None else moment(cell) for cell in cells]


# The other kinds are written as they are: the csv module makes text of a number or a date.
_WAYS: dict[Kind, Callable[[Sequence[Any]], Sequence[Any]]] = {
    Kind.TEXT: guard_all,
    Kind.NUMBER: _numbers,
    Kind.YES_NO: _yes_no,
    Kind.MOMENT: _moments,
}
