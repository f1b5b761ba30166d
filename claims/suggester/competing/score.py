"""Signs as one number to sort by, and as the link that a person might make of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import log, prod

from claims.records import Basis, ClaimKind, Polarity, Relation
from claims.suggester.competing.events import one_place
from claims.suggester.competing.reading import Feature, read
from claims.suggester.competing.remarks import remark
from claims.suggester.competing.shapes import Sign, Statement
from claims.suggester.competing.signs import Weights, likeness, signs

LEAST = 0.3
"""Below this nothing is shown."""
_AS_IF = 20
_NEAR = dt.timedelta(days=1)
_FARTHEST = dt.timedelta(days=7)


@dataclass(frozen=True)
class Proposal:
    """That two claims may bear on each other. `score` is from 0 to 1, and only sorts.

    `relation` and `basis` are what a link would say; with `reverse` it goes from the other claim
    to the one in hand. `reasons` are in words, the strongest first.
    """

    id: int
    score: float
    relation: Relation
    basis: Basis | None
    reverse: bool
    reasons: tuple[str, ...]

    @property
    def competes(self) -> bool:
        """Whether it is proposed as competing, not as saying the same or as a remark on it."""
        return self.relation in (Relation.CONTRADICTS, Relation.DENIES, Relation.SUPERSEDES)

    @property
    def same(self) -> bool:
        """Whether it is proposed as saying the same."""
        return self.relation in (Relation.CORROBORATES, Relation.RESTATES)

    @property
    def why(self) -> str:
        """All of the reasons as one line."""
        return "; ".join(self.reasons)


def weights(statements: Iterable[Statement]) -> Weights:
    """How much each word and concept tells among these claims: what all of them have, little."""
    counted: Counter[Feature] = Counter()
    size = 0
    for one in statements:
        counted.update(read(one.words, one.language).features)
        size += 1
    # As if others had been counted too: of two claims, what both have is no common word yet.
    size += _AS_IF
    most = log(size)
    return Weights({feature: log(size / (1 + count)) / most for feature, count in counted.items()})


def rank(one: Statement, others: Sequence[Statement], most: int = 3) -> list[Proposal]:
    """The claims among `others` that `one` may compete with or repeat, the likeliest first."""
    known = weights((one, *others))
    found = [compare(one, other, known) for other in others if other.id != one.id]
    shown = [proposal for proposal in found if proposal and proposal.score >= LEAST]
    return _mixed(sorted(shown, key=lambda p: (-p.score, p.id)))[:most]


def _mixed(found: list[Proposal]) -> list[Proposal]:
    """The best of what competes and the best of what says the same ahead, then all others."""
    firsts = {p.same: p for p in reversed(found)}
    ahead = sorted(firsts.values(), key=found.index)
    return [*ahead, *(p for p in found if p not in ahead)]


def compare(one: Statement, other: Statement, known: Weights) -> Proposal | None:
    """How `other` may bear on `one`; None where nothing speaks for it."""
    alike = likeness(read(one.words, one.language), read(other.words, other.language), known)
    where, nearness = _context(one, other)
    if ClaimKind.FACTUAL in (one.kind, other.kind) and (found := remark(one, other)):
        sign, relation, reverse = found
        return Proposal(
            other.id, sign.weight * nearness, relation, None, reverse, (where, sign.told)
        )
    if one.kind is not other.kind:
        return None
    if one.kind is not ClaimKind.FACTUAL:
        return _repeated(one, other, alike, (where, nearness))
    return _facts(one, other, list(signs(one, other, alike)), alike, (where, nearness))


def _facts(
    one: Statement, other: Statement, found: list[Sign], alike: float, context: tuple[str, float]
) -> Proposal | None:
    own = one.origin == other.origin != 0
    if own and one.said == other.said:
        # What a source said on one day it said once: the outlets differ, not the source.
        found = [replace(sign, basis=None, weight=0.6 * sign.weight) for sign in found]
        found.append(Sign("the same source on the same day", min(0.5, 2 * alike)))
    against = [sign for sign in found if sign.basis]
    same = [sign for sign in found if not sign.basis]
    conflict, agreement = _joined(against), _joined(same)
    if not max(conflict, agreement):
        return None
    opposed = conflict >= agreement * 0.9
    shown = sorted(against if opposed else same, key=lambda sign: -sign.weight)
    strength = max(conflict, agreement) * (0.75 + 0.25 * min(1.0, 2 * alike))
    if own and one.article == other.article:
        strength *= 0.6
    relation, basis, reverse = _as_link(one, other, shown, opposed=opposed, own=own)
    where, nearness = context
    reasons = (where, *dict.fromkeys(sign.told for sign in shown[:3]))
    return Proposal(other.id, strength * nearness, relation, basis, reverse, reasons)


def _as_link(
    one: Statement, other: Statement, shown: list[Sign], *, opposed: bool, own: bool
) -> tuple[Relation, Basis | None, bool]:
    later = _later(one, other)
    if not opposed:
        relation = Relation.RESTATES if own else Relation.CORROBORATES
        return relation, None, own and not later
    if own:
        return Relation.SUPERSEDES, None, not later
    if any(sign.rejects for sign in shown) and _rejects(one) != _rejects(other):
        return Relation.DENIES, None, _rejects(other)
    return Relation.CONTRADICTS, shown[0].basis, False


def _rejects(one: Statement) -> bool:
    return one.polarity is Polarity.DENIES or any(not answer.holds for answer in one.answers)


def _later(one: Statement, other: Statement) -> bool:
    """Whether `one` was said, or else recorded, after the other."""
    if one.said and other.said and one.said != other.said:
        return one.said > other.said
    return one.id > other.id


def _repeated(
    one: Statement, other: Statement, alike: float, context: tuple[str, float]
) -> Proposal | None:
    """Two demands, or two opinions: the same one, or nothing."""
    own = one.origin == other.origin != 0
    weight = min(0.95, alike * 1.5 + (0.3 if own else 0.0))
    if own and one.article == other.article:
        return None
    reasons = (context[0], "the same demand" if one.kind is ClaimKind.DEMAND else "the same view")
    relation = Relation.RESTATES if own else Relation.RESPONDS_TO
    reverse = not _later(one, other)
    return Proposal(other.id, weight * context[1], relation, None, reverse, reasons)


def _joined(found: Iterable[Sign]) -> float:
    """Signs together: each takes its share of what the others left open."""
    return 1 - prod(1 - sign.weight for sign in found)


def _context(one: Statement, other: Statement) -> tuple[str, float]:
    """What the two have in common beside their words, and how much it counts."""
    if one.incident and one.incident == other.incident:
        return "same incident", 1.0
    days = abs(one.day - other.day) if one.day and other.day else None
    if days is not None and days <= _NEAR and one_place(one.place, other.place):
        return "same place and day", 0.9
    if one.incident and other.incident:
        return "another incident", 0.25
    if days is not None and days <= _FARTHEST:
        return "at about the same time", 0.75
    return "perhaps the same event", 0.5 if days is None else 0.2
