"""After a save: only the touched paragraphs and cards of the annotate page are sent again."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, NamedTuple, TypeVar

from django.http import HttpResponse
from django.shortcuts import render

from claims.actions.spans import current_revision
from claims.anchoring.text import paragraphs
from claims.models import Article, Claim, Revision, Span
from claims.views import reading
from claims.views.desk import DeskRequest

R = TypeVar("R", bound=HttpResponse)


class Before(NamedTuple):
    """What stood there before an act: paragraphs under the claim, and the article's states."""

    paragraphs: set[int]
    states: dict[int, tuple[Any, ...]]


STATE = ("version", "disputed", "competing_claims", "stands", "statement_id", "incident__state")


def trigger(response: R, **events: Any) -> R:
    """Events for the page (`announce`, `focusClaim`, `toast`), as a header."""
    response["HX-Trigger"] = json.dumps(events)
    return response


def before(article: Article, claim: Claim | None) -> Before:
    """To be called ahead of the act."""
    revision = current_revision(article)
    return Before(_paragraphs(revision, claim), _states(article))


def _states(article: Article) -> dict[int, tuple[Any, ...]]:
    rows = Claim.objects.kept().filter(article=article).values_list("id", *STATE)
    return {row[0]: row[1:] for row in rows}


def _paragraphs(revision: Revision, claim: Claim | None) -> set[int]:
    if claim is None:
        return set()
    spans = Span.objects.filter(revision=revision, claim=claim).values_list("start", "end")
    lines = paragraphs(revision.text)
    return {line.number for start, end in spans for line in reading.lines_over(lines, start, end)}


def redraw(
    request: DeskRequest,
    article: Article,
    claim: Claim,
    was: Before,
    said: str,
    *,
    also: Collection[int] = (),
    gone: bool = False,
) -> HttpResponse:
    """The panel emptied, and out of band what the act moved: paragraphs, cards, counts.

    `also` are ids of claims whose links changed.
    """
    revision = current_revision(article)
    states = _states(article)
    moved = {pk for pk, now in states.items() if was.states.get(pk) != now}
    moved |= {*also, claim.pk}
    numbers = was.paragraphs | (set() if gone else _paragraphs(revision, claim))
    fresh = not gone and claim.pk not in was.states
    response = render(
        request,
        "article/show.html#redrawn",
        {
            "article": article,
            "revision": revision,
            "passages": reading.passages(revision, numbers) if numbers else [],
            "cards": reading.cards(
                revision, (moved & states.keys()) - ({claim.pk} if fresh else set())
            ),
            "fresh": reading.cards(revision, {claim.pk})[0] if fresh else None,
            "after": _card_before(revision, claim) if fresh else None,
            "gone": claim if gone else None,
            "progress": reading.progress(article, revision),
            "direction": reading.direction(article.language),
            "oob": True,
        },
    )
    events: dict[str, Any] = {"toast": {"text": said, "level": "success", "undo": True}}
    if not gone:
        events["focusClaim"] = str(claim.uid)
    return trigger(response, **events)


def _card_before(revision: Revision, claim: Claim) -> Claim | None:
    """The claim whose card stands just above that of `claim`: by first content, then id."""
    own = min(
        Span.objects.filter(revision=revision, claim=claim, role="content").values_list(
            "start", flat=True
        )
    )
    above = (
        Span.objects.filter(revision=revision, role="content", claim__deleted_at=None)
        .exclude(claim=claim)
        .filter(start__lte=own)
        .select_related("claim")
        .order_by("-start", "-claim_id")
    )
    for span in above.iterator(chunk_size=50):
        # A later part of a split quote does not place its card.
        first = (
            Span.objects.filter(revision=revision, role="content", claim=span.claim)
            .order_by("start")
            .first()
        )
        if first is not None and first.pk == span.pk:
            card: Claim = span.claim
            return card
    return None
