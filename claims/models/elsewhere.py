"""What sources said about other incidents: a count for each, bounded, in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection

from claims.models import lens

NEWEST = 100
"""How many of a source's newest claims are looked at: a press office has a hundred thousand."""
MOST_SOURCES = 100
"""SQLite takes up to 500 parts of a UNION."""

# A part for each source, because each has a limit; SQLite knows no LATERAL.
_OF_ONE = """
SELECT * FROM (
    SELECT source_id, incident_id FROM claims_claim
    WHERE source_id = {source:d} AND live AND incident_id <> {incident:d}{shown}
    ORDER BY id DESC LIMIT {limit:d}
) of_{source:d}
"""
_COUNTED = """
SELECT found.source_id, found.incident_id, there.verdicts, COUNT(*)
FROM ({parts}) found
JOIN claims_incident there ON there.id = found.incident_id AND there.deleted_at IS NULL
GROUP BY found.source_id, found.incident_id, there.verdicts
"""


class About(NamedTuple):
    """Another incident, how many verdicts count there, and how many claims are about it."""

    incident: int
    verdicts: int
    claims: int


def elsewhere(sources: Iterable[int], incident: int) -> dict[int, list[About]]:
    """By source, about which other incidents its newest live claims are.

    Only the first `MOST_SOURCES` are looked up. The caller has checked that they may be seen;
    a source and its claims are of one workspace.
    """
    through = lens.current()
    shown = " AND id NOT IN (SELECT id FROM hidden)" if through else ""
    hidden = f"WITH hidden AS MATERIALIZED ({through.hidden_claims()})" if through else ""
    parts = [
        _OF_ONE.format(source=source, incident=incident, limit=NEWEST, shown=shown)
        for source in list(sources)[:MOST_SOURCES]
    ]
    found: dict[int, list[About]] = defaultdict(list)
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(hidden + _COUNTED.format(parts=" UNION ALL ".join(parts)))
            for source, *about in cursor.fetchall():
                found[source].append(About(*about))
    return found
