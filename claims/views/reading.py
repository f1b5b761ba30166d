"""What the annotate page shows: the passages of a text and the cards of its claims."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Min, Prefetch, Q

from claims.anchoring.passage import Mark, Passage
from claims.anchoring.segments import by_paragraph
from claims.anchoring.text import Paragraph, paragraph_at, paragraphs
from claims.models import Article, Claim, Filing, Incident, Link, Revision, Span
from claims.records import ClaimKind, Polarity, Relation, SpanRole, Speech
from claims.views.drift import drift

RIGHT_TO_LEFT = ("ar", "fa", "he", "ur", "ps", "ckb", "yi", "dv", "syr")


@dataclass
class Card:
    """A claim as a card beside the text."""

    claim: Claim
    quotes: list[str]
    start: int
    paragraph: int
    links: list[tuple[str, Link, Claim]] = field(default_factory=list)
    repeats: int = 0
    drift: list[str] = field(default_factory=list)

    @property
    def side(self) -> int:
        """The colour of the source's side; 0 where it has none."""
        side = self.claim.source.side
        return side.color if side else 0

    @property
    def says(self) -> str:
        """What the source does, in plain words."""
        if self.claim.kind == ClaimKind.EVALUATIVE:
            return "gives an opinion"
        if self.claim.kind == ClaimKind.DEMAND:
            return "demands"
        return Polarity(self.claim.polarity).label

    @property
    def words(self) -> str:
        """The content quotes, as one line."""
        return " […] ".join(self.quotes)

    @property
    def direct(self) -> bool:
        """Whether quotation marks may be printed around the words."""
        return bool(self.claim.speech == Speech.DIRECT)

    @property
    def reported_by(self) -> str:
        """Whose wording it is, when it is not the speaker's own."""
        publisher = self.claim.article.publisher
        if self.direct or (publisher and publisher.pk == self.claim.source_id):
            return ""
        return publisher.name if publisher else "an unknown publisher"


def claims_for_cards(revision: Revision, only: Collection[int] | None = None) -> Any:
    """The claims of a revision's article, with all that a card shows, in few queries."""
    claims = Claim.objects.kept().filter(article_id=revision.article_id)
    if only is not None:
        claims = claims.filter(id__in=only)
    contents = Span.objects.filter(revision=revision, role=SpanRole.CONTENT)
    return (
        claims.select_related("source__side", "via", "accused", "incident", "article__publisher")
        .prefetch_related(
            Prefetch("spans", contents.order_by("start"), to_attr="contents"),
            "figures",
            Prefetch(
                "filings",
                Filing.objects.kept().select_related("position__question").order_by("id"),
                to_attr="answers",
            ),
        )
        .order_by("id")
    )


def cards(revision: Revision, only: Collection[int] | None = None) -> list[Card]:
    """The cards of the article's claims (or of some), in the order of the text."""
    claims = list(claims_for_cards(revision, only))
    lines = paragraphs(revision.text)
    made = []
    for claim in claims:
        start = claim.contents[0].start if claim.contents else 0
        place = paragraph_at(lines, start)
        made.append(
            Card(claim, [s.quote for s in claim.contents], start, place.number if place else 1)
        )
    _add_links(made)
    _add_repeats(made)
    _add_drift(made)
    return sorted(made, key=lambda card: (card.start, card.claim.pk))


def some_cards(revision: Revision, after: str, most: int) -> tuple[list[Card], str, int]:
    """At most so many cards after the one named by `after` ("" for the first ones).

    With them the name of the last one ("" when none are left) and how many are left. A name is
    `start-id`, so that claims made or deleted meanwhile shift nothing.
    """
    starts = (
        Claim.objects.kept()
        .filter(article_id=revision.article_id)
        .annotate(
            first=Min(
                "spans__start", filter=Q(spans__revision=revision, spans__role=SpanRole.CONTENT)
            )
        )
        .values_list("first", "id")
    )
    order = sorted((first or 0, pk) for first, pk in starts)
    start, _, pk = after.partition("-")
    if start.isdecimal() and pk.isdecimal():
        order = order[bisect_right(order, (int(start), int(pk))) :]
    chosen, left = order[:most], len(order[most:])
    last = f"{chosen[-1][0]}-{chosen[-1][1]}" if left else ""
    return cards(revision, {pk for _, pk in chosen}), last, left


