"""The cache in which attempts are counted and used codes are noted, for all processes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.db import connections


class Counts(DatabaseCache):
    """Forgets what is over, and nothing else.

    Django's own, once it is full, drops a third of what is there: so whoever guesses under enough
    names, from enough addresses, would have the count of their guesses at one account dropped too,
    and a code that was used be good again. All that is kept here is over within minutes.
    """

    def _cull(self, db: str, cursor: Any, now: datetime, num: int) -> None:
        operations = connections[db].ops
        table = operations.quote_name(self._table)  # type: ignore[attr-defined]
        over = operations.adapt_datetimefield_value(now)
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [over])  # noqa: S608 - our table
