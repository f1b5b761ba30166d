"""Which two live claims filed fully on one question compete.

Works over groups of claims with the same answers and originator, so that its cost is the number
of claims and of pairs, not all claims against all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import combinations, product

from claims.dispute.shapes import Link, Originator, Pair
from claims.dispute.standing import Standing
from claims.records import Relation

Answers = Mapping[int, AbstractSet[int]]
"""Claim id to the ids of the positions that it holds, or rejects, fully."""

_Group = dict[Originator, list[int]]

OPPOSING = (Relation.CONTRADICTS, Relation.DENIES)


def ordered(one: int, other: int) -> Pair:
    """The pair of two claims, the lower id first."""
    return (one, other) if one < other else (other, one)


def competing_pairs(
    held: Answers,
    rejected: Answers,
    *,
    exclusive: AbstractSet[int],
    links: Iterable[Link],
    standing: Standing,
) -> set[Pair]:
    """The competing pairs of one question, from what its live claims hold and reject fully.

    `exclusive` are its competing positions when it is exclusive, else empty; `links` are those
    between live claims filed on it. Two claims compete when

    a. they are of different originators, each holds one of `exclusive`, and no position is held
       by both (a claim that holds two answers agrees with one that holds either);
    b. they are of different originators and one holds what the other rejects;
    c. `contradicts` or `denies` joins them, both are filed fully, and no position is held by
       both. Here the originator may be the same: the link is the word of a person who read them.
    """
    pairs = set(_rival_answers(held, exclusive, standing))
    pairs.update(_rejections(held, rejected, standing))
    for link in links:
        one, other = link.from_claim, link.to_claim
        if link.relation not in OPPOSING or not _both_filed(one, other, held, rejected):
            continue
        if held.get(one, frozenset()).isdisjoint(held.get(other, frozenset())):
            pairs.add(ordered(one, other))
    return pairs


def _both_filed(one: int, other: int, held: Answers, rejected: Answers) -> bool:
    return all(claim in held or claim in rejected for claim in (one, other))


def _rival_answers(
    held: Answers, exclusive: AbstractSet[int], standing: Standing
) -> Iterator[Pair]:
    groups: dict[frozenset[int], _Group] = defaultdict(lambda: defaultdict(list))
    for claim, positions in held.items():
        if positions & exclusive:
            groups[frozenset(positions)][standing.originator[claim]].append(claim)
    for (one, first), (other, second) in combinations(groups.items(), 2):
        if one.isdisjoint(other):
            yield from _across(first, second)


def _rejections(held: Answers, rejected: Answers, standing: Standing) -> Iterator[Pair]:
    holders = _by_position(held, standing)
    for position, rejecters in _by_position(rejected, standing).items():
        yield from _across(holders.get(position, {}), rejecters)


def _by_position(answers: Answers, standing: Standing) -> dict[int, _Group]:
    groups: dict[int, _Group] = defaultdict(lambda: defaultdict(list))
    for claim, positions in answers.items():
        for position in positions:
            groups[position][standing.originator[claim]].append(claim)
    return groups


def _across(first: _Group, second: _Group) -> Iterator[Pair]:
    """Each claim of one group with each of the other, but for those of the same originator."""
    for (one, ours), (other, theirs) in product(first.items(), second.items()):
        if one != other:
            for mine, yours in product(ours, theirs):
                yield ordered(mine, yours)