def _add_links(made: Sequence[Card]) -> None:
    by_claim = {card.claim.pk: card for card in made}
    links = (
        Link.objects.kept()
        .filter(Q(from_claim__in=by_claim) | Q(to_claim__in=by_claim))
        .select_related("from_claim__source", "to_claim__source")
        .order_by("id")
    )
    for link in links:
        if card := by_claim.get(link.from_claim_id):
            card.links.append((Relation(link.relation).label, link, link.to_claim))
        if card := by_claim.get(link.to_claim_id):
            card.links.append((BACKWARDS[Relation(link.relation)], link, link.from_claim))


BACKWARDS = {
    Relation.CONTRADICTS: "contradicts",
    Relation.CORROBORATES: "agrees with",
    Relation.DENIES: "is rejected by",
    Relation.UNDERCUTS: "is called unreliable by",
    Relation.RESTATES: "is repeated by",
    Relation.SUPERSEDES: "is replaced by",
    Relation.RESPONDS_TO: "is answered by",
}


def _add_repeats(made: Sequence[Card]) -> None:
    """How many other articles carry the same statement."""
    roots = {card.claim.statement_id for card in made if card.claim.statement_id}
    counts = dict(
        Claim.objects.kept()
        .filter(statement__in=roots)
        .values_list("statement")
        .annotate(articles=Count("article", distinct=True))
    )
    for card in made:
        card.repeats = max(counts.get(card.claim.statement_id, 1) - 1, 0)


def _add_drift(made: Sequence[Card]) -> None:
    """Where a card says otherwise than the first report of its statement."""
    repeating = [c for c in made if c.claim.statement_id not in (None, c.claim.pk)]
    firsts = Claim.objects.kept().prefetch_related("figures")
    first = firsts.in_bulk({card.claim.statement_id for card in repeating}) if repeating else {}
    for card in repeating:
        if one := first.get(card.claim.statement_id):
            card.drift = drift(card.claim, one)


def passages(revision: Revision, only: Collection[int] | None = None) -> list[Passage]:
    """The paragraphs of a text (or some, by number) with their marks."""
    lines = paragraphs(revision.text)
    spans = Span.objects.filter(revision=revision, claim__deleted_at=None)
    if only is not None:
        lines = [line for line in lines if line.number in only]
        spans = spans.filter(_over(lines))
    rows = spans.order_by("id").values_list(
        "claim__uid", "role", "claim__source__side__color", "start", "end"
    )
    marks = [
        (Mark(str(claim), SpanRole(role), color or 0), start, end)
        for claim, role, color, start, end in rows
    ]
    read = set(revision.paragraphs_read.values_list("number", flat=True))
    return [
        Passage(line, segments, line.number in read)
        for line, segments in zip(lines, by_paragraph(revision.text, lines, marks), strict=True)
    ]


def _over(lines: Iterable[Paragraph]) -> Q:
    over = Q(pk=None)
    for line in lines:
        over |= Q(start__lt=line.end, end__gt=line.start)
    return over


def progress(article: Article, revision: Revision) -> dict[str, Any]:
    """Claims, incidents, paragraphs, and how many of these are read: marked, or with a claim."""
    lines = paragraphs(revision.text)
    read = set(revision.paragraphs_read.values_list("number", flat=True))
    contents = Span.objects.filter(
        revision=revision, role=SpanRole.CONTENT, claim__deleted_at=None
    ).values_list("start", "end")
    for start, end in contents:
        for line in lines_over(lines, start, end):
            read.add(line.number)
    return {
        "claims": Claim.objects.kept().filter(article=article).count(),
        "incidents": list(
            Incident.objects.kept()
            .filter(id__in=Claim.objects.kept().filter(article=article).values("incident"))
            .order_by("id")
            .select_related("workspace")
        ),
        "paragraphs": len(lines),
        "read": len(read & {line.number for line in lines}),
    }


def lines_over(lines: Sequence[Paragraph], start: int, end: int) -> list[Paragraph]:
    """The paragraphs that `[start, end)` touches."""
    first = bisect_right(lines, start, key=lambda line: line.end)
    last = bisect_left(lines, end, key=lambda line: line.start)
    return list(lines[first:last])


def direction(language: str) -> str:
    """`rtl` for the languages written so, else `auto` (each paragraph by its first letter)."""
    return "rtl" if language.lower().split("-")[0] in RIGHT_TO_LEFT else "auto"
