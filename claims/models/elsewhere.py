"""What sources said about other incidents: a count for each, bounded, in one query."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db import connection

NEWEST = 100
"""How many of a source's newest claims are looked at: a press office has a hundred thousand."""
MOST_SOURCES = 100
"""SQLite takes up to 500 parts of a UNION."""

# A part for each source, because each has a limit; SQLite knows no LATERAL.
_OF_ONE = """
SELECT * FROM (
    SELECT source_id, incident_id FROM claims_claim
    WHERE source_id = {source:d} AND live AND incident_id <> {incident:d}
    ORDER BY id DESC LIMIT {limit:d}
) of_{source:d}
"""


def elsewhere(sources: Iterable[int], incident: int) -> dict[int, Counter[int]]:
    """By source, how many of its newest live claims are about which other incidents.

    Only the first `MOST_SOURCES` are looked up. The caller has checked that they may be seen;
    a source and its claims are of one workspace.
    """
    parts = [
        _OF_ONE.format(source=source, incident=incident, limit=NEWEST)
        for source in list(sources)[:MOST_SOURCES]
    ]
    found: dict[int, Counter[int]] = defaultdict(Counter)
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts))
            for source, about in cursor.fetchall():
                found[source][about] += 1
    return found
