"""What bore on the state of one incident, from its rows as they were."""

from __future__ import annotations

from claims import dispute
from claims.actions.as_of import Table
from claims.records import ClaimKind, ClaimStatus, Extent, Relation, Stance
from claims.rewind import Row


def bearing(incident_id: int, found: dict[str, Table]) -> dispute.Incident:
    """Rows of `rows_before` in the shapes of `claims.dispute`, for its `resolve`.

    As in `claims/models/dispute_rows.py`: of an incident that is deleted, or not there yet, no
    question or link counts.
    """
    there = found["incident"].get(incident_id)
    counts = there is not None and there["deleted_at"] is None

    def kept(table: str) -> list[tuple[int, Row]]:
        rows = found[table].items() if counts else ()
        return [(id, row) for id, row in rows if row["deleted_at"] is None]

    claims, sources = found["claim"], found["source"]
    questions = kept("question")
    asked = {id for id, _ in questions}
    positions = [(id, row) for id, row in kept("position") if row["question_id"] in asked]
    answers = {id for id, _ in positions}
    return dispute.Incident(
        claims=[
            dispute.Claim(
                id,
                row["source_id"],
                row["article_id"],
                ClaimKind(row["kind"]),
                ClaimStatus(row["status"]),
                row["accused_id"],
                row["deleted_at"] is not None,
            )
            for id, row in claims.items()
        ],
        links=[
            dispute.Link(id, row["from_claim_id"], row["to_claim_id"], Relation(row["relation"]))
            for id, row in kept("link")
        ],
        sources=[
            dispute.Source(id, not sources[id]["named"], sources[id]["side_id"], head(id, sources))
            for id in sorted({row["source_id"] for row in claims.values()})
        ],
        questions=[dispute.Question(id, row["is_key"], row["exclusive"]) for id, row in questions],
        positions=[
            dispute.Position(id, row["question_id"], row["competes"]) for id, row in positions
        ],
        filings=[
            dispute.Filing(
                row["claim_id"], row["position_id"], Stance(row["stance"]), Extent(row["extent"])
            )
            for _, row in kept("filing")
            if row["position_id"] in answers
        ],
    )


def head(source: int, sources: Table) -> int:
    """The end of the chain of affiliations; in a cycle, which actions refuse, its lowest id."""
    path: list[int] = []
    while source not in path:
        path.append(source)
        above = sources[source]["affiliation_id"]
        if above is None:
            return source
        source = above
    return min(path[path.index(source) :])
