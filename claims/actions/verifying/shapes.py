"""What a check finds, and the one moment that checks look at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from django.db import connection, transaction

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


@contextmanager
def moment() -> Iterator[None]:
    """Whatever is read inside on the default connection is of one moment, and no writer waits.

    SQLite's transactions would take its write lock, and each statement of PostgreSQL's would see
    another moment. Inside `atomic()` there is nothing to begin.
    """
    if connection.in_atomic_block:
        yield
        return
    sqlite = connection.vendor == "sqlite"
    before = getattr(connection, "transaction_mode", None)
    if sqlite:
        connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if not sqlite:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    finally:
        if sqlite:
            connection.transaction_mode = before  # type: ignore[attr-defined]
