"""What a source said: its claims, incident by incident."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Prefetch

from claims.models import Claim, Incident, Source, Span
from claims.records import Polarity, SpanRole, Speech
from claims.views.paging import page


class Said(NamedTuple):
    """One claim; `words` are its own words, joined where the quote is in parts."""

    claim: Claim
    incident: Incident | None
    words: str
    direct: bool
    denies: bool


class SaidPage(NamedTuple):
    """A page of claims, in the order of their incidents; those about none stand last."""

    rows: list[Said]
    next_token: str


def said(source: Source, after: str) -> SaidPage:
    """The claims of `source`, with all that a row shows, in a constant number of queries."""
    contents = Span.objects.filter(role=SpanRole.CONTENT.value).order_by("start")
    claims = (
        source.claims.kept()
        .select_related("incident", "article__publisher", "article__workspace")
        .prefetch_related(Prefetch("spans", contents, to_attr="contents"))
    )
    part = page(claims, ("incident", "id"), after)
    return SaidPage([_said(claim) for claim in part.rows], part.next_token)


def _said(claim: Claim) -> Said:
    contents: list[Span] = claim.contents  # type: ignore[attr-defined]
    newest = max((span.revision_id for span in contents), default=0)
    words = " […] ".join(span.quote for span in contents if span.revision_id == newest)
    return Said(
        claim=claim,
        incident=claim.incident,
        words=words,
        direct=claim.speech == Speech.DIRECT,
        denies=claim.polarity == Polarity.DENIES,
    )
