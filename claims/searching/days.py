"""Days as words of the index: each stands there as day, month, year, decade and century."""

from __future__ import annotations

import datetime as dt


def number(day: dt.date) -> int:
    """8 December 2016 as 20161208, from which the database makes the words."""
    return day.year * 10_000 + day.month * 100 + day.day


def covering(since: dt.date, until: dt.date) -> list[str]:
    """The fewest words that together mean each day from `since` to `until`, and no other.

    `d20161208` is a day, `m201612` a month, `y2016` a year, `e201` a decade, `c20` a century
    (2000 to 2099). Fewer than 220, for any two days; none where they are the wrong way
    round.
    """
    found = []
    day = since
    while day <= until:
        # The last of the spans is the day itself, which always fits.
        letter, end, name = next(span for span in _spans(day) if span[1] <= until)
        found.append(f"{letter}{name}")
        if end == dt.date.max:
            break
        day = end + dt.timedelta(days=1)
    return found


def _spans(day: dt.date) -> list[tuple[str, dt.date, int]]:
    """The spans that begin on `day`, the longest first: letter, last day, name."""
    spans = [("d", day, number(day))]
    if day.day == 1:
        spans.append(("m", _last_of_month(day), day.year * 100 + day.month))
    if (day.month, day.day) == (1, 1):
        spans.append(("y", dt.date(day.year, 12, 31), day.year))
        for letter, years in (("e", 10), ("c", 100)):
            # The first decade and century of the calendar lack their year 0.
            if day.year % years == 0 or day.year == dt.date.min.year:
                name = day.year // years
                spans.append((letter, dt.date(name * years + years - 1, 12, 31), name))
    return spans[::-1]


def _last_of_month(day: dt.date) -> dt.date:
    if day.month == 12:  # noqa: PLR2004 - December
        return dt.date(day.year, 12, 31)
    return dt.date(day.year, day.month + 1, 1) - dt.timedelta(days=1)
