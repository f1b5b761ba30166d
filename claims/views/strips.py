"""Numbers as strips on a common scale: where each mark stands, in per cent of the width.

Pure geometry. Per cent rather than units of a view box: the drawing takes any width, and neither
text nor marks shrink with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

FIRST, LAST = 2.5, 97.5
"""Where the scale begins and ends: a mark on either end is whole."""
NARROWEST = 0.4
MOST_TICKS = 5
ROOM = 0.92
"""An open end that begins beyond this share of the scale would have no room for its arrow."""

Bounds = tuple[int | None, int | None]
"""Low and high; None is an open end, and two of them are no number."""


class Tick(NamedTuple):
    """A line of the scale."""

    x: str
    label: str


class Scale(NamedTuple):
    """From `start` to `end`, with the lines between; `end` is above `start`."""

    start: float
    end: float
    ticks: list[Tick]

    def at(self, value: float) -> str:
        """Where `value` stands; what lies outside stands at the edge."""
        return percent(self._place(value))

    def wide(self, start: float, end: float) -> str:
        """How wide it is from `start` to `end`: never too narrow to be seen."""
        return percent(max(self._place(end) - self._place(start), NARROWEST))

    def _place(self, value: float) -> float:
        share = (value - self.start) / (self.end - self.start)
        return FIRST + (LAST - FIRST) * min(max(share, 0), 1)


class Strip(NamedTuple):
    """One range. An end that is open has no mark: its line goes on to the edge of the drawing."""

    start: str
    end: str
    open_low: bool
    open_high: bool

    @property
    def is_point(self) -> bool:
        return self.start == self.end and not self.open_low and not self.open_high


def percent(value: float) -> str:
    """As an attribute of SVG has it: "12.5%"."""
    return f"{round(value, 2):g}%"


def scale(numbers: Iterable[Bounds]) -> Scale:
    """From 0 to a round number that has room for all of them, and for the arrows of open ends."""
    highest, needed = 0, 1.0
    for low, high in numbers:
        highest = max(highest, low or 0, high or 0)
        needed = max(needed, highest, (low or 0) / ROOM if high is None else 0)
    step = _step(needed)
    end = step * -(-needed // step)
    ticks = range(0, int(end) + 1, step)
    plain = Scale(0, end, [])
    return plain._replace(ticks=[Tick(plain.at(tick), f"{tick:,}") for tick in ticks])


def _step(most: float) -> int:
    """1, 2 or 5 times a power of ten, so that few lines reach `most`."""
    power = 1
    while True:
        for factor in (1, 2, 5):
            if most <= factor * power * MOST_TICKS:
                return factor * power
        power *= 10


def strip(low: int | None, high: int | None, on: Scale) -> Strip | None:
    """`low` to `high` on a scale; None where neither end is known."""
    if low is None and high is None:
        return None
    return Strip(
        "0%" if low is None else on.at(low),
        "100%" if high is None else on.at(high),
        low is None,
        high is None,
    )
