"""Statements in time, drawn: a lane for each original source, on a scale of days."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from claims.dispute import Originator
from claims.views import days
from claims.views.scene import Scene
from claims.views.spoken import Told, When, days_in_words
from claims.views.strips import Scale

MOST_LANES = 12


class Mark(NamedTuple):
    """In a lane: `said` or `by` (from `start` to `end`), or `published` (at `start`)."""

    kind: str
    start: str
    end: str

    @property
    def is_point(self) -> bool:
        return self.start == self.end


class Lane(NamedTuple):
    """What one original source said, on the scale of days; `told` is the lane in words."""

    name: str
    css: str
    marks: list[Mark]
    told: str


class Chart(NamedTuple):
    """The event (where, how wide), and a lane for each of the first sources; `others` have none."""

    scale: Scale
    event: tuple[str, str] | None
    lanes: list[Lane]
    others: int


def chart(
    scene: Scene,
    groups: Mapping[tuple[When, Originator], list[Told]],
    event: tuple[float, float] | None,
) -> Chart | None:
    """A lane for each original source with a date, in the order in which they spoke."""
    by_source: dict[Originator, list[Told]] = defaultdict(list)
    for (when, originator), told in groups.items():
        if when.last:
            by_source[originator] += told
    dates = [day for told in by_source.values() for one in told for day in _dates(one)]
    on = days.scale([*(event or ()), *(day.toordinal() + 0.5 for day in dates)])
    if on is None or not by_source:
        return None
    order = sorted(
        by_source, key=lambda originator: min(one.when.place() for one in by_source[originator])
    )
    lanes = [_lane(scene, originator, by_source[originator], on) for originator in order]
    band = (on.at(event[0]), on.wide(*event)) if event else None
    return Chart(on, band, lanes[:MOST_LANES], len(lanes[MOST_LANES:]))


def _dates(told: Told) -> list[dt.date]:
    return [day for day in (told.when.first, told.when.last) if day] + told.published


def _lane(scene: Scene, originator: Originator, told: list[Told], on: Scale) -> Lane:
    source = scene.originators[originator.source]
    marks = {mark: None for one in told for mark in _marks(one, on)}
    words = dict.fromkeys(_in_words(one) for one in sorted(told, key=lambda one: one.when.place()))
    css = f"s{source.side.color if source.side else 0}"
    return Lane(source.name, css, list(marks), f"{source.name}: {'; '.join(words)}")


def _in_words(told: Told) -> str:
    first, last, _ = told.when
    if first and last:
        words = f"said {days_in_words(first, last)}"
        return words + (f", published {told.printed}" if told.printed else "")
    printed = days_in_words(told.published[0], told.published[-1])
    return f"published {printed}, said on a day that is not stated"


def _marks(told: Told, on: Scale) -> Iterable[Mark]:
    """A day is as wide as a day; it is marked at its middle."""
    for day in told.published:
        yield Mark("published", middle := on.at(day.toordinal() + 0.5), middle)
    first, last, stated = told.when
    if not last:
        return
    end = on.at(last.toordinal() + 0.5)
    if not stated:
        yield Mark("by", "0%", end)
    elif first and first != last:
        yield Mark("said", on.at(first.toordinal()), on.at(last.toordinal() + 1))
    else:
        yield Mark("said", end, end)
