"""What a source said, incident by incident: its claims, its answers, and where it turned."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from django.db.models import Prefetch

from claims.models import Claim, Incident, Source, Span
from claims.records import Polarity, SpanRole, Speech
from claims.views.desk import DeskRequest
from claims.views.paging import page
from claims.views.source_held import Answered, answered, filings
from claims.views.source_turns import Turns, turns


class Said(NamedTuple):
    """One claim; `words` are its own words, joined where the quote is in parts."""

    claim: Claim
    words: str
    direct: bool
    denies: bool


class About(NamedTuple):
    """What the source says about one incident (None: about none), and how it stands there."""

    incident: Incident | None
    rows: list[Said]
    answers: list[Answered]
    turns: Turns | None


class SaidPage(NamedTuple):
    """A page of claims, in the order of their incidents; those about none stand last.

    Answers and turns are of all claims about an incident, whichever page these are on.
    """

    groups: list[About]
    next_token: str


def said(request: DeskRequest, source: Source) -> SaidPage:
    """The claims of `source`, with all that is shown, in a constant number of queries."""
    contents = Span.objects.filter(role=SpanRole.CONTENT.value).order_by("start")
    claims = (
        source.claims.kept()
        .select_related("incident", "article__publisher", "article__workspace")
        .prefetch_related(Prefetch("spans", contents, to_attr="contents"))
    )
    part = page(claims, ("incident_id", "id"), request.GET.get("after", ""))
    about = {claim.incident_id for claim in part.rows if claim.incident_id}
    filed = filings([source.pk], about)
    answers = answered(request, filed)
    turned = turns(source, about, filed)
    groups = [
        About(
            incident, [_said(one) for one in rows], answers.get((source.pk, pk), []), turned.get(pk)
        )
        for incident, rows in groupby(part.rows, key=lambda claim: claim.incident)
        for pk in [incident.pk if incident else 0]
    ]
    return SaidPage(groups, part.next_token)


def _said(claim: Claim) -> Said:
    contents: list[Span] = claim.contents  # type: ignore[attr-defined]
    newest = max((span.revision_id for span in contents), default=0)
    words = " […] ".join(span.quote for span in contents if span.revision_id == newest)
    return Said(
        claim=claim,
        words=words,
        direct=claim.speech == Speech.DIRECT,
        denies=claim.polarity == Polarity.DENIES,
    )
