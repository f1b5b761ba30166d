"""A workbook of the bundle's tables, a sheet each, for a person with a spreadsheet.

It is made in a file first, a row at a time, and then sent: a workbook can't be begun before its
end is known. Text is written as text, so no cell is ever run as a formula.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from claims.exporters.archive import CHUNK
from claims.exporters.bundle import Bundle
from claims.exporters.values import number
from claims.records.columns import Kind, columns_of
from claims.records.tables import TABLES, Table

ROWS = 1_048_576
"""Rows of a sheet, the header among them; a longer table goes on in "claims 2"."""
LONGEST = 32_767
"""Characters of a cell, as Excel counts them (UTF-16). A longer text is cut, and says so."""
CUT = " … [cut: a cell holds no more]"
FIRST_DAY = dt.date(1900, 3, 1)
"""Excel takes 1900 for a leap year; what is before stands as text."""

CANNOT = (
    "The texts of the articles and the uploaded files.",
    f"What is longer than {LONGEST:,} characters in a cell: it is cut there, and says so.",
    "Fractions of a second.",
)

_MADE = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
_OPTIONS = {
    "constant_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}
_WIDTHS = {Kind.ID: 14, Kind.TEXT: 28, Kind.DAY: 12, Kind.MOMENT: 20}


def write(bundle: Bundle) -> Iterator[bytes]:
    """The workbook in pieces, once all of it is made.

    Raises ValueError for a moment without a time zone or a number that is not finite.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        with Workbook(str(path), _OPTIONS | {"tmpdir": folder}) as book:
            # Else it names the hour: the same work must give the same bytes.
            book.set_properties({"created": _MADE})
            sheets = _Sheets(book)
            sheets.about()
            for table in TABLES:
                sheets.table(table, getattr(bundle, table.name))
        with path.open("rb") as file:
            while piece := file.read(CHUNK):
                yield piece


class _Sheets:
    """The sheets of one workbook, made one after the other."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._bold = book.add_format({"bold": True})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})

    def about(self) -> None:
        """What each sheet holds, and what none does."""
        sheet = self._book.add_worksheet("about")
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 1, 120)
        lines = [(table.name, table.about) for table in TABLES]
        lines += [("not in here", line) for line in CANNOT]
        lines += [("moments", "All moments are in UTC.")]
        for at, (name, meaning) in enumerate(lines):
            sheet.write_string(at, 0, name, self._bold)
            sheet.write_string(at, 1, meaning)

    def table(self, table: Table, rows: Iterable[Sequence[Any]]) -> None:
        """One table; more sheets of it where one is full."""
        columns = columns_of(table.row)
        kinds = [column.kind for column in columns.values()]
        pending = iter(rows)
        part = 0
        while True:
            part += 1
            sheet = self._sheet(table.name if part == 1 else f"{table.name} {part}", columns)
            written = 0
            for row in islice(pending, ROWS - 1):
                written += 1
                for at, (kind, cell) in enumerate(zip(kinds, row, strict=True)):
                    if cell is not None and cell != "":
                        self._write(sheet, written, at, kind, cell)
            if written < ROWS - 1:
                return

    def _sheet(self, name: str, columns: Any) -> Worksheet:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for at, (title, column) in enumerate(columns.items()):
            sheet.set_column(at, at, _WIDTHS.get(column.kind, 14))
            sheet.write_string(0, at, title, self._bold)
        return sheet

    def _write(self, sheet: Worksheet, row: int, at: int, kind: Kind, cell: Any) -> None:
        if kind in (Kind.INTEGER, Kind.NUMBER):
            sheet.write_number(row, at, number(cell))
        elif kind == Kind.YES_NO:
            sheet.write_boolean(row, at, bool(cell))
        elif kind == Kind.DAY and cell >= FIRST_DAY:
            sheet.write_datetime(row, at, cell, self._day)
        elif kind == Kind.MOMENT and cell.date() >= FIRST_DAY:
            if cell.tzinfo is None:
                raise ValueError(f"{cell} has no time zone.")
            plain = cell.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)
            sheet.write_datetime(row, at, plain, self._moment)
        else:
            sheet.write_string(row, at, _fitting(str(cell)))


def _fitting(text: str) -> str:
    """`text` as far as a cell can hold it, never ending within a character."""
    if len(text) * 2 <= LONGEST or len(text.encode("utf-16-le")) // 2 <= LONGEST:
        return text
    units = text.encode("utf-16-le")[: (LONGEST - len(CUT)) * 2]
    return units.decode("utf-16-le", "ignore") + CUT
