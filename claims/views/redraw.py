"""After a save: only the touched paragraphs and cards of the annotate page are sent again."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import render

from claims.actions.spans import current_revision
from claims.anchoring.text import paragraphs
from claims.models import Article, Claim, Link, Revision, Span, Suggestion
from claims.records import SpanRole
from claims.views import reading
from claims.views.cards import cards as cards_of
from claims.views.desk import DeskRequest
from claims.views.done import Way, toast
from claims.views.suggested import marks, suggested, waiting

R = TypeVar("R", bound=HttpResponse)


class Before(NamedTuple):
    """What stood there before an act: the claim's place and links, and the article's states."""

    place: Place
    linked: set[int]
    states: dict[int, tuple[Any, ...]]
    proposed: list[Suggestion]


class Place(NamedTuple):
    """The paragraphs under a claim's spans, and where its first words start (None: nowhere)."""

    paragraphs: set[int]
    start: int | None


STATE = ("version", "disputed", "competing_claims", "stands", "statement_id", "incident__state")
STATEMENT = STATE.index("statement_id")


def trigger(response: R, **events: Any) -> R:
    """Events for the page (`announce`, `focusClaim`, `toast`), as a header."""
    response["HX-Trigger"] = json.dumps(events)
    return response


def before(article: Article, claim: Claim | None) -> Before:
    """To be called ahead of the act."""
    revision = current_revision(article)
    return Before(
        _place(revision, claim), _linked(claim), _states(article), waiting(article, revision)
    )


def _states(article: Article) -> dict[int, tuple[Any, ...]]:
    rows = Claim.objects.kept().filter(article=article).values_list("id", *STATE)
    return {row[0]: row[1:] for row in rows}


def _place(revision: Revision, claim: Claim | None) -> Place:
    if claim is None:
        return Place(set(), None)
    spans = list(
        Span.objects.filter(revision=revision, claim=claim).values_list("start", "end", "role")
    )
    lines = paragraphs(revision.text)
    under = (reading.lines_over(lines, start, end) for start, end, _ in spans)
    starts = [start for start, _, role in spans if role == SpanRole.CONTENT]
    return Place({line.number for found in under for line in found}, min(starts, default=None))


def _linked(claim: Claim | None) -> set[int]:
    """The claims at the other ends of its links: their cards name it."""
    if claim is None:
        return set()
    ends = Link.objects.kept().filter(Q(from_claim=claim) | Q(to_claim=claim))
    return {pk for pair in ends.values_list("from_claim_id", "to_claim_id") for pk in pair}


def redraw(
    request: DeskRequest,
    article: Article,
    claim: Claim | None,
    was: Before,
    said: str,
    *,
    gone: bool = False,
    focus: str = "",
    ways: Sequence[Way] = (),
) -> HttpResponse:
    """The panel emptied, and out of band what the act moved: paragraphs, cards, counts.

    Cards of claims that are or were linked to it, and of the same statement, name it or count it.
    Suggestions that a claim says by now go, and come back when it goes. The focus goes to the card
    of `focus`, or else to that of the claim.
    """
    revision = current_revision(article)
    states = _states(article)
    moved = {pk for pk, now in states.items() if was.states.get(pk) != now}
    moved |= was.linked | _linked(claim) | ({claim.pk} if claim else set())
    statements = {row[STATEMENT] for found in (was.states, states) for row in _rows(found, moved)}
    moved |= {pk for pk, row in states.items() if row[STATEMENT] in statements - {None}}
    place = Place(set(), None) if gone else _place(revision, claim)
    now = waiting(article, revision)
    left, came = _apart(was.proposed, now), _apart(now, was.proposed)
    numbers = was.place.paragraphs | place.paragraphs | _under(revision, [*left, *came])
    # A card whose words moved goes to its new place; the others are swapped where they stand.
    fresh = not gone and place.start != was.place.start
    cards = cards_of(article, revision, moved & states.keys())
    new = next((card for card in cards if fresh and claim and card.claim.pk == claim.pk), None)
    response = render(
        request,
        "article/show.html#redrawn",
        {
            "article": article,
            "revision": revision,
            "passages": reading.passages(revision, numbers, marks(now)) if numbers else [],
            "cards": [card for card in cards if card is not new],
            "fresh": new,
            "after": _uid_above(revision, claim) if new and claim else None,
            "gone": claim if gone or (fresh and claim and claim.pk in was.states) else None,
            "came": suggested(article, revision, came) if came else [],
            "progress": reading.progress(article, revision),
            "proposed": len(now),
            "direction": reading.direction(article.language),
            "oob": True,
        },
    )
    events: dict[str, Any] = {"toast": toast(request, said, ways)}
    if left:
        events["cardsGone"] = [str(row.uid) for row in left]
    if focus or (claim and not gone):
        events["focusClaim"] = focus or str(claim and claim.uid)
    return trigger(response, **events)


def _apart(rows: Iterable[Suggestion], others: Iterable[Suggestion]) -> list[Suggestion]:
    known = {row.pk for row in others}
    return [row for row in rows if row.pk not in known]


def _under(revision: Revision, rows: Iterable[Suggestion]) -> set[int]:
    """The paragraphs under these suggestions."""
    lines = paragraphs(revision.text)
    found = (reading.lines_over(lines, *piece) for row in rows for piece in row.content)
    return {line.number for some in found for line in some}


def _rows(states: dict[int, tuple[Any, ...]], ids: Collection[int]) -> Iterable[tuple[Any, ...]]:
    return (states[pk] for pk in ids if pk in states)


def _uid_above(revision: Revision, claim: Claim) -> UUID | None:
    """The claim whose card stands just above that of `claim`: by first content, then id."""
    contents = Span.objects.filter(revision=revision, role=SpanRole.CONTENT)
    own = contents.filter(claim=claim).order_by("start").values_list("start", flat=True)[0]
    # A later part of a split quote does not place its card.
    earlier = contents.filter(claim=OuterRef("claim"), start__lt=OuterRef("start"))
    above = (
        contents.filter(Q(start__lt=own) | Q(start=own, claim__lt=claim))
        .filter(claim__deleted_at=None)
        .exclude(claim=claim)
        .exclude(Exists(earlier))
        .order_by("-start", "-claim_id")
    )
    found: UUID | None = above.values_list("claim__uid", flat=True).first()
    return found
