"""Competing claims side by side, statements folded, grouped by what they compete on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from claims import dispute
from claims.models import Link
from claims.records import Basis, Extent, Relation, Stance
from claims.views.said import Said
from claims.views.scene import Scene

AT_FIRST = 20
OPEN = 3


class Side(NamedTuple):
    """One of two competing claims, with how it answers, and whether its reliability is doubted."""

    said: Said
    answers: list[str]
    undercut: bool


class Clash(NamedTuple):
    """Two statements that compete; they stand for `pairs` pairs of claims."""

    one: Side
    other: Side
    why: str
    pairs: int


class Group(NamedTuple):
    """The clashes on one question; None for links that no question covers."""

    question: Any
    clashes: list[Clash]

    @property
    def parts(self) -> list[list[Clash]]:
        """The first, which stand open, and the rest, if there is any."""
        return [part for part in (self.clashes[:OPEN], self.clashes[OPEN:]) if part]


class Groups(NamedTuple):
    """What is shown of all clashes, and how many there are."""

    groups: list[Group]
    shown: int
    total: int


def competing(scene: Scene, *, everything: bool) -> Groups:
    """The clashes of `scene`: the first twenty, or all of them."""
    folded = [
        (question, _folded(scene, scene.result.questions[question.pk].pairs))
        for question in scene.questions
    ]
    folded.append((None, _folded(scene, scene.result.unfiled.pairs)))
    total = sum(len(pairs) for _, pairs in folded)
    left = total if everything else AT_FIRST
    groups = []
    for question, pairs in folded:
        taken = list(pairs.items())[: max(left, 0)]
        left -= len(taken)
        if taken:
            groups.append(Group(question, [_clash(scene, question, *pair) for pair in taken]))
    return Groups(groups, sum(len(group.clashes) for group in groups), total)


def _folded(
    scene: Scene, pairs: Iterable[dispute.Pair]
) -> dict[tuple[int, int], list[dispute.Pair]]:
    """The pairs of claims by the two statements that they belong to."""
    found: dict[tuple[int, int], list[dispute.Pair]] = {}
    for one, other in pairs:
        roots = sorted((scene.statement(one), scene.statement(other)))
        found.setdefault((roots[0], roots[1]), []).append((one, other))
    return found


def _clash(scene: Scene, question: Any, roots: tuple[int, int], pairs: list[dispute.Pair]) -> Clash:
    links = _between(scene, pairs)
    linked = {frozenset((link.from_claim_id, link.to_claim_id)) for link in links}
    # A pair that a person linked says most; else the one nearest to who said it first.
    one, other = min(
        pairs, key=lambda pair: (frozenset(pair) not in linked, not set(pair) & set(roots), pair)
    )
    return Clash(
        _side(scene, question, one),
        _side(scene, question, other),
        " · ".join(dict.fromkeys(_reason(scene, link) for link in links))
        or ("one holds what the other rejects" if _rejects(scene, question, one, other) else "")
        or "different answers",
        len(pairs),
    )


def _between(scene: Scene, pairs: list[dispute.Pair]) -> list[Link]:
    wanted = {frozenset(pair) for pair in pairs}
    opposing = (Relation.CONTRADICTS, Relation.DENIES)
    return [
        link
        for link in scene.links
        if link.relation in opposing and frozenset((link.from_claim_id, link.to_claim_id)) in wanted
    ]


def _reason(scene: Scene, link: Link) -> str:
    if link.relation == Relation.CONTRADICTS:
        return f"contradicts: {Basis(link.basis).label}" if link.basis else "contradicts"
    one, other = scene.claims[link.from_claim_id], scene.claims[link.to_claim_id]
    return f"{one.who} explicitly rejects what {other.who} says"


def _filings(scene: Scene, question: Any, claim: int) -> list[tuple[str, Any]]:
    texts = {answer.pk: answer.text for answer in question.answers} if question else {}
    return [(texts[f.position_id], f) for f in scene.filed.get(claim, []) if f.position_id in texts]


def _rejects(scene: Scene, question: Any, one: int, other: int) -> bool:
    stances = {
        (filing.position_id, filing.stance)
        for claim in (one, other)
        for _, filing in _filings(scene, question, claim)
        if filing.extent == Extent.FULLY
    }
    return any(
        (position, Stance.REJECTS.value) in stances
        for position, stance in stances
        if stance == Stance.HOLDS
    )


def _side(scene: Scene, question: Any, claim: int) -> Side:
    answers = []
    for text, filing in _filings(scene, question, claim):
        told = f"rejects: {text}" if filing.stance == Stance.REJECTS else text
        answers.append(f"{told} (in part)" if filing.extent == Extent.IN_PART else told)
    return Side(scene.claims[claim], answers, claim in scene.undercut)
