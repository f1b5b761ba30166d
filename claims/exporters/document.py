"""An article with its newest text and the claims that stand in it: what annotation tools hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from claims.records import Article, Claim, Figure, Span, SpanRole


class Annotated(NamedTuple):
    """A claim with its figures, and its spans on the text of the document by role and place."""

    claim: Claim
    spans: Sequence[Span]
    figures: Sequence[Figure]

    def of(self, role: SpanRole) -> list[Span]:
        """Its spans of one role, in the order of the text."""
        return [span for span in self.spans if span.role == role]


class Document(NamedTuple):
    """One article. Offsets of all spans are code points into `text`, the end not included."""

    article: Article
    revision_id: str
    sha256: str
    text: str
    claims: Sequence[Annotated]
