"""When each statement was said, and when the articles that carry it were published."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from claims.dispute import Originator
from claims.records import TimePrecision
from claims.records.dates import span
from claims.views.said import Said
from claims.views.scene import Scene


class When(NamedTuple):
    """When a statement was said, first day to last; or, if no report says so, by when it was."""

    first: dt.date | None
    last: dt.date | None
    stated: bool

    def place(self) -> tuple[dt.date, int, dt.date]:
        """By the first day, what was published by then after what was said; no date at all last."""
        last = self.last or dt.date.max
        return self.first or last, int(not self.stated), last


class Told(NamedTuple):
    """One statement, in how many articles it stands, and when these were published."""

    said: Said
    when: When
    articles: int
    published: list[dt.date]

    @property
    def printed(self) -> str:
        """The publication, where it is another day than the statement's."""
        if not self.when.stated or not self.published or self.published == [self.when.last]:
            return ""
        return days_in_words(self.published[0], self.published[-1])


def days_in_words(first: dt.date, last: dt.date) -> str:
    """As "8 December 2016", or "8 to 9 December 2016"."""
    start, end = (dt.datetime.combine(day, dt.time(), dt.UTC) for day in (first, last))
    return span(start, end, TimePrecision.DAY)


def spoken(scene: Scene) -> dict[tuple[When, Originator], list[Told]]:
    """All that stands, fact or not: what one source said at one time, repeats folded."""
    statements: dict[int, list[Said]] = defaultdict(list)
    for one in scene.opinions:
        statements[scene.statement(one.claim.pk)].append(one)
    groups: dict[tuple[When, Originator], list[Told]] = defaultdict(list)
    for root, cards in [*scene.by_statement.items(), *statements.items()]:
        told = _told(cards)
        groups[told.when, scene.originator(root)].append(told)
    return groups


def _told(cards: list[Said]) -> Told:
    published = sorted(
        {one.claim.article.published_on for one in cards if one.claim.article.published_on}
    )
    articles = len({one.claim.article_id for one in cards})
    return Told(cards[0], _when(cards, published), articles, published)


def _when(cards: Iterable[Said], published: list[dt.date]) -> When:
    """As the earliest report of when it was said has it."""
    said = [one.claim for one in cards if one.claim.said_from]
    if said:
        first = min(said, key=lambda claim: (claim.said_from, claim.said_to or claim.said_from))
        return When(first.said_from, first.said_to or first.said_from, stated=True)
    return When(None, published[0] if published else None, stated=False)
