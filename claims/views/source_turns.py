"""Where a source stands against itself: two of its own claims that cannot both be so."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db.models import Q

from claims.dispute import Originator
from claims.dispute.pairs import OPPOSING, competing_pairs
from claims.dispute.standing import Standing
from claims.models import Claim, Link, Source
from claims.records import Extent, Relation, Stance
from claims.records.dates import day as in_words
from claims.views.repeats import replaced
from claims.views.said import Said, newest_lines, printed, said
from claims.views.source_held import words_of
from claims.views.spoken import days_in_words

AT_MOST = 10
"""Pairs of one incident in print."""


class At(NamedTuple):
    """One of the two, when it was said, and which answers it is filed under."""

    said: Said
    when: str
    held: list[str]


class Turn(NamedTuple):
    """Two claims of one source, the earlier one first, and why they cannot both be so."""

    earlier: At
    later: At
    why: list[str]


class Turns(NamedTuple):
    """Those of one incident, and how many more there are."""

    first: list[Turn]
    further: int


def turns(source: Source, incidents: Iterable[int], filings: list[Any]) -> Mapping[int, Turns]:
    """By incident, in a constant number of queries; statements that are repeated count once."""
    links = _links(source, incidents)
    roots = {one.from_claim_id: one.to_claim_id for one in links if one.relation == "restates"}
    pairs: dict[int, dict[tuple[int, int], list[str]]] = defaultdict(lambda: defaultdict(list))
    for incident, one, other, why in (*_by_answers(filings, roots), *_by_links(links)):
        pairs[incident][min(one, other), max(one, other)].append(why)
    few = {incident: dict(list(found.items())[:AT_MOST]) for incident, found in pairs.items()}
    cards = _cards(source, {pk for found in few.values() for pair in found for pk in pair})
    changed = replaced(links, cards, stands=lambda pk: bool(cards[pk].claim.stands))
    how = {(one.other.claim.pk, one.one.claim.pk): one.how for one in changed}
    held = words_of(filings)
    return {
        incident: Turns(
            sorted(
                (_turn(cards, held, pair, [*why, *_how(how, pair)]) for pair, why in found.items()),
                key=lambda turn: _day(turn.earlier.said.claim),
            ),
            len(pairs[incident]) - len(found),
        )
        for incident, found in few.items()
    }


def _links(source: Source, incidents: Iterable[int]) -> list[Link]:
    """Between two of its kept claims, and what its claims repeat."""
    own = Q(to_claim__source=source) | Q(relation=Relation.RESTATES)
    return list(
        Link.objects.kept()
        .filter(
            own,
            incident__in=incidents,
            from_claim__source=source,
            from_claim__deleted_at=None,
            to_claim__deleted_at=None,
        )
        .select_related("from_claim", "to_claim")
        .order_by("id")
    )


def _by_answers(
    filings: Iterable[Any], roots: Mapping[int, int]
) -> Iterator[tuple[int, int, int, str]]:
    """By the rules of a dispute, with each statement of the source in the place of a source."""
    by_question: dict[int, list[Any]] = defaultdict(list)
    for row in filings:
        if row.claim.live and row.extent == Extent.FULLY:
            by_question[row.position.question_id].append(row)
    for rows in by_question.values():
        answers: dict[str, dict[int, set[int]]] = {stance: defaultdict(set) for stance in Stance}
        for row in rows:
            answers[row.stance][row.claim_id].add(row.position_id)
        question = rows[0].position.question
        rivals = {row.position_id for row in rows if question.exclusive and row.position.competes}
        first: dict[int, int] = {}
        for row in sorted(rows, key=lambda row: (_day(row.claim), row.claim_id)):
            first.setdefault(_root(roots, row.claim_id), row.claim_id)
        statements = {row.claim_id: Originator(_root(roots, row.claim_id), None) for row in rows}
        pairs = competing_pairs(
            answers[Stance.HOLDS],
            answers[Stance.REJECTS],
            exclusive=rivals,
            links=(),
            standing=Standing(frozenset(), frozenset(), {}, {}, statements, {}, ()),
        )
        folded = {tuple(sorted(first[_root(roots, claim)] for claim in pair)) for pair in pairs}
        for one, other in sorted(folded):
            yield (
                question.incident_id,
                one,
                other,
                f"two answers to “{question.text}”: both cannot be so",
            )


def _root(roots: Mapping[int, int], claim: int) -> int:
    """What `claim` repeats in the end; the links are acyclic."""
    while claim in roots:
        claim = roots[claim]
    return claim


def _by_links(links: Iterable[Link]) -> Iterator[tuple[int, int, int, str]]:
    for link in links:
        one, other = link.from_claim, link.to_claim
        told = ""
        if link.relation in OPPOSING and one.live and other.live:
            told = f"linked: the one {Relation(link.relation).label} the other"
        elif link.relation == Relation.SUPERSEDES and one.stands:
            told = "replaced by the source itself"
        if told:
            yield link.incident_id, one.pk, other.pk, told


def _cards(source: Source, ids: set[int]) -> dict[int, Said]:
    """These claims in print."""
    if not ids:
        return {}
    claims = list(printed(Claim.objects.filter(pk__in=ids)))
    newest, lines = newest_lines(claims)
    return {claim.pk: said(claim, source.workspace.slug, newest, lines) for claim in claims}


def _how(how: Mapping[tuple[int, int], list[str]], pair: tuple[int, int]) -> list[str]:
    return how.get(pair) or how.get((pair[1], pair[0])) or []


def _turn(
    cards: Mapping[int, Said],
    held: Mapping[int, list[str]],
    pair: tuple[int, int],
    why: list[str],
) -> Turn:
    order = sorted(pair, key=lambda pk: (_day(cards[pk].claim), pk))
    first, second = (At(cards[pk], _when(cards[pk].claim), held.get(pk, [])) for pk in order)
    return Turn(first, second, why)


def _day(claim: Any) -> dt.date:
    """When it was said, or else published; what has no date stands last."""
    return claim.said_from or claim.article.published_on or dt.date.max


def _when(claim: Any) -> str:
    if claim.said_from:
        return days_in_words(claim.said_from, claim.said_to or claim.said_from)
    if claim.article.published_on:
        return f"{in_words(claim.article.published_on)} (published)"
    return "date not known"
