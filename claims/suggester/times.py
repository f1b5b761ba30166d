"""Where a text speaks of a day: "late Wednesday", "on 8 December", "last week".

Finding only; `said.py` says which day it is. Words that date an event from the statement
("the previous day") are not found here: they do not date the statement.
"""

from __future__ import annotations

import re
from functools import cache

from claims.suggester.lexicon import Lexicon, alternation, load, split

_NAMED_DAYS = (
    "today",
    "yesterday",
    "day_before_yesterday",
    "this_week",
    "last_week",
    "this_month",
    "last_month",
    "this_year",
    "last_year",
)


def names(words: Lexicon, key: str) -> dict[str, int]:
    """`casefolded name -> position` for `weekdays` (0 = Monday) or `months` (0 = January)."""
    rows = words.table("time").get(key, [])
    return {name.casefold(): at for at, row in enumerate(rows) for name in split(row)}


@cache
def phrase_pattern(code: str) -> str:
    """A pattern for one time expression of a language that has a data file."""
    words = load(code)
    rows = words.table("time")
    weekday = alternation(tuple(n for row in rows["weekdays"] for n in split(row)))
    month = alternation(tuple(n for row in rows["months"] for n in split(row)))
    ordinal = words.any_of("time", "ordinals")
    filler = words.any_of("time", "fillers")
    last = words.any_of("time", "last")
    day = rf"\d{{1,2}}(?:{ordinal})?"
    year = r"(?:,?\s+\d{4})?"
    date = rf"(?:{day}\s+(?:of\s+)?{month}\.?{year}|{month}\.?\s+{day}{year}|\d{{4}}-\d\d-\d\d)"
    month_only = rf"{words.any_of('time', 'month_after')}\s+{month}(?:\s+\d{{4}})?"
    named = "|".join(f"(?i:{words.any_of('time', key)})" for key in _NAMED_DAYS)
    day_named = rf"(?:{last}\s+)?{weekday}(?:\s+{last})?"
    core = rf"(?:{weekday},?\s+{date}|{date}|{day_named}|{month_only}|{named})"
    return rf"(?<!\w)(?:(?i:{filler})\s+){{0,3}}{core}(?:\s+{filler}){{0,2}}(?!\w)"


@cache
def _phrase(code: str) -> re.Pattern[str]:
    return re.compile(phrase_pattern(code))


def time_phrases(text: str, start: int, end: int, words: Lexicon) -> list[tuple[int, int]]:
    """The time expressions within `text[start:end]`, in order, as offsets of the whole text."""
    return [match.span() for match in _phrase(words.code).finditer(text, start, end)]
