"""What a check finds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")
SHOWN = 60


class Breach(NamedTuple):
    """Something is not as it has to be: where, and what was expected there."""

    where: str
    told: str

    def __str__(self) -> str:
        return f"{self.where}: {self.told}"


Found = Breach | int
"""A breach, or so many more rows that were looked at."""


def short(value: Any) -> str:
    """A value as a line of a report shows it."""
    text = repr(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def some(rows: Iterator[T], size: int) -> Iterator[list[T]]:
    """The rows, so many at a time."""
    while part := list(islice(rows, size)):
        yield part
