"""Who belongs to whom: heads and members of chains of affiliation, as SQL and as functions.

The SQL runs unchanged on SQLite and on PostgreSQL, and ends on a chain that bites its own tail.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

HEADS = """
    above(source_id, above_id, next_id) AS (
        SELECT source_id, source_id,
               (SELECT s.affiliation_id FROM claims_source s WHERE s.id = speaker.source_id)
        FROM speaker
        UNION
        SELECT source_id, next_id,
               (SELECT s.affiliation_id FROM claims_source s WHERE s.id = above.next_id)
        FROM above WHERE next_id IS NOT NULL
    ),
    head(source_id, head_id) AS (
        SELECT source_id,
               COALESCE(MIN(CASE WHEN next_id IS NULL THEN above_id END), MIN(next_id))
        FROM above GROUP BY source_id
    )
"""
"""Two tables for a WITH RECURSIVE that names `speaker(source_id)`, distinct, before them.

`head(source_id, head_id)`: the end of the chain of affiliations, itself if it has none. In a
cycle, which actions refuse, the lowest id of the cycle.
"""

_BELOW = """
WITH RECURSIVE below(id) AS (
    SELECT id FROM claims_source WHERE id IN ({ids})
    UNION
    SELECT s.id FROM below JOIN claims_source s ON s.affiliation_id = below.id
)
SELECT id FROM below ORDER BY id
"""


def listed(ids: Iterable[int]) -> str:
    """Ids as an SQL list; only integers pass, so that nothing else gets into the text.

    "NULL" where there are none: `IN (NULL)` matches no row.
    """
    return ", ".join(f"{id:d}" for id in sorted(set(ids))) or "NULL"


def heads(source_ids: Iterable[int]) -> dict[int, int]:
    """The head of the affiliations of each source that exists, in one query."""
    speaker = (
        f"speaker(source_id) AS (SELECT id FROM claims_source WHERE id IN ({listed(source_ids)}))"  # noqa: S608
    )
    with connection.cursor() as cursor:
        cursor.execute(f"WITH RECURSIVE {speaker}, {HEADS} SELECT source_id, head_id FROM head")  # noqa: S608
        return dict(cursor.fetchall())


def with_affiliates(source_ids: Iterable[int]) -> list[int]:
    """The sources that exist and all that belong to them, at any depth, sorted; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_BELOW.format(ids=listed(source_ids)))
        return [id for (id,) in cursor.fetchall()]
