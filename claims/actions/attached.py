"""What hangs on a claim: its links and filings, which end when it goes or moves."""

from __future__ import annotations

from django.db.models import Q

from claims.models import Claim, Filing, Link
from claims.records import Relation, Stance


def attached(claim: Claim) -> list[Link | Filing]:
    """The links and filings of `claim`, those of others that end at it included."""
    links = Link.objects.kept().filter(Q(from_claim=claim) | Q(to_claim=claim))
    filings = claim.filings.kept().select_related("position__question")
    return [
        *links.select_related("from_claim__source", "to_claim__source").order_by("id"),
        *filings.order_by("id"),
    ]


def describe(row: Link | Filing) -> str:
    """The link or filing in plain words, without a full stop."""
    if isinstance(row, Link):
        relation = Relation(row.relation).label
        return f"{row.from_claim.source} {relation} {row.to_claim.source}"
    stance = Stance(row.stance).label
    return f"filed under “{row.position.question}”: {stance}: {row.position}"
