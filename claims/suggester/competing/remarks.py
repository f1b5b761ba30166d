"""Claims on other claims: what answers one, or doubts it."""

from __future__ import annotations

from claims.records import ClaimKind, Relation
from claims.suggester.competing.reading import read
from claims.suggester.competing.shapes import Sign, Statement
from claims.suggester.competing.signs import Weights, likeness
from claims.suggester.competing.vocabulary import tokens

_UNWEIGHTED = Weights({})
_BESIDE = 400
"""So many code points before it stands what an opinion is about."""


def remark(one: Statement, other: Statement) -> tuple[Sign, Relation, bool] | None:
    """How either of two claims remarks on the other; True where the other is the remark.

    An opinion, a demand, or a fact on whether something can be believed remarks on whom it names,
    on what stands right before it, or on what its paragraph is about.
    """
    ways = [(_on(one, other), False), (_on(other, one), True)]
    found = [(way[0], way[1], reverse) for way, reverse in ways if way]
    return max(found, key=lambda way: way[0].weight) if found else None


def _on(one: Statement, other: Statement) -> tuple[Sign, Relation] | None:
    doubts = read(one.words, one.language).doubts
    if (one.kind is ClaimKind.FACTUAL and not doubts) or one.origin == other.origin:
        return None
    weight, told = 0.0, []
    if _names(one.words, other):
        weight, told = 0.5, [f"it names {other.names[0]}"]
    elif _names(one.around, other):
        weight, told = 0.15, [f"its paragraph names {other.names[0]}"]
    if one.article == other.article and 0 < one.start - other.start < _BESIDE:
        nearness = 1 - (one.start - other.start) / _BESIDE
        weight, told = weight + 0.3 * nearness, [*told, "it stands right after it"]
    if other.accused and other.accused in (one.source, one.origin):
        weight, told = weight + 0.15, [*told, "it answers an accusation"]
    if not told:
        return None
    around = read(one.around or one.words, one.language)
    alike = likeness(around, read(other.words, other.language), _UNWEIGHTED)
    relation = Relation.UNDERCUTS if doubts else Relation.RESPONDS_TO
    return Sign("; ".join(told), min(0.9, weight + alike), None), relation


def _names(text: str, source: Statement) -> bool:
    words = f" {' '.join(tokens(text))} "
    return any(f" {' '.join(tokens(name))} " in words for name in source.names if name)
