"""Chances that are true: of what is shown as 90 % sure, nine in ten are right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_ROUNDS = 60
_LONGEST_STEP = 0.25  # a longer one may lead past the best line, and back
_BELIEF = 1.0  # in a slope of 1: a few cases must not turn what is said around
_WEIGHT = 1e-3  # keeps the offset finite where all is right
_SURE = 1e-6


@dataclass(frozen=True)
class Scale:
    """A straight line over the odds (Platt): what a tagger says, and what that has been worth."""

    slope: float = 1.0
    offset: float = 0.0

    def __call__(self, chance: float) -> float:
        """The true chance for one that the tagger says, 0 to 1."""
        return _chance(self.slope * _odds(chance) + self.offset)


def scale(said: Sequence[float], right: Sequence[bool]) -> Scale:
    """The line that fits what was said to what was right; Newton's method.

    Left as it is where it would turn around what was said: that is for want of cases.
    """
    if not said:
        return Scale()
    odds = [_odds(one) for one in said]
    slope, offset = 1.0, 0.0
    for _ in range(_ROUNDS):
        a = b = 0.0
        aa, ab, bb = _BELIEF, 0.0, _WEIGHT
        for odd, good in zip(odds, right, strict=True):
            chance = _chance(slope * odd + offset)
            less = chance - good
            weight = chance * (1.0 - chance)
            a += less * odd
            b += less
            aa += weight * odd * odd
            ab += weight * odd
            bb += weight
        a += _BELIEF * (slope - 1.0)
        b += _WEIGHT * offset
        whole = aa * bb - ab * ab
        step = ((bb * a - ab * b) / whole, (aa * b - ab * a) / whole)
        slope, offset = slope - _bounded(step[0]), offset - _bounded(step[1])
    return Scale(slope, offset) if slope > 0.0 else Scale()


def best_threshold(said: Sequence[float], right: Sequence[bool], there: int) -> float:
    """From which chance on to take what was said, for the highest F1 of what is there."""
    best, threshold = 0.0, 0.5
    good = 0
    for taken, (chance, one) in enumerate(
        sorted(zip(said, right, strict=True), key=lambda pair: -pair[0]), start=1
    ):
        good += one
        f1 = 2 * good / (taken + there)
        if f1 > best:
            best, threshold = f1, chance
    return threshold


def _odds(chance: float) -> float:
    return math.log(max(chance, _SURE) / max(1.0 - chance, _SURE))


def _chance(odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))


def _bounded(step: float) -> float:
    return max(-_LONGEST_STEP, min(_LONGEST_STEP, step))
