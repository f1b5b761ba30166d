"""The day on which something happened, as far as the words of a claim say."""

from __future__ import annotations

import re
from datetime import date

from claims.suggester.lexicon import Lexicon, lexicon
from claims.suggester.said import resolve
from claims.suggester.times import time_phrases


def event_day(
    text: str, start: int, end: int, published_on: date | None, said_from: date | None, tag: str
) -> date | None:
    """The one day that the content `text[start:end]` (code points) names for what it tells of.

    "The previous day" counts from `said_from`, the statement's own date; a weekday or a date from
    `published_on`. None where the words name no day, several, or one that can't be counted.
    """
    words = lexicon(tag or None, text)
    if words is None:
        return None
    days = set()
    for first, last in [*_counted(text, start, end, words), *time_phrases(text, start, end, words)]:
        found = resolve(text[first:last], published_on, said_from, words.code)
        days |= set(found.event_on or filter(None, (found.said_from, found.said_to)))
    return days.pop() if len(days) == 1 else None


def _counted(text: str, start: int, end: int, words: Lexicon) -> list[tuple[int, int]]:
    either = "|".join(words.any_of("time", key) for key in ("previous_day", "next_day"))
    pattern = re.compile(rf"(?<!\w)(?i:{either})(?!\w)")
    return [match.span() for match in pattern.finditer(text, start, end)]
