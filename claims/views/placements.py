"""What waits on a new text, and the claims that are not in it: as the pages show them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef

from claims.actions import revision as revisions
from claims.anchoring.sentence import sentence_at
from claims.anchoring.text import paragraph_at, paragraphs
from claims.models import Article, Claim, Placement, Revision, Span
from claims.records import Placing, SpanRole
from claims.views.revision_diff import Words, differing


class Waiting(NamedTuple):
    """Words of a claim that a person has to look at.

    `words` are both texts in one; empty where nothing is proposed. `around` is the sentence of the
    new text before, in and after the words, and `paragraph` where it stands.
    """

    placement: Any
    claim: Claim
    words: list[Words]
    around: tuple[str, str, str]
    paragraph: int

    @property
    def role(self) -> str:
        return str(self.placement.role)

    @property
    def same(self) -> bool:
        """Whether the proposed words are the old ones to the letter."""
        return bool(self.around[1] == self.placement.quote)


class Absent(NamedTuple):
    """A claim that is not in the newest text: its words, and the last text that has them."""

    claim: Claim
    words: str
    revision: Revision
    placements: list[Placement]


def waiting(revision: Revision) -> list[Waiting]:
    """All that waits on this text; always as many queries."""
    rows = revisions.waiting(revision).select_related("claim__source__side", "before__workspace")
    lines = paragraphs(revision.text)
    found = [
        waits(row, revision, lines)
        for row in rows.defer("before__text").prefetch_related("claim__figures")
    ]
    first: dict[int, int] = {}
    for one in found:
        first.setdefault(one.claim.pk, one.placement.was_start)
    # A claim's words together, what it says before who says it.
    found.sort(key=lambda one: (first[one.claim.pk], one.claim.pk, one.role != SpanRole.CONTENT))
    return found


def waits(row: Placement, revision: Revision, lines: Any = None) -> Waiting:
    """One of them."""
    if row.start is None or row.end is None:
        return Waiting(row, row.claim, [], ("", "", ""), 0)
    text = revision.text
    first, last = sentence_at(text, row.start, row.end)
    around = text[first : row.start], text[row.start : row.end], text[row.end : last]
    place = paragraph_at(lines or text, row.start)
    number = place.number if place else 1
    return Waiting(row, row.claim, differing(row.quote, around[1]), around, number)


def absent(article: Article, newest: Revision, waiting: Collection[int] = ()) -> list[Absent]:
    """The kept claims without words in the newest text for which nothing waits; three queries."""
    here = Span.objects.filter(claim=OuterRef("pk"), revision=newest, role=SpanRole.CONTENT.value)
    claims = list(
        Claim.objects.kept()
        .filter(~Exists(here), article=article)
        .exclude(pk__in=waiting)
        .select_related("source__side", "workspace")
        .order_by("id")
    )
    found: dict[int, list[Span]] = {}
    spans = Span.objects.filter(claim__in=claims, role=SpanRole.CONTENT.value)
    for span in spans.select_related("revision__workspace").defer("revision__text"):
        found.setdefault(span.claim_id, []).append(span)
    gone: dict[int, list[Placement]] = {}
    rows = Placement.objects.filter(
        revision=newest, claim__in=claims, role=SpanRole.CONTENT.value, state=Placing.GONE.value
    )
    for row in rows.select_related("workspace"):
        gone.setdefault(row.claim_id, []).append(row)
    return [
        _absent(claim, found[claim.pk], gone.get(claim.pk, []))
        for claim in claims
        if claim.pk in found
    ]


def _absent(claim: Claim, spans: list[Span], gone: list[Placement]) -> Absent:
    last = max((span.revision for span in spans), key=lambda text: text.number)
    words = " […] ".join(span.quote for span in spans if span.revision_id == last.pk)
    return Absent(claim, words, last, gone)


def unsettled(article: Article, newest: Revision) -> dict[str, int]:
    """How many claims are not in the newest text, and how many of these wait; two queries."""
    if newest.number == 1:
        return {}
    here = Span.objects.filter(claim=OuterRef("pk"), revision=newest, role=SpanRole.CONTENT.value)
    missing = Claim.objects.kept().filter(~Exists(here), article=article).count()
    rows = revisions.waiting(newest).order_by().values("claim").distinct()
    waits = rows.filter(role=SpanRole.CONTENT.value).count()
    contents = rows.filter(role=SpanRole.CONTENT.value).values("claim")
    beside = rows.exclude(role=SpanRole.CONTENT.value).exclude(claim__in=contents).count()
    return {"missing": missing, "waiting": waits, "gone": missing - waits, "beside": beside}
