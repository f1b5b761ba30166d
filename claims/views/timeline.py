"""Statements in time: who said what when, beside the day of the event."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from claims.records import TimePrecision
from claims.records.dates import day as in_words
from claims.records.dates import span
from claims.views.said import Said
from claims.views.scene import Scene

AT_FIRST = 30


class Told(NamedTuple):
    """One statement of an entry, and in how many articles it stands."""

    said: Said
    articles: int


class Entry(NamedTuple):
    """What one source said on one day; without `told`, the event itself."""

    when: str
    note: str
    told: list[Told]


class Timeline(NamedTuple):
    """The first entries, and the rest, which is folded away."""

    first: list[Entry]
    rest: list[Entry]


def timeline(scene: Scene) -> Timeline:
    """All that stands, by the day it was said on, else by the first publication."""
    groups: dict[tuple[dt.date, bool, object], list[Told]] = defaultdict(list)
    statements: dict[int, list[Said]] = defaultdict(list)
    for one in scene.opinions:
        statements[scene.statement(one.claim.pk)].append(one)
    for root, cards in [*scene.by_statement.items(), *statements.items()]:
        day, said_so = _day(cards)
        articles = len({one.claim.article_id for one in cards})
        key = (day, not said_so, scene.originator(root))
        groups[key].append(Told(cards[0], articles))
    entries = [((key[0], 1), _entry(key[0], not key[1], told)) for key, told in groups.items()]
    start, precision = scene.incident.occurred_from, TimePrecision(scene.incident.precision)
    if start and precision != TimePrecision.UNKNOWN:
        when = span(start, scene.incident.occurred_to, precision)
        entries.append(((start.date(), 0), Entry(when, "the event", [])))
    entries.sort(key=lambda entry: entry[0])
    found = [entry for _, entry in entries]
    return Timeline(found[:AT_FIRST], found[AT_FIRST:])


def _day(cards: Iterable[Said]) -> tuple[dt.date, bool]:
    """The earliest day it was said on; else published on, and False; else the last of all days."""
    said = [one.claim.said_from for one in cards if one.claim.said_from]
    if said:
        return min(said), True
    published = [one.claim.article.published_on for one in cards]
    return min((day for day in published if day), default=dt.date.max), False


def _entry(day: dt.date, said_so: bool, told: list[Told]) -> Entry:
    if day == dt.date.max:
        return Entry("date not known", "", told)
    return Entry(in_words(day), "" if said_so else "published", told)
