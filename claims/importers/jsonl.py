"""`counterclaim.jsonl`, read back: a JSON object a line, found again by where its table begins."""

from __future__ import annotations

import json
from array import array
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import IO, Any

from claims.importers.page import ReadError
from claims.importers.values import Problem, from_json, reader
from claims.importers.work import Line
from claims.records.columns import columns_of
from claims.records.native import (
    BESIDE,
    DELETED,
    DELETED_AT,
    END,
    FILES,
    FORMAT,
    JOURNAL,
    VERSIONS,
    with_deletion,
)
from claims.records.tables import TABLES, Table

LONGEST_LINE = 64 * 1024**2
NAME = FORMAT
_ROW = b'{"table":"'
_NOT_JSON = "This line is not JSON: a character of it may be lost."
_NO_ROW = "This line is not an object of a table that is known."


class Jsonl:
    """An open file that can be sought in. Raises ReadError for what is no such file.

    `version` is that of the format, `journal` whether the file has the history of its desk.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        # Line and place of each row, in turn: sixteen bytes a row, however many there are.
        self._places: dict[str, array[int]] = {}
        self._files: dict[str, list[int]] = {}
        self.problems: list[Problem] = []
        head = self._object(self._file.readline(LONGEST_LINE))
        if head is None or head.get("format") != FORMAT:
            raise ReadError(f"This is not a {FORMAT}: its first line does not say so.")
        if head.get("version") not in VERSIONS:
            known = " and ".join(map(str, VERSIONS))
            raise ReadError(f"This is version {head.get('version')}; only {known} are known.")
        self.version: int = head["version"]
        self.journal = self.version > 1 and head.get("journal") is True
        self._index()

    def name_of(self, table: Table) -> str:
        return NAME

    def rows(self, table: Table) -> Iterator[Line | Problem]:
        if table is TABLES[0]:
            yield from self.problems
        readers = {field: reader(column) for field, column in columns_of(table.row).items()}
        found = iter(self._places.get(table.name, ()))
        for number, place in zip(found, found, strict=True):
            self._file.seek(place)
            held = self._object(self._file.readline(LONGEST_LINE))
            if held is None:
                yield Problem(NAME, number, "", _NOT_JSON)
                continue
            del held["table"]
            yield self._line(number, table, readers, held)

    def _line(
        self,
        number: int,
        table: Table,
        readers: Mapping[str, Callable[[Any], Any]],
        held: dict[str, Any],
    ) -> Line | Problem:
        made: Any = table.row._make
        last = []
        if DELETED in held and self.version > 1 and table not in JOURNAL:
            made = partial(with_deletion, table.row)
            try:
                last = [from_json(DELETED_AT, held.pop(DELETED))]
            except ValueError as error:
                return Problem(NAME, number, DELETED, str(error))
        try:
            values = [read(held[field]) for field, read in readers.items()]
        except (KeyError, ValueError):
            return _problem(number, table, readers, held)
        if len(held) != len(values):
            return _problem(number, table, readers, held)
        return Line(number, made([*values, *last]))

    def content(self, path: str) -> bytes | None:
        if path not in self._files:
            return None
        pieces = []
        for part, place in enumerate(self._files[path]):
            self._file.seek(place)
            held = self._object(self._file.readline(LONGEST_LINE)) or {}
            if isinstance(held.get("text"), str):
                return _encoded(path, held["text"])
            if held.get("part") != part:
                raise ReadError(f"Part {part} of {path} is not there.")
            pieces.append(_decoded(path, held.get("base64")))
        return b"".join(pieces)

    def close(self) -> None:
        self._file.close()

    def _index(self) -> None:
        """Where each row and each piece of a file stands; lines that can't be are problems."""
        known = {table.name for table in TABLES}
        if self.version > 1:
            known |= {table.name for table in BESIDE}
        number, ended = 1, None
        while True:
            place, number = self._file.tell(), number + 1
            line = self._file.readline(LONGEST_LINE)
            if not line:
                break
            ended = None
            name: Any = _row_of(line)
            if name not in known:  # told otherwise than we do, or no row
                held = self._object(line) or {}
                name = held.get("table")
                if name == FILES and isinstance(held.get("path"), str):
                    self._files.setdefault(held["path"], []).append(place)
                    continue
                if name == END and self.version > 1:
                    ended = held.get("lines")
                    continue
            if isinstance(name, str) and name in known:
                self._places.setdefault(name, array("Q")).extend((number, place))
            else:
                self.problems.append(Problem(NAME, number, "", _why(line)))
        if self.version > 1 and ended is None:
            raise ReadError(
                "The file broke off: its last line, which counts the others, is missing."
            )
        if self.version > 1 and ended != number - 2:
            raise ReadError(
                f"By its last line the file has {ended} lines before it, but there are"
                f" {number - 2}: something was lost, or added."
            )

    @staticmethod
    def _object(line: bytes) -> dict[str, Any] | None:
        try:
            held = json.loads(line.decode("utf-8", "surrogatepass"))
        except (ValueError, RecursionError):
            return None
        return held if isinstance(held, dict) else None


def _problem(
    number: int,
    table: Table,
    readers: Mapping[str, Callable[[Any], Any]],
    held: dict[str, Any],
) -> Problem:
    """What is wrong with this row first."""
    why = dict.fromkeys(
        sorted(held.keys() - readers.keys()), f"It is not a column of {table.name}."
    )
    why |= {field: _why_not(read, field, held) for field, read in readers.items()}
    return next(Problem(NAME, number, field, said) for field, said in why.items() if said)


def _why_not(read: Callable[[Any], Any], field: str, held: dict[str, Any]) -> str:
    """Why this can't be the column's; blank where it can."""
    if field not in held:
        return "It is not there."
    try:
        read(held[field])
    except ValueError as error:
        return str(error)
    return ""


def _row_of(line: bytes) -> str:
    """The table of a row that begins as ours do; what follows is read with the row."""
    if not line.startswith(_ROW):
        return ""
    return line[len(_ROW) : line.find(b'"', len(_ROW))].decode("ascii", "replace")


def _why(line: bytes) -> str:
    """What is wrong with a line that is no row."""
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return _NOT_JSON
    return _NO_ROW


def _encoded(path: str, text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReadError(f"There is half a character in {path}.") from error


def _decoded(path: str, data: Any) -> bytes:
    try:
        return b64decode(data if isinstance(data, str) else "-", validate=True)
    except NotBase64 as error:
        raise ReadError(f"A part of {path} is not base64.") from error
