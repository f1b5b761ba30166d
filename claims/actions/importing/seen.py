"""What a plan has met of a file so far: kept in a file of its own, however many rows there are."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from typing import Any

_MAKE = """
CREATE TABLE seen (
    kind TEXT, key BLOB, note TEXT, PRIMARY KEY (kind, key)
) WITHOUT ROWID
"""


class Seen:
    """Keys by kind, each a public id or a number, with a note that may be blank.

    SQLite keeps it where temporary files are, writes it when it outgrows 16 megabytes of
    memory, and deletes it with `close`. Nothing in it has to survive anything.
    """

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.execute("PRAGMA journal_mode = OFF")
        self._base.execute("PRAGMA temp_store = FILE")
        self._base.execute("PRAGMA cache_size = -16000")
        self._base.execute(_MAKE)

    def add(self, kind: str, keys: Mapping[Any, str | None]) -> None:
        """Keeps these that are not there yet, each with its note, in one statement."""
        rows = [value for key, note in keys.items() for value in (kind, key, note)]
        if rows:
            places = ", ".join(["(?, ?, ?)"] * len(keys))
            self._base.execute(f"INSERT OR IGNORE INTO seen VALUES {places}", rows)  # noqa: S608

    def of(self, kind: str, keys: Collection[Any]) -> dict[Any, str | None]:
        """Those of `keys` that are there, with their notes."""
        return dict(self._each("SELECT key, note", kind, keys))

    def drop(self, kind: str, keys: Collection[Any]) -> None:
        """Forgets these."""
        self._each("DELETE", kind, keys)

    def ids(self, kind: str) -> Iterator[str]:
        """The public ids of a kind, sorted."""
        asked = "SELECT key FROM seen WHERE kind = ? AND typeof(key) = 'text' ORDER BY key"
        for (key,) in self._base.execute(asked, [kind]):
            yield key

    def _each(self, what: str, kind: str, keys: Collection[Any]) -> sqlite3.Cursor:
        places = ", ".join("?" * len(keys))
        statement = f"{what} FROM seen WHERE kind = ? AND key IN ({places})"
        return self._base.execute(statement, [kind, *keys])

    def close(self) -> None:
        """Deletes all of it."""
        self._base.close()
