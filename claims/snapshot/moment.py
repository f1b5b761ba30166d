"""One moment of the whole database, on the connection that everything else uses too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


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
