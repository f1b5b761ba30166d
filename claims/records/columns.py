"""How a column says what it holds: one description beside each field of a row.

A row is a NamedTuple whose fields are annotated with a `Column`. The same description
writes the cell, the schema in `datapackage.json`, `README.txt` and `docs/csv.md`, so
they cannot come apart.

What a field holds in Python: text, words and marks are `str`, blank is `""`; ids are
`str`, or `None` where blank is allowed; numbers, days and moments are `None` when blank.
A blank number is one that was not stated; 0 was stated to be none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Any, get_type_hints

from claims.records.words import Word


class Kind(Enum):
    """What a cell holds, with the sentence that a reader of the file gets."""

    ID = "a public id (UUID)"
    TEXT = "text"
    WORD = "one word of a closed list"
    MARK = "text of a fixed form"
    INTEGER = "a whole number"
    NUMBER = "a number"
    YES_NO = "true or false"
    DAY = "a date, YYYY-MM-DD"
    MOMENT = "a date and time in UTC, YYYY-MM-DDThh:mm:ssZ"
    OBJECT = "an object of JSON"


@dataclass(frozen=True)
class Column:
    """One column: what it is about and which values can stand in it.

    `required` means never blank. `to` names the table whose first column this id points
    to. `low` and `high` are inclusive. `pattern` is a regular expression for the whole cell.
    """

    kind: Kind
    about: str
    required: bool = False
    to: str = ""
    words: type[Word] | None = None
    low: float | None = None
    high: float | None = None
    pattern: str = ""


def key(about: str, to: str = "") -> Column:
    """An id that is never blank."""
    return Column(Kind.ID, about, required=True, to=to)


def ref(about: str, to: str) -> Column:
    """An id of a row in the table `to`, or blank."""
    return Column(Kind.ID, about, to=to)


def text(about: str) -> Column:
    """Anything that a person or a document may have put there. Guarded in the file."""
    return Column(Kind.TEXT, about)


def named(about: str) -> Column:
    """Text that is never blank."""
    return Column(Kind.TEXT, about, required=True)


def web(about: str) -> Column:
    """A web address, or blank: it becomes a link, and any other could be a script."""
    return Column(Kind.TEXT, about, pattern=r"[Hh][Tt][Tt][Pp][Ss]?://.+")


def word(words: type[Word], about: str) -> Column:
    """A word of the list; never blank."""
    return Column(Kind.WORD, about, required=True, words=words)


def word_or_blank(words: type[Word], about: str) -> Column:
    """A word of the list, or blank."""
    return Column(Kind.WORD, about, words=words)


def mark(about: str, pattern: str, *, required: bool = False) -> Column:
    """Machine-made text that matches `pattern`, such as a checksum or a list of offsets."""
    return Column(Kind.MARK, about, required=required, pattern=pattern)


def count(about: str, low: int = 0, *, required: bool = False) -> Column:
    """A whole number of at least `low`."""
    return Column(Kind.INTEGER, about, required=required, low=low)


def number(about: str, low: float, high: float, *, required: bool = False) -> Column:
    """A number between `low` and `high`."""
    return Column(Kind.NUMBER, about, required=required, low=low, high=high)


def yes_no(about: str) -> Column:
    """True or false; never blank."""
    return Column(Kind.YES_NO, about, required=True)


def yes_no_or_blank(about: str) -> Column:
    """True or false, or blank where the question does not arise."""
    return Column(Kind.YES_NO, about)


def day(about: str, *, required: bool = False) -> Column:
    """A calendar date, or blank."""
    return Column(Kind.DAY, about, required=required)


def moment(about: str, *, required: bool = False) -> Column:
    """A point in time. In Python an aware datetime; a naive one is refused on writing."""
    return Column(Kind.MOMENT, about, required=required)


def object_or_none(about: str) -> Column:
    """An object of JSON, or none. No cell of a CSV file holds one."""
    return Column(Kind.OBJECT, about)


_known: dict[type[Any], Mapping[str, Column]] = {}


def columns_of(row: type[Any]) -> Mapping[str, Column]:
    """The columns of a row class (a NamedTuple) by name, in order.

    Raises TypeError for a field that carries no `Column`: a column without a description
    must not reach a file.
    """
    if row not in _known:
        hints = get_type_hints(row, include_extras=True)
        columns = {name: _column(row, name, hint) for name, hint in hints.items()}
        _known[row] = MappingProxyType(columns)
    return _known[row]


def pointers_of(row: type[Any]) -> Mapping[str, str]:
    """The columns that point at a row of a table, with the name of that table."""
    return {name: column.to for name, column in columns_of(row).items() if column.to}


def _column(row: type[Any], name: str, hint: object) -> Column:
    found = [note for note in getattr(hint, "__metadata__", ()) if isinstance(note, Column)]
    if len(found) != 1:
        raise TypeError(f"{row.__name__}.{name} needs exactly one Column")
    return found[0]
