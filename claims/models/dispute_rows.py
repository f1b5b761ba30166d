"""The rows of one incident in the shapes of `claims.dispute`, for its `resolve`."""

from __future__ import annotations

from claims import dispute
from claims.models.affiliation import heads
from claims.models.claim import Claim
from claims.models.incident import Position, Question
from claims.models.link import Filing, Link
from claims.models.source import Source
from claims.records import ClaimKind, ClaimStatus, Extent, Relation, Stance


def load(incident_id: int) -> dispute.Incident:
    """All that bears on the state of one incident, in seven queries.

    A deleted incident has claims, but no question or link of it counts. The caller has checked
    that it may be seen.
    """
    kept = {"deleted_at": None, "incident_id": incident_id, "incident__deleted_at": None}
    claims = [
        dispute.Claim(
            id, source, article, ClaimKind(kind), ClaimStatus(status), accused, gone is not None
        )
        for id, source, article, kind, status, accused, gone in Claim.objects.filter(
            incident_id=incident_id
        )
        .order_by("id")
        .values_list("id", "source_id", "article_id", "kind", "status", "accused_id", "deleted_at")
    ]
    questions = list(
        Question.objects.filter(**kept).order_by("id").values_list("id", "is_key", "exclusive")
    )
    of_question = {f"question__{name}": value for name, value in kept.items()} | {
        "deleted_at": None
    }
    of_position = {f"position__{name}": value for name, value in of_question.items()} | {
        "deleted_at": None
    }
    return dispute.Incident(
        claims=claims,
        links=[
            dispute.Link(id, one, other, Relation(relation))
            for id, one, other, relation in Link.objects.filter(**kept)
            .order_by("id")
            .values_list("id", "from_claim_id", "to_claim_id", "relation")
        ],
        sources=_sources({claim.source for claim in claims}),
        questions=[dispute.Question(*row) for row in questions],
        positions=[
            dispute.Position(*row)
            for row in Position.objects.filter(**of_question)
            .order_by("id")
            .values_list("id", "question_id", "competes")
        ],
        filings=[
            dispute.Filing(claim, position, Stance(stance), Extent(extent))
            for claim, position, stance, extent in Filing.objects.filter(**of_position)
            .order_by("id")
            .values_list("claim_id", "position_id", "stance", "extent")
        ],
    )


def _sources(ids: set[int]) -> list[dispute.Source]:
    head = heads(ids)
    return [
        dispute.Source(id, not named, side, head[id])
        for id, named, side in Source.objects.filter(id__in=ids)
        .order_by("id")
        .values_list("id", "named", "side_id")
    ]
