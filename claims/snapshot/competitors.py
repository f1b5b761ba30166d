"""The public ids of the claims that compete with each claim, incident by incident."""

from __future__ import annotations

from collections.abc import Iterator

from claims.exporters.claims_csv import LISTED
from claims.models.affiliation import listed
from claims.models.competing import competing_pairs
from claims.snapshot.merge import Row
from claims.snapshot.reader import Reader
from claims.snapshot.selection import Selection

INCIDENTS, PAIRS = 500, 20_000
"""What one query takes on. Pairs grow with the square of an incident."""


def competitors(reader: Reader, chosen: Selection) -> Iterator[Row]:
    """(key of incident, key of claim, uid of a competing claim); at most `LISTED` a claim."""
    for ids in _batches(reader.rows(_incidents(reader, chosen), chosen.params)):
        yield from reader.rows(_pairs(reader, ids), {})


def _batches(rows: Iterator[Row]) -> Iterator[list[int]]:
    batch: list[int] = []
    sum_of_pairs = 0
    for id, pairs in rows:
        if batch and (len(batch) == INCIDENTS or sum_of_pairs + pairs > PAIRS):
            yield batch
            batch, sum_of_pairs = [], 0
        batch.append(id)
        sum_of_pairs += pairs
    if batch:
        yield batch


def _incidents(reader: Reader, chosen: Selection) -> str:
    return f"""
        SELECT i.id, i.competing_pairs FROM claims_incident i
        WHERE i.workspace_id = %(workspace)s AND i.deleted_at IS NULL AND EXISTS (
            SELECT 1 FROM claims_claim c
            WHERE c.incident_id = i.id AND c.competing_claims > 0 AND {chosen.joined_claims()}
        )
        ORDER BY i.uid
    """  # noqa: S608


def _pairs(reader: Reader, ids: list[int]) -> str:
    return f"""
        WITH opposed(incident_id, question_id, one_id, other_id) AS (
            {competing_pairs(listed(ids))}
        ),
        facing(claim_id, rival_id) AS (
            SELECT one_id, other_id FROM opposed UNION SELECT other_id, one_id FROM opposed
        ),
        numbered AS (
            SELECT facing.claim_id, r.uid,
                   ROW_NUMBER() OVER (PARTITION BY facing.claim_id ORDER BY r.uid) AS n
            FROM facing JOIN claims_claim r ON r.id = facing.rival_id
        )
        SELECT {reader.key("i.uid")}, {reader.key("c.uid")}, {reader.uid("numbered.uid")}
        FROM numbered
        JOIN claims_claim c ON c.id = numbered.claim_id
        JOIN claims_incident i ON i.id = c.incident_id
        WHERE numbered.n <= {LISTED:d}
        ORDER BY i.uid, c.uid, numbered.n
    """  # noqa: S608
