"""What the claims of a text say, as pieces of it."""

from __future__ import annotations

from claims.models import Revision, Span
from claims.records import SpanRole
from claims.suggester.shapes import Piece


def claimed(revision: Revision) -> list[list[Piece]]:
    """The contents of the claims that the text has, each in order; one query."""
    spans = Span.objects.filter(
        revision=revision, role=SpanRole.CONTENT.value, claim__deleted_at=None
    )
    found: dict[int, list[Piece]] = {}
    for claim, start, end in spans.order_by("start").values_list("claim_id", "start", "end"):
        found.setdefault(claim, []).append((start, end))
    return list(found.values())
