"""A cell of a table as the value of its column: what exporters wrote, read back and checked."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
import sys
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from claims.records.cells import ID_PATTERN
from claims.records.columns import Column, Kind
from claims.records.guard import unguard


class Problem(NamedTuple):
    """Where a file can't be taken as it is, and why. `line` counts from 1; 0 is none of them."""

    file: str
    line: int
    field: str
    why: str

    def __str__(self) -> str:
        """As `claims.csv, line 3, kind: ...`."""
        where = [self.file, f"line {self.line}" if self.line else "", self.field]
        return f"{', '.join(part for part in where if part)}: {self.why}"


def from_cell(column: Column, cell: str) -> Any:
    """The value of a cell of a CSV file. Raises ValueError that says why it can't be one."""
    if column.kind is Kind.TEXT:
        return _checked(column, unguard(cell))
    if not cell:
        return _blank(column)
    return _checked(column, _READ[column.kind](cell) if column.kind in _READ else cell)


def from_json(column: Column, value: Any) -> Any:
    """The same of a value of JSON; numbers and truth values have types of their own there."""
    if value is None or value == "":
        return _blank(column)
    wanted = _TYPES.get(column.kind, (str,))
    if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
        raise ValueError(f"{value!r} is not {column.kind.value}.")
    if column.kind in (Kind.DAY, Kind.MOMENT):
        value = _READ[column.kind](str(value))
    return _checked(column, _finite(value) if column.kind is Kind.NUMBER else value)


def reader(column: Column) -> Callable[[Any], Any]:
    """`from_json` for one column. What is most often there is known at a glance."""
    seen = _GLANCE.get(column.kind if column.words is None else Kind.WORD, _at_no_glance)(column)
    blank = None if column.required else from_json(column, None)
    required = column.required

    def read(value: Any) -> Any:
        if not required and (value is None or value == ""):
            return blank
        found = seen(value)
        return from_json(column, value) if found is None else found

    return read


def _glance_at_text(column: Column) -> Callable[[Any], Any]:
    def seen(value: Any) -> Any:
        plain = type(value) is str and value and value.isascii() and "\0" not in value
        return value if plain and not column.pattern else None

    return seen


def _glance_at_id(column: Column) -> Callable[[Any], Any]:
    return lambda value: value if type(value) is str and _ID(value) else None


def _glance_at_word(column: Column) -> Callable[[Any], Any]:
    words = _known(column.words)
    return lambda value: value if type(value) is str and value in words else None


def _glance_at_number(column: Column) -> Callable[[Any], Any]:
    low = -sys.float_info.max if column.low is None else column.low
    high = sys.float_info.max if column.high is None else column.high
    kind = int if column.kind is Kind.INTEGER else float
    return lambda value: value if type(value) is kind and low <= value <= high else None


def _glance_at_time(column: Column) -> Callable[[Any], Any]:
    read = lru_cache(maxsize=1_000)(_READ[column.kind])

    def seen(value: Any) -> Any:
        try:
            return read(value) if type(value) is str else None
        except ValueError:
            return None

    return seen


def _at_no_glance(_: Column) -> Callable[[Any], Any]:
    return lambda _: None


def _blank(column: Column) -> Any:
    if column.required:
        raise ValueError("It can't be blank.")
    return "" if column.kind in (Kind.TEXT, Kind.WORD, Kind.MARK) else None


def _checked(column: Column, value: Any) -> Any:
    """`value`, if it is one that can stand in the column."""
    if isinstance(value, str):
        _check_text(column, value)
    elif column.kind is Kind.OBJECT:
        _check_characters(json.dumps(value, ensure_ascii=False))
    elif column.low is not None and value < column.low:
        raise ValueError(f"{value} is less than {column.low:g}.")
    elif column.high is not None and value > column.high:
        raise ValueError(f"{value} is more than {column.high:g}.")
    return value


def _check_text(column: Column, value: str) -> None:
    if not value:
        _blank(column)
    elif column.words is not None:
        if value not in _known(column.words):
            raise ValueError(f"“{value}” is not one of: {', '.join(_known(column.words))}.")
    elif column.pattern and not re.fullmatch(column.pattern, value):
        raise ValueError(f"“{value}” does not have the form of it.")
    elif column.kind is Kind.ID and not _ID(value):
        raise ValueError(f"“{value}” is not a public id.")
    _check_characters(value)


def _check_characters(value: str) -> None:
    if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
        raise ValueError("There is half a character in it (a lone surrogate).")
    if "\0" in value:
        raise ValueError("There is a NUL in it.")


@lru_cache
def _known(words: Any) -> dict[str, None]:
    return dict.fromkeys(word.value for word in words)


_ID = re.compile(ID_PATTERN).fullmatch


def _integer(cell: str) -> int:
    if not re.fullmatch(r"-?\d{1,18}", cell, re.ASCII):
        raise ValueError(f"“{cell}” is not a whole number.")
    return int(cell)


def _finite(written: Any) -> float:
    try:
        value = float(written)
    except (ValueError, OverflowError):
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"“{written}” is not a number.")
    return value


def _yes_no(cell: str) -> bool:
    if cell not in ("true", "false"):
        raise ValueError(f"“{cell}” is neither true nor false.")
    return cell == "true"


def _day(cell: str) -> dt.date:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", cell, re.ASCII):
        raise ValueError(f"“{cell}” is not a date as YYYY-MM-DD.")
    return dt.date.fromisoformat(cell)


def _moment(cell: str) -> dt.datetime:
    value = dt.datetime.fromisoformat(cell) if cell.endswith("Z") else None
    if value is None or value.tzinfo is None:
        raise ValueError(f"“{cell}” is not a moment as YYYY-MM-DDThh:mm:ssZ.")
    return value


_READ: dict[Kind, Callable[[str], Any]] = {
    Kind.INTEGER: _integer,
    Kind.NUMBER: _finite,
    Kind.YES_NO: _yes_no,
    Kind.DAY: _day,
    Kind.MOMENT: _moment,
}
_TYPES: dict[Kind, tuple[type, ...]] = {
    Kind.INTEGER: (int,),
    Kind.NUMBER: (int, float),
    Kind.YES_NO: (bool,),
    Kind.OBJECT: (dict,),
}
_GLANCE: dict[Kind, Callable[[Column], Callable[[Any], Any]]] = {
    Kind.TEXT: _glance_at_text,
    Kind.ID: _glance_at_id,
    Kind.WORD: _glance_at_word,
    Kind.INTEGER: _glance_at_number,
    Kind.NUMBER: _glance_at_number,
    Kind.DAY: _glance_at_time,
    Kind.MOMENT: _glance_at_time,
    Kind.YES_NO: lambda _: lambda value: value if type(value) is bool else None,
}
"""By kind, what says at once whether a value is a usual one of the column; None when it is not."""
