"""What a tombstone leaves to do once it is written: files, and bytes that the database still holds.

It can't be part of the transaction: a file that is deleted does not come back when that fails. So
the tombstone names the files, the page does it right after, and a worker does what was left over.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.utils import timezone

from claims.models import Revision, Tombstone

MOST = 1_000
"""Tombstones at once: an article has one for each of its claims."""


def due() -> list[Tombstone]:
    """Tombstones with something left to do."""
    return list(Tombstone.objects.filter(wiped_at=None).order_by("id")[:MOST])


def wipe(tombstones: Sequence[Tombstone]) -> bool:
    """Does it, outside of a transaction; False where a reader still holds SQLite's log back."""
    storage = Revision._meta.get_field("original").storage
    for name in {name for tombstone in tombstones for name in tombstone.files}:
        if not Revision.objects.filter(original=name).exists():
            storage.delete(name)
    if not _out_of_the_database():
        return False
    ids = [tombstone.pk for tombstone in tombstones]
    for start in range(0, len(ids), MOST):
        now = {"files": [], "wiped_at": timezone.now()}
        Tombstone.objects.filter(pk__in=ids[start : start + MOST]).update(**now)
    # The files were named by the hash of their content: out of the log as well.
    return _out_of_the_database()


def sweep() -> bool:
    """Deletes halves of uploads, which no row names; False for none, and where a store has none."""
    storage = Revision._meta.get_field("original").storage
    return hasattr(storage, "sweep") and storage.sweep() > 0


def _out_of_the_database() -> bool:
    """On SQLite: out of the index of the search, and out of the write-ahead log.

    Pages that become free are overwritten (`secure_delete`, see the settings). PostgreSQL does all
    of this by itself in its own time: `docs/protect.md`.
    """
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        # Words that are deleted stay in the parts of an index until these are merged.
        cursor.execute("INSERT INTO claims_search (claims_search) VALUES ('optimize')")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, _, _ = cursor.fetchone()
    return not busy
