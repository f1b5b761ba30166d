"""The CSV bundle, read back: a ZIP of tables with the texts and the uploads."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import IO

from claims.importers.package import names_of_zip, unpack
from claims.importers.page import ReadError
from claims.importers.values import Problem, from_cell
from claims.importers.work import Line
from claims.records.columns import Column, columns_of
from claims.records.tables import TABLES, Table

LARGEST = 5 * 1024**3
"""Bytes of all entries together, unpacked."""
LARGEST_FILE = 64 * 1024**2
"""Bytes of one text or upload; both are held in memory."""
LONGEST_CELL = 10 * 1024**2
MOST_TIMES = 1_000
"""So many times as large as it is packed: more is a bomb, not a table."""


class Bundle:
    """An open bundle; `close` it, or use it as a context.

    Raises ReadError for what is no ZIP, is larger than the limits, or lacks a table.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        try:
            self._archive = names_of_zip(file)
        except zipfile.BadZipFile as error:
            raise ReadError("This is not a ZIP, or it broke off.") from error
        entries = self._archive.infolist()
        size, packed = (sum(getattr(e, name) for e in entries) for name in _SIZES)
        if size > LARGEST or size > MOST_TIMES * max(packed, 1024):
            raise ReadError("What is packed in it is too large.")
        names = {entry.filename for entry in entries}
        missing = [table.name for table in TABLES if f"{table.name}.csv" not in names]
        if missing:
            raise ReadError(f"This is not a bundle: {missing[0]}.csv is not in it.")

    def name_of(self, table: Table) -> str:
        return f"{table.name}.csv"

    def rows(self, table: Table) -> Iterator[Line | Problem]:
        name, columns = self.name_of(table), columns_of(table.row)
        csv.field_size_limit(LONGEST_CELL)
        with self._archive.open(name) as raw:
            text = io.TextIOWrapper(raw, "utf-8-sig", newline="")
            records = csv.reader(text, strict=True)
            try:
                head = next(records, [])
                if wrong := heading(columns, head):
                    yield Problem(name, 1, "", wrong)
                    return
                for cells in records:
                    yield _line(name, table, records.line_num, head, columns, cells)
            except UnicodeDecodeError:
                yield Problem(name, records.line_num + 1, "", "This is not UTF-8.")
            except csv.Error as error:
                yield Problem(name, records.line_num, "", f"This is not CSV: {error}.")
            except (zipfile.BadZipFile, zlib.error):
                yield Problem(name, records.line_num + 1, "", "The ZIP is damaged here.")

    def content(self, path: str) -> bytes | None:
        try:
            entry = self._archive.getinfo(path)
        except KeyError:
            return None
        return unpack(self._archive, entry, path, LARGEST_FILE)

    def close(self) -> None:
        self._archive.close()
        self._file.close()


_SIZES = ("file_size", "compress_size")


def heading(columns: Mapping[str, Column], found: list[str]) -> str:
    """What is wrong with the names of the columns; blank if nothing is."""
    if missing := [name for name in columns if name not in found]:
        return f"There is no column {missing[0]}."
    if unknown := [name for name in found if name not in columns]:
        return f"{unknown[0] or 'A column without a name'} is not a column of this table."
    return "" if len(found) == len(columns) else "A column is there twice."


def _line(
    name: str,
    table: Table,
    number: int,
    head: list[str],
    columns: Mapping[str, Column],
    cells: list[str],
) -> Line | Problem:
    if len(cells) != len(head):
        return Problem(name, number, "", f"There are {len(cells)} cells, not {len(head)}.")
    held = dict(zip(head, cells, strict=True))
    values = []
    for field, column in columns.items():
        try:
            values.append(from_cell(column, held[field]))
        except ValueError as error:
            return Problem(name, number, field, str(error))
    return Line(number, table.row._make(values))
