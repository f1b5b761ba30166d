"""Claims to choose from: of one incident, repeats folded, typed words as a filter."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, Value, When

from claims.anchoring.text import paragraph_at
from claims.models import Claim, Incident, Link, Revision, Span, Workspace
from claims.records import Relation, SpanRole, Speech


class Candidate(NamedTuple):
    """A claim in a list to choose from; `repeats` counts the articles that carry it too."""

    claim: Claim
    words: str
    paragraph: int
    repeats: int
    direct: bool
    color: int


def candidates(
    workspace: Workspace,
    incident: Incident | None,
    *,
    without: Claim | None = None,
    text: str = "",
    also: Q | None = None,
    only: Q | None = None,
    ahead: Q | None = None,
    most: int = 6,
) -> list[Candidate]:
    """Claims of `incident` (of the whole desk where it is None and `text` is given) and `also`.

    Of each statement only its first card. First those that hold `text` word for word, then those
    `ahead`, then those of the incident, of them those in dispute. `only` narrows all of it.
    """
    rows = Claim.objects.within(workspace).kept()
    own = Q(incident=incident) if incident else Q()
    if incident is not None:
        rows = rows.filter(own if also is None else own | also)
    elif not text.strip():
        return []
    if only is not None:
        rows = rows.filter(only)
    repeats = Link.objects.kept().filter(from_claim=OuterRef("pk"), relation=Relation.RESTATES)
    rows = rows.exclude(Exists(repeats))
    if without is not None:
        rows = rows.exclude(pk=without.pk)
    for word in text.split()[:8]:
        rows = rows.filter(
            Q(spans__quote__icontains=word)
            | Q(source__name__icontains=word)
            | Q(article__title__icontains=word)
        )
    ids = rows.order_by().values("id").distinct()
    first = Case(When(own, then=0), default=1) if incident else Value(0)
    order = [first, "-disputed", "-id"]
    if ahead is not None:
        order.insert(0, Case(When(ahead, then=0), default=1))
    found = Claim.objects.filter(id__in=ids).order_by(*order)
    if phrase := " ".join(text.split()):
        exact = Span.objects.filter(
            claim=OuterRef("pk"), role=SpanRole.CONTENT, quote__icontains=phrase
        )
        found = found.annotate(exact=Exists(exact)).order_by("-exact", *order)
    return shown(found[:most])


def subject(claim: Claim) -> Candidate:
    """The claim in hand, as it would stand in such a list."""
    return shown(Claim.objects.filter(pk=claim.pk))[0]


def shown(claims: Any) -> list[Candidate]:
    """The claims with their words, places and repeats, in a constant number of queries."""
    found = list(
        claims.select_related("source__side", "article__publisher", "incident").prefetch_related(
            Prefetch(
                "spans",
                Span.objects.filter(role=SpanRole.CONTENT).order_by("start"),
                to_attr="contents",
            )
        )
    )
    revisions = Revision.objects.in_bulk(
        {span.revision_id for claim in found for span in claim.contents}
    )
    repeats = dict(
        Claim.objects.kept()
        .filter(statement__in=[claim.pk for claim in found])
        .values_list("statement")
        .annotate(articles=Count("article", distinct=True))
    )
    return [_candidate(claim, revisions, repeats) for claim in found]


def _candidate(claim: Any, revisions: dict[int, Revision], repeats: dict[int, int]) -> Candidate:
    newest = max((span.revision_id for span in claim.contents), default=0)
    contents = [span for span in claim.contents if span.revision_id == newest]
    place = paragraph_at(revisions[newest].text, contents[0].start) if contents else None
    return Candidate(
        claim=claim,
        words=" […] ".join(span.quote for span in contents),
        paragraph=place.number if place else 1,
        repeats=max(repeats.get(claim.pk, 1) - 1, 0),
        direct=claim.speech == Speech.DIRECT,
        color=claim.source.side.color if claim.source.side else 0,
    )
