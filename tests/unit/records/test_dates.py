from __future__ import annotations

import datetime as dt

import pytest

from claims.records import TimePrecision
from claims.records.dates import day, moment, span

T = TimePrecision
NINE = dt.datetime(2016, 12, 7, 9, 0, tzinfo=dt.UTC)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def test_a_day_and_a_moment() -> None:
    assert day(dt.date(2016, 12, 8)) == "8 December 2016"
    assert moment(NINE) == "7 December 2016, 09:00 UTC"


def test_a_moment_elsewhere_is_told_in_utc() -> None:
    baghdad = dt.timezone(dt.timedelta(hours=3))
    assert moment(dt.datetime(2016, 12, 8, 1, 30, tzinfo=baghdad)) == "7 December 2016, 22:30 UTC"


@pytest.mark.parametrize(
    ("precision", "words"),
    [
        (T.MINUTE, "7 December 2016, 09:00 UTC"),
        (T.HOUR, "7 December 2016, 09:00 UTC, to the hour"),
        (T.DAY, "7 December 2016"),
        (T.MONTH, "December 2016"),
        (T.YEAR, "2016"),
        (T.UNKNOWN, "time not known"),
    ],
)
def test_no_more_exact_than_it_is_known(precision: TimePrecision, words: str) -> None:
    assert span(NINE, None, precision) == words
    assert span(NINE, NINE, precision) == words


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        ("2016-12-07 09:00", "2016-12-07 09:55", T.MINUTE, "7 December 2016, 09:00 to 09:55 UTC"),
        (
            "2016-12-07 09:00",
            "2016-12-07 11:00",
            T.HOUR,
            "7 December 2016, 09:00 to 11:00 UTC, to the hour",
        ),
        (
            "2016-12-07 23:00",
            "2016-12-08 01:30",
            T.MINUTE,
            "7 December 2016, 23:00 UTC to 8 December 2016, 01:30 UTC",
        ),
        ("2016-12-07 09:00", "2016-12-07 21:00", T.DAY, "7 December 2016"),
        ("2016-12-07 09:00", "2016-12-09 09:00", T.DAY, "7 to 9 December 2016"),
        ("2016-11-30 09:00", "2016-12-02 09:00", T.DAY, "30 November to 2 December 2016"),
        ("2016-12-31 09:00", "2017-01-01 09:00", T.DAY, "31 December 2016 to 1 January 2017"),
        ("2015-12-07 09:00", "2016-12-07 09:00", T.DAY, "7 December 2015 to 7 December 2016"),
        ("2016-11-01 00:00", "2016-12-31 00:00", T.MONTH, "November to December 2016"),
        ("2015-01-01 00:00", "2016-01-01 00:00", T.YEAR, "2015 to 2016"),
        ("2015-01-01 00:00", "2016-01-01 00:00", T.UNKNOWN, "time not known"),
    ],
)
def test_from_one_to_another(start: str, end: str, precision: TimePrecision, words: str) -> None:
    assert span(at(start), at(end), precision) == words


def test_one_end_or_none() -> None:
    assert span(None, NINE, T.DAY) == "until 7 December 2016"
    assert span(None, None, T.DAY) == "time not known"
