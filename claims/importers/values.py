"""A cell of a table as the value of its column: what exporters wrote, read back and checked."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
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
    return _checked(column, float(value) if column.kind is Kind.NUMBER else value)


def reader(column: Column) -> Callable[[Any], Any]:
    """`from_json` for one column. What is most often there is known at a glance."""
    words = _known(column.words) if column.words is not None else None
    plain_text = column.kind is Kind.TEXT
    is_id = column.kind is Kind.ID
    is_count = column.kind is Kind.INTEGER and column.low is not None and column.high is None
    blank = None if column.required else from_json(column, None)
    required, low = column.required, column.low

    def read(value: Any) -> Any:
        kind = type(value)
        if kind is str:
            if words is not None:
                if value in words:
                    return value
            elif is_id:
                if _ID(value):
                    return value
            elif plain_text and value and value.isascii() and "\0" not in value:
                return value
        elif value is None and not required:
            return blank
        elif is_count and kind is int and value >= low:
            return value
        return from_json(column, value)

    return read


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


def _number(cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"“{cell}” is not a number.")
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
    Kind.NUMBER: _number,
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
