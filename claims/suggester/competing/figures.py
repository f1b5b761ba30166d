"""Two numbers that can't both be so, or that agree."""

from __future__ import annotations

from collections.abc import Iterator

from claims.records import Basis, FigureStatus, Measure
from claims.suggester.competing.shapes import Number, Sign, Statement

_KINDS = {FigureStatus.CIVILIAN, FigureStatus.COMBATANT}
_SURE, _LIKELY, _MAYBE = 0.9, 0.75, 0.5
# Each counts some of what the next one counts: of fewer people in all, fewer can be of one kind.
_WITHIN = {
    Measure.KILLED: Measure.KILLED_OR_INJURED,
    Measure.INJURED: Measure.KILLED_OR_INJURED,
}


def signs(one: Statement, other: Statement) -> Iterator[Sign]:
    """Conflicts between the figures of two claims, else agreements."""
    pairs = [(a, b) for a in one.numbers for b in other.numbers]
    agreed = [sign for a, b in pairs if (sign := _agreement(a, b))]
    if agreed:
        yield from agreed
        return
    for a, b in pairs:
        sign = _conflict(a, b)
        # Who counts both the civilians and the fighters has no quarrel with who counts either.
        if sign and not (sign.basis is Basis.VICTIM and (_both(one, a) or _both(other, b))):
            yield sign


def _both(one: Statement, number: Number) -> bool:
    """Whether it tells civilians from fighters in what this number counts."""
    return {other.status for other in one.numbers if other.measure == number.measure} >= _KINDS


def _conflict(one: Number, other: Number) -> Sign | None:
    if one.subgroup.casefold() != other.subgroup.casefold():
        return None
    if one.part and other.part and one.part.casefold() != other.part.casefold():
        return None
    both = f"{one.told} against {other.told}"
    if {one.status, other.status} == _KINDS and one.measure == other.measure:
        same = one.low is not None and (one.low, one.high) == (other.low, other.high)
        return Sign(both, _SURE if same else _LIKELY, Basis.VICTIM)
    if one.measure == other.measure == Measure.OTHER and not _same_group(one, other):
        return None
    if not _comparable(one, other) or not _apart(one, other):
        return None
    if one.part != other.part or one.measure != other.measure:
        return Sign(both, _MAYBE, Basis.NUMBER)
    return Sign(both, _SURE if one.status == other.status else _LIKELY, Basis.NUMBER)


def _same_group(one: Number, other: Number) -> bool:
    return not one.group or not other.group or one.group.casefold() == other.group.casefold()


def _comparable(one: Number, other: Number) -> bool:
    """Whether both count the same people, or one all and the other some of them."""
    same = one.status == other.status or FigureStatus.UNKNOWN in (one.status, other.status)
    nested = other.measure in (one.measure, _WITHIN.get(one.measure))
    return same and (nested or one.measure == _WITHIN.get(other.measure))


def _apart(one: Number, other: Number) -> bool:
    """Whether no number is in both ranges; for some of all, only if the some are more."""
    if one.measure != other.measure:
        part, whole = (one, other) if other.measure == _WITHIN.get(one.measure) else (other, one)
        return part.low is not None and whole.high is not None and part.low > whole.high
    return (one.high is not None and other.low is not None and one.high < other.low) or (
        other.high is not None and one.low is not None and other.high < one.low
    )


def _agreement(one: Number, other: Number) -> Sign | None:
    if (one.measure, one.subgroup.casefold()) != (other.measure, other.subgroup.casefold()):
        return None
    if {one.status, other.status} == _KINDS or one.low is None is other.low:
        return None
    if one.measure is Measure.OTHER and not _same_group(one, other):
        return None
    if (one.low, one.high) == (other.low, other.high):
        return Sign(f"both {one.told}", _SURE if one.status == other.status else _LIKELY)
    return None
