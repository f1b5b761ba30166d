"""Statements in time: who said what when, against the event and the publication."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from claims.records import TimePrecision
from claims.records.dates import day as in_words
from claims.records.dates import span
from claims.views import days
from claims.views.lanes import Chart, chart
from claims.views.scene import Scene
from claims.views.spoken import Told, When, days_in_words, spoken

AT_FIRST = 12
DAILY = (TimePrecision.MINUTE, TimePrecision.HOUR, TimePrecision.DAY)


class Entry(NamedTuple):
    """What one source said at one time; without `told`, the event itself."""

    when: str
    note: str
    after: str
    told: list[Told]


class Timeline(NamedTuple):
    """The first entries, and the rest, which is folded away."""

    chart: Chart | None
    first: list[Entry]
    rest: list[Entry]


def timeline(scene: Scene) -> Timeline:
    """All that stands, by the day it was said on, else by the first publication."""
    groups = spoken(scene)
    event = _event(scene)
    entries = [
        (when.place(), _entry(scene, when, told, event)) for (when, _), told in groups.items()
    ]
    if event:
        when_words = span(
            scene.incident.occurred_from,
            scene.incident.occurred_to,
            TimePrecision(scene.incident.precision),
        )
        at = dt.date.fromordinal(int(event[0]))
        entries.append(((at, -1, at), Entry(when_words, "the event", "", [])))
    entries.sort(key=lambda entry: entry[0])
    found = [entry for _, entry in entries]
    return Timeline(chart(scene, groups, event), found[:AT_FIRST], found[AT_FIRST:])


def _event(scene: Scene) -> tuple[float, float] | None:
    incident = scene.incident
    return days.event(
        incident.occurred_from, incident.occurred_to, TimePrecision(incident.precision)
    )


def _entry(scene: Scene, when: When, told: list[Told], event: tuple[float, float] | None) -> Entry:
    if when.last is None:
        return Entry("date not known", "", "", told)
    if not when.first:
        return Entry(in_words(when.last), "published", "", told)
    words = days_in_words(when.first, when.last)
    precise = scene.incident.precision in DAILY
    return Entry(words, "", _after(when, event) if event and precise else "", told)


def _after(when: When, event: tuple[float, float]) -> str:
    """How long after the event it was said, where one day is meant."""
    if not when.first or when.first != when.last:
        return ""
    day, begins = when.first.toordinal(), int(event[0])
    ends = max(int(event[1] - 1e-6), begins)
    if begins <= day <= ends:
        return "the same day" if begins == ends else ""
    if day < begins:
        return "before the event"
    return "the day after" if day == ends + 1 else f"{day - ends} days after"
