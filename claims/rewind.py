"""Rows as they were, from rows as they are and the journal since. Pure: no Django, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

Key = tuple[str, int]
"""A table and the id of a row in it."""

Row = Mapping[str, Any]
"""Column to value, as the journal keeps it."""


class Line(NamedTuple):
    """One row of one change: how it stood before; None where the change made it."""

    key: Key
    before: Row | None


def rewind(now: Mapping[Key, Row], since: Iterable[Line]) -> dict[Key, Row]:
    """The rows at a moment: those of `now`, with all that was done `since` taken back.

    `since` are the lines of the changes after the moment, the newest first. What they made is
    not there; what they removed for good is there again. A row that they don't name stands as
    it stood. Each line holds the whole row, so only the oldest of a row's lines counts.
    """
    then: dict[Key, Row | None] = dict(now)
    for line in since:
        then[line.key] = line.before
    return {key: row for key, row in then.items() if row is not None}
