"""The cards beside a text, for a thousand claims in as many queries as for one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Prefetch, Q
from django.utils.html import format_html

from claims.anchoring.text import paragraph_at, paragraphs
from claims.models import (
    Article,
    Claim,
    Comment,
    Filing,
    Incident,
    Link,
    Revision,
    Span,
    Workspace,
)
from claims.records import Basis, Extent, Relation, SpanRole, Stance
from claims.views.addresses import actions, addresses
from claims.views.candidates import shown
from claims.views.card import About, Answer, Card, Tie
from claims.views.drift import drift
from claims.views.earlier import earlier
from claims.views.suggested import Suggested

# Against, for, or neither: who answers a claim, or doubts its teller, says nothing of what it says.
TONES = {
    Relation.CONTRADICTS: "link",
    Relation.DENIES: "link",
    Relation.CORROBORATES: "link ok",
    Relation.RESTATES: "link ok",
}
BACKWARDS = {
    Relation.CONTRADICTS: "contradicts",
    Relation.CORROBORATES: "agrees with",
    Relation.DENIES: "is rejected by",
    Relation.UNDERCUTS: "is called unreliable by",
    Relation.RESTATES: "is repeated by",
    Relation.SUPERSEDES: "is replaced by",
    Relation.RESPONDS_TO: "is answered by",
}


NAME = re.compile(r"([0-9]{1,19})-([01])-([0-9]{1,19})", re.ASCII)
AT_THE_END = 2**31 - 1
"""The place of a claim that is not in the text: after all that are."""


def cards(article: Article, revision: Revision, only: Collection[int] | None = None) -> list[Card]:
    """The cards of the article's claims (or of some, by id), in the order of the text.

    The number of queries does not depend on the number of claims.
    """
    rows = Claim.objects.kept().filter(article=article)
    if only is not None:
        if not only:
            return []
        rows = rows.filter(id__in=only)
    claims = list(_with_parts(rows).order_by("id"))
    contents = _contents(revision, None if only is None else [claim.pk for claim in claims])
    lines = paragraphs(revision.text)
    older = earlier([claim.pk for claim in claims if claim.pk not in contents], revision)
    urls = addresses(article.workspace)
    act = actions(urls)
    incidents = {claim.incident_id: claim.incident for claim in claims}
    abouts = {pk: _about(incident, urls) for pk, incident in incidents.items()}
    made = []
    for claim in claims:
        quotes = contents.get(claim.pk, [])
        start = quotes[0][0] if quotes else AT_THE_END
        place = paragraph_at(lines, start) if quotes else None
        was = older.get(claim.pk)
        made.append(
            Card(
                claim=claim,
                article=article,
                words=was[0] if was else " […] ".join(quote for _, quote in quotes),
                start=start,
                elsewhere=was[1] if was else None,
                paragraph=place.number if place else 0 if was else 1,
                about=abouts[claim.incident_id],
                act=act,
                answers=[_answer(filing, urls) for filing in claim.kept_filings],
            )
        )
    _add_ties(made, urls)
    _add_repeats(made)
    _add_drift(made)
    _add_comments(made, urls)
    return sorted(made, key=attrgetter("order"))


def across(workspace: Workspace, claims: Any) -> list[Card]:
    """The cards of claims of several articles, in no order.

    The number of queries does not depend on the number of claims.
    """
    urls = addresses(workspace)
    act = actions(urls)
    made = [
        Card(
            claim=one.claim,
            article=one.claim.article,
            words=one.words,
            start=0,
            paragraph=one.paragraph,
            about=_about(one.claim.incident, urls),
            act=act,
            answers=[_answer(filing, urls) for filing in one.claim.kept_filings],  # type: ignore[attr-defined]
            repeats=one.repeats,
        )
        for one in shown(_with_parts(claims))
    ]
    _add_ties(made, urls)
    _add_drift(made)
    _add_comments(made, urls)
    return made


def some_cards(
    article: Article,
    revision: Revision,
    after: str,
    most: int,
    proposed: Sequence[Suggested] = (),
) -> tuple[list[Card | Suggested], str, int]:
    """At most so many cards after the one named by `after` ("" for the first ones).

    With them the name of the last one ("" when none are left) and how many are left. A name is
    `start-0-id` (1 for what is proposed), so that claims made or deleted meanwhile shift nothing.
    """
    starts = (
        Claim.objects.kept()
        .filter(article=article)
        .annotate(
            first=Min(
                "spans__start", filter=Q(spans__revision=revision, spans__role=SpanRole.CONTENT)
            )
        )
        .values_list("first", "id")
    )
    order = sorted(
        [
            *((AT_THE_END if first is None else first, 0, pk) for first, pk in starts),
            *(card.order for card in proposed),
        ]
    )
    if found := NAME.fullmatch(after):
        start, rank, pk = map(int, found.groups())
        order = order[bisect_right(order, (start, rank, pk)) :]
    chosen, left = order[:most], len(order[most:])
    last = "-".join(map(str, chosen[-1])) if left else ""
    claims = cards(article, revision, {pk for _, rank, pk in chosen if rank == 0})
    shown = set(chosen)
    both: list[Card | Suggested] = [
        *claims,
        *(card for card in proposed if card.order in shown),
    ]
    return sorted(both, key=attrgetter("order")), last, left


def _about(incident: Incident | None, urls: Callable[[str, UUID], str]) -> About:
    """Made once for each incident: a thousand claims are about a few."""
    if incident is None:
        return About()
    url = urls("incident", incident.uid)
    html = '<a class="about" href="{}" title="{}">{}</a>'
    return About(url, format_html(html, url, incident.title, incident.code))


def _answer(filing: Filing, urls: Callable[[str, UUID], str]) -> Answer:
    return Answer(
        question=filing.position.question.text,
        stance=Stance(filing.stance).label,
        position=filing.position.text,
        in_part=filing.extent == Extent.IN_PART,
        edit_url=urls("filing-edit", filing.uid),
    )


def _with_parts(rows: Any) -> Any:
    """Sources and incidents by prefetch: forty rows are read once, not joined a thousand times."""
    filings = Filing.objects.kept().prefetch_related("position__question").order_by("id")
    return rows.prefetch_related(
        "source__side",
        "via",
        "accused",
        "incident",
        "figures",
        Prefetch("filings", filings, to_attr="kept_filings"),
    )


def _contents(revision: Revision, only: Collection[int] | None) -> dict[int, list[tuple[int, str]]]:
    """The content quotes of each claim with where they begin, in order."""
    spans = Span.objects.filter(revision=revision, role=SpanRole.CONTENT)
    if only is not None:
        spans = spans.filter(claim__in=only)
    found: dict[int, list[tuple[int, str]]] = {}
    for claim, start, quote in spans.order_by("start").values_list("claim_id", "start", "quote"):
        found.setdefault(claim, []).append((start, quote))
    return found


def _add_ties(made: Sequence[Card], urls: Callable[[str, UUID], str]) -> None:
    by_claim = {card.claim.pk: card for card in made}
    links = Link.objects.kept().filter(Q(from_claim__in=by_claim) | Q(to_claim__in=by_claim))
    ends = [
        f"{end}{column}"
        for end in ("from_claim", "to_claim")
        for column in ("_id", "__uid", "__source__name")
    ]
    rows = links.order_by("id").values_list("uid", "relation", "basis", *ends)
    for uid, relation, basis, start, start_uid, speaker, end, end_uid, other in rows:
        kind = Relation(relation)
        tone = TONES.get(kind, "")
        over = Basis(basis).label if basis else ""
        edit = urls("link-edit", uid)
        if card := by_claim.get(start):
            card.ties.append(
                Tie(
                    kind.label,
                    tone,
                    over,
                    other,
                    urls("claim", end_uid),
                    f"{edit}?at={start_uid}",
                )
            )
        if card := by_claim.get(end):
            back = BACKWARDS[kind]
            card.ties.append(
                Tie(back, tone, over, speaker, urls("claim", start_uid), f"{edit}?at={end_uid}")
            )


def _add_repeats(made: Iterable[Card]) -> None:
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


def _add_comments(made: Sequence[Card], urls: Callable[[str, UUID], str]) -> None:
    """How many open comments there are on each."""
    ids = [card.claim.pk for card in made]
    on_them = Comment.objects.kept().filter(claim__in=ids, resolved_at=None).order_by()
    counts = dict(on_them.values_list("claim").annotate(Count("id")))
    for card in made:
        card.comments = counts.get(card.claim.pk, 0)
        card.comments_url = urls("claim-comment", card.claim.uid) if card.comments else ""
