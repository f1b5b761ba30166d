"""Words that a new text of an article had changed, and what was decided of them."""

from __future__ import annotations

from collections.abc import Iterator

from claims.records.native import Placement
from claims.snapshot.reader import Reader
from claims.snapshot.selection import Selection


def placements(reader: Reader, chosen: Selection) -> Iterator[Placement]:
    """Those of the claims of the selection, by the uid of the claim and then by place."""
    sql = f"""
        SELECT {reader.uid("c.uid")}, {reader.uid("a.uid")}, r.number, w.number, t.role,
               t.was_start, t.was_end, t.quote, t.start, t."end", t.match, t.score, t.reason,
               t.state{chosen.deleted(reader)}
        FROM claims_claim c
        JOIN claims_article a ON a.id = c.article_id
        JOIN claims_placement t ON t.claim_id = c.id
        JOIN claims_revision r ON r.id = t.revision_id
        JOIN claims_revision w ON w.id = t.before_id
        WHERE {chosen.claims_in_order()}
        ORDER BY c.uid, r.number, {reader.in_bytes("t.role")}, t.was_start, t.was_end
    """  # noqa: S608
    return map(chosen.record(Placement), reader.rows(sql, chosen.params))
