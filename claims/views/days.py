"""Days on a scale: from the event to the last publication, with few lines between."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable

from claims.records import TimePrecision
from claims.views.strips import Scale, Tick

MOST_TICKS = 7
STEPS = (1, 2, 7, 14)
"""Days between two lines, where that is enough."""
MOST_YEARS_OF_MONTHS = 3


def number(moment: dt.datetime) -> float:
    """A moment (UTC) as days since the year 1."""
    moment = moment.astimezone(dt.UTC)
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return moment.toordinal() + (moment - midnight) / dt.timedelta(days=1)


def event(
    start: dt.datetime | None, end: dt.datetime | None, precision: TimePrecision
) -> tuple[float, float] | None:
    """When it happened, as wide as its precision: "December 2016" is the whole month."""
    start = start or end
    if start is None or precision == TimePrecision.UNKNOWN:
        return None
    last = (end or start).astimezone(dt.UTC)
    first = start.astimezone(dt.UTC)
    match precision:
        case TimePrecision.MINUTE:
            return number(first), number(last)
        case TimePrecision.HOUR:
            return number(first.replace(minute=0)), number(last.replace(minute=0)) + 1 / 24
        case TimePrecision.DAY:
            return first.toordinal(), last.toordinal() + 1
        case TimePrecision.MONTH:
            days = calendar.monthrange(last.year, last.month)[1]
            return first.replace(day=1).toordinal(), last.replace(day=days).toordinal() + 1
    return dt.date(first.year, 1, 1).toordinal(), dt.date(last.year, 12, 31).toordinal() + 1


def scale(values: Iterable[float]) -> Scale | None:
    """From the day of the first to the end of the day of the last; None without any."""
    every = sorted(values)
    if not every:
        return None
    first, last = int(every[0]), max(int(every[-1] - 1e-9), int(every[0]))
    plain = Scale(first, last + 1, [])
    ticks = [Tick(plain.at(at), label) for at, label in _ticks(first, last)]
    return plain._replace(ticks=ticks)


def _ticks(first: int, last: int) -> list[tuple[int, str]]:
    """The beginnings of days, weeks, months or years, named."""
    length = last - first + 1
    for step in STEPS:
        if length <= step * MOST_TICKS:
            days = [dt.date.fromordinal(at) for at in range(first, last + 1, step)]
            # The year is said once, where the scale begins.
            return [
                (day.toordinal(), f"{day.day} {day:%b}" + ("" if place else f" {day.year}"))
                for place, day in enumerate(days)
            ]
    years = range(dt.date.fromordinal(first).year, dt.date.fromordinal(last).year + 1)
    months = len(years) <= MOST_YEARS_OF_MONTHS
    firsts = [dt.date(year, month, 1) for year in years for month in range(1, 13 if months else 2)]
    seen = [day for day in firsts if first <= day.toordinal() <= last]
    return [
        (day.toordinal(), f"{day:%b %Y}" if months else str(day.year))
        for day in seen[:: -(-len(seen) // MOST_TICKS)]
    ]
