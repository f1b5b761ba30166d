"""Dates in words: no reader has to know whether 07/12 is a month or a day."""

from __future__ import annotations

import datetime as dt

from claims.records.words import TimePrecision


def day(value: dt.date) -> str:
    """A day as "8 December 2016"."""
    return f"{value.day} {value:%B} {value.year}"


def moment(value: dt.datetime) -> str:
    """A moment as "8 December 2016, 09:55 UTC"."""
    value = value.astimezone(dt.UTC)
    return f"{day(value)}, {value:%H:%M} UTC"


def span(start: dt.datetime | None, end: dt.datetime | None, precision: TimePrecision) -> str:
    """From `start` to `end` (UTC, either may be missing) in words, cut to `precision`.

    >>> day = dt.datetime(2016, 12, 7, 9, tzinfo=dt.UTC)
    >>> span(day, day.replace(hour=9, minute=55), TimePrecision.MINUTE)
    '7 December 2016, 09:00 to 09:55 UTC'
    """
    if precision == TimePrecision.UNKNOWN:
        return "time not known"
    if not end:
        return _one(start.astimezone(dt.UTC), precision) if start else "time not known"
    if not start:
        return f"until {_one(end.astimezone(dt.UTC), precision)}"
    start, end = start.astimezone(dt.UTC), end.astimezone(dt.UTC)
    first, last = _one(start, precision), _one(end, precision)
    if first == last:
        return first
    if precision in (TimePrecision.MINUTE, TimePrecision.HOUR):
        until = last.removeprefix(f"{day(start)}, ")
        return f"{day(start)}, {start:%H:%M}{'' if until != last else ' UTC'} to {until}"
    # What both ends share is said once, at the end: "7 to 9 December 2016".
    ones, others = first.split(), last.split()
    while ones[-1:] == others[-1:]:
        ones.pop()
        others.pop()
    return f"{' '.join(ones)} to {last}"


def _one(value: dt.datetime, precision: TimePrecision) -> str:
    match precision:
        case TimePrecision.YEAR:
            return str(value.year)
        case TimePrecision.MONTH:
            return f"{value:%B} {value.year}"
        case TimePrecision.DAY:
            return day(value)
    return _clock(value, precision)


def _clock(value: dt.datetime, precision: TimePrecision) -> str:
    exactness = f", {precision.label}" if precision == TimePrecision.HOUR else ""
    return moment(value) + exactness
