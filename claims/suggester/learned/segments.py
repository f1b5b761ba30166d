"""Which stretches of a passage may be contents, by the chances of the second tagger."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from claims.suggester.learned.tags import AFTER, AROUND, BEFORE, LATER, Range

_LEAST_START = 0.05
_LEAST_END = 0.03
_LEAST_ON = 0.01
_LEAST = 0.01
_ENDS = 5
_MOST = 60
_LEAST_RUN = 0.15
_OF_PEAK = 0.4


class Seen(NamedTuple):
    """Chances of a word, by the second tagger.

    To begin a content, by the side of its reporting words; to go on with one; to report; to be
    part of who.
    """

    after: float
    before: float
    around: float
    later: float
    on: float
    cue: float
    source: float

    @property
    def begins(self) -> float:
        """The chance that a content begins here."""
        return self.after + self.before + self.around + self.later


GROUPS = (
    ("B" + AFTER,),
    ("B" + BEFORE,),
    ("B" + AROUND,),
    ("B" + LATER,),
    tuple("I" + side for side in (AFTER, BEFORE, AROUND, LATER)),
    ("Q",),
    ("S",),
)
"""The tags whose chances `Seen` holds, in its order."""


@dataclass(frozen=True)
class Segment:
    """The tokens `first` up to `last` (not included), and the chance that they are a content."""

    first: int
    last: int
    chance: float
    begins: float
    ends: float


def segments(seen: Sequence[Seen]) -> list[Segment]:
    """The likeliest contents, likeliest first. They lie over one another."""
    inside = [one.begins + one.on for one in seen]
    on = [one.on for one in seen] + [0.0]
    found = []
    for first, one in enumerate(seen):
        if one.begins < _LEAST_START:
            continue
        chance = one.begins
        ends = []
        for last in range(first, len(seen)):
            if last > first:
                chance *= min(1.0, on[last] / max(inside[last - 1], 1e-9))
            if chance < _LEAST_ON:
                break
            end = max(0.0, inside[last] - on[last + 1])
            if end >= _LEAST_END:
                whole = chance * min(1.0, end / max(inside[last], 1e-9))
                ends.append(Segment(first, last + 1, whole, one.begins, end))
        ends.sort(key=lambda segment: -segment.chance)
        found += [segment for segment in ends[:_ENDS] if segment.chance >= _LEAST]
    found.sort(key=lambda segment: -segment.chance)
    return found[:_MOST]


def along(seen: Sequence[Seen], first: int, last: int) -> Segment:
    """The tokens `first` up to `last` (not included) as a segment, however unlikely."""
    inside = [one.begins + one.on for one in seen[first:last]]
    chance = seen[first].begins
    for before, one in zip(inside, seen[first + 1 : last], strict=False):
        chance *= min(1.0, one.on / max(before, 1e-9))
    on = seen[last].on if last < len(seen) else 0.0
    end = max(0.0, inside[-1] - on)
    whole = chance * min(1.0, end / max(inside[-1], 1e-9))
    return Segment(first, last, whole, seen[first].begins, end)


def runs(chances: Sequence[float], least: float = _LEAST_RUN) -> list[tuple[Range, float]]:
    """Stretches of words that are each likely enough, with the highest chance in each.

    Much less likely words at their ends are left out.
    """
    found = []
    first = -1
    for at, chance in enumerate([*chances, 0.0]):
        if chance >= least and first < 0:
            first = at
        elif chance < least and first >= 0:
            peak = max(chances[first:at])
            inside = [one for one in range(first, at) if chances[one] >= _OF_PEAK * peak]
            found.append(((inside[0], inside[-1] + 1), peak))
            first = -1
    return found


def magnitude(chance: float) -> str:
    """A chance on the scale of its odds, in steps of two thirds."""
    odds = math.log(max(chance, 1e-6) / max(1.0 - chance, 1e-6))
    return str(round(1.5 * max(-6.0, min(6.0, odds))))
