"""Merging cursors that are in the same order: the rows that belong to one key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from claims.records.cells import join_quotes

Row = tuple[Any, ...]


class Groups:
    """Rows sorted by their key, which is their first `width` cells, taken a key at a time.

    Keys are asked for in the same order; what belongs to none of them is passed over.
    """

    def __init__(self, rows: Iterator[Row], width: int = 1) -> None:
        self._rows = rows
        self._width = width
        self._head = next(rows, None)

    def of(self, *key: str) -> list[Row]:
        """The rows of `key`, without it."""
        width, head = self._width, self._head
        while head is not None and head[:width] < key:
            head = next(self._rows, None)
        found = []
        while head is not None and head[:width] == key:
            found.append(head[width:])
            head = next(self._rows, None)
        self._head = head
        return found


class Quotes:
    """What claims say in the words of the newest text that they stand in.

    `rows` are (key, revision, quote), sorted by key, newest revision first, then by place.
    """

    def __init__(self, rows: Iterator[Row]) -> None:
        self._groups = Groups(rows)

    def of(self, key: str) -> str:
        """The quote of `key`, its parts joined; blank where there is none."""
        rows = self._groups.of(key)
        return join_quotes(quote for number, quote in rows if number == rows[0][0])
