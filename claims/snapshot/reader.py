"""Reading for minutes while others write: a read-only connection that sees one moment.

The connection of the request will not do. On SQLite its transactions take the write lock
(`IMMEDIATE`), and on PostgreSQL each of its statements sees another moment.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import register_converter
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from claims.models import lens

CHUNK = 500
"""Rows that are fetched at once. More is no faster, and wide rows fill the memory."""

_TABLE = re.compile(r'\b(FROM|JOIN) ("claims_\w+")')

LONGEST = 2 * 60 * 60
"""Seconds after which reading ends: a moment that is held for ever keeps old rows from going."""

_SQLITE = "PRAGMA query_only=ON;PRAGMA cache_size=-4000;"
_POSTGRESQL = (
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
    "SET LOCAL statement_timeout = '120s'",
    "SET LOCAL idle_in_transaction_session_timeout = '600s'",
    # Tables in the order in which they are written, each by an index, the first by the one that
    # sorts the rows. PostgreSQL's own plans sort everything before the first row; and what it
    # believes of a table may be from before an import.
    "SET LOCAL join_collapse_limit = 1",
    "SET LOCAL enable_sort = off",
    "SET LOCAL enable_seqscan = off",
    "SET LOCAL enable_material = off",
    "SET LOCAL cursor_tuple_fraction = 0.001",
    "SET LOCAL jit = off",
)


def _moment(stored: bytes) -> datetime:
    return datetime.fromisoformat(stored.decode()).replace(tzinfo=UTC)


# SQLite keeps moments as text without a zone; a column named `... [moment]` comes with one.
register_converter("moment", _moment)


class Reader:
    """Rows by SQL that both databases take, with the few expressions in which they differ."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._connection = connection
        self._sqlite = connection.vendor == "sqlite"
        self._open: list[Any] = []
        self._ends = time.monotonic() + LONGEST

    def rows(
        self, sql: str, params: dict[str, Any], chunk: int = CHUNK
    ) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, `chunk` at a time. Raises TimeoutError after `LONGEST` seconds."""
        cursor = self._connection.chunked_cursor()
        self._open.append(cursor)
        try:
            cursor.execute(sql, params)
            while batch := cursor.fetchmany(chunk):
                yield from batch
                if time.monotonic() > self._ends:
                    raise TimeoutError("The export took too long.")
        finally:
            if cursor in self._open:
                self._open.remove(cursor)
                cursor.close()

    def uid(self, column: str) -> str:
        """A uid as its text with dashes; its order is that of the column."""
        if not self._sqlite:
            return f"{column}::text"
        parts = [(1, 8), (9, 4), (13, 4), (17, 4), (21, 12)]
        return "||'-'||".join(f"substr({column}, {start}, {size})" for start, size in parts)

    def key(self, column: str) -> str:
        """A uid to merge by: as cheap as can be, in the order of the column; blank for none."""
        return f"COALESCE({column}, '')" if self._sqlite else f"COALESCE({column}::text, '')"

    def moment(self, column: str) -> str:
        """A moment with its time zone; stands in a SELECT only."""
        return f'{column} AS "moment [moment]"' if self._sqlite else column

    def in_bytes(self, column: str) -> str:
        """Text to sort by, in the order of its UTF-8 bytes, whatever the server's language."""
        return column if self._sqlite else f'{column} COLLATE "C"'

    def close(self) -> None:
        """Closes what is still being read."""
        while self._open:
            self._open.pop().close()


@contextmanager
def reading() -> Iterator[Reader]:
    """A reader of the database as it is now, whatever is written meanwhile.

    Inside `atomic()` it reads on the connection of that transaction, for only there is what the
    transaction has written; the same holds for a database in memory, which has one connection.
    """
    shared = connection.in_atomic_block or _in_memory()
    own = connection if shared else _another()
    reader = Reader(own)
    through = lens.current()
    shadows = through.shadows() if through else {}
    try:
        _cast(own, shadows)
        if not shared:
            _begin(own)
        yield reader
    finally:
        reader.close()
        if shared:
            _lift(own, shadows)
        else:
            own.close()


def _cast(own: BaseDatabaseWrapper, shadows: dict[str, str]) -> None:
    """Before each table puts a view of what the member who exports may see (`models/lens.py`).

    Temporary views stand before tables of the same name, on this connection alone: so what reads
    by SQL reads these, and no file can forget to.
    """
    if not shadows:
        return
    with own.cursor() as cursor:
        if own.vendor == "sqlite":
            schema = "main"
            cursor.execute("PRAGMA query_only")
            (read_only,) = cursor.fetchone()
            cursor.execute("PRAGMA query_only=OFF")
        else:
            cursor.execute("SELECT current_schema()")
            (schema,) = cursor.fetchone()
        for table, sql in shadows.items():
            of_tables = _TABLE.sub(rf"\1 {schema}.\2", sql)
            cursor.execute(f"CREATE TEMPORARY VIEW {table} AS {of_tables}")
        if own.vendor == "sqlite":
            cursor.execute(f"PRAGMA query_only={read_only}")


def _lift(own: BaseDatabaseWrapper, shadows: dict[str, str]) -> None:
    before = "temp" if own.vendor == "sqlite" else "pg_temp"
    with own.cursor() as cursor:
        for table in shadows:
            cursor.execute(f"DROP VIEW {before}.{table}")


def _in_memory() -> bool:
    return connection.vendor == "sqlite" and connection.is_in_memory_db()  # type: ignore[attr-defined]


def _another() -> BaseDatabaseWrapper:
    """A second connection to the database of the first. Any thread may go on with it."""
    other: BaseDatabaseWrapper = connection.copy()
    if other.vendor == "sqlite":
        path = Path(other.settings_dict["NAME"]).resolve()
        other.settings_dict["NAME"] = f"{path.as_uri()}?mode=ro"
        options = {"transaction_mode": "DEFERRED", "init_command": _SQLITE}
        other.settings_dict["OPTIONS"] = {**other.settings_dict["OPTIONS"], **options}
    other.inc_thread_sharing()
    return other


def _begin(own: BaseDatabaseWrapper) -> None:
    """Begins the transaction; its first query fixes the moment."""
    if own.vendor == "postgresql":
        own.set_autocommit(False)
    with own.cursor() as cursor:
        for statement in ("BEGIN",) if own.vendor == "sqlite" else _POSTGRESQL:
            cursor.execute(statement)
        cursor.execute("SELECT 1 FROM claims_workspace LIMIT 1")
        cursor.fetchall()
