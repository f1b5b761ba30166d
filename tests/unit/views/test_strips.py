"""Strips: where numbers and days stand, as geometry alone."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.records import TimePrecision
from claims.views import days
from claims.views.strips import FIRST, LAST, ROOM, Bounds, scale, strip

NUMBERS = st.one_of(st.none(), st.integers(0, 10**7))


def place(percent: str) -> float:
    return float(percent.removesuffix("%"))


def test_ends_stand_on_the_scale_and_open_ends_at_the_edge() -> None:
    on = scale([(24, None), (55, 55), (None, 65), (30, 40)])
    assert [tick.label for tick in on.ticks] == ["0", "20", "40", "60", "80"]
    point, between = strip(55, 55, on), strip(30, 40, on)
    assert point is not None
    assert point.is_point
    assert between is not None
    assert (between.start, between.end) == (on.at(30), on.at(40))
    more, most = strip(24, None, on), strip(None, 65, on)
    assert more is not None
    assert (more.end, more.open_high, more.open_low) == ("100%", True, False)
    assert most is not None
    assert (most.start, most.open_low, most.open_high) == ("0%", True, False)


def test_words_without_a_number_are_drawn_nowhere() -> None:
    assert strip(None, None, scale([(None, None)])) is None


def test_none_stated_is_a_mark_at_0() -> None:
    on = scale([(0, 0)])
    assert on.end == 1
    none = strip(0, 0, on)
    assert none is not None
    assert none.start == f"{FIRST}%"


@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=8))
def test_every_number_has_its_place_and_arrows_have_room(numbers: list[Bounds]) -> None:
    on = scale(numbers)
    assert 2 <= len(on.ticks) <= 6
    assert place(on.ticks[0].x) == FIRST
    assert place(on.ticks[-1].x) == LAST
    for low, high in numbers:
        assert max(low or 0, high or 0) <= on.end
        if low is not None and high is None:
            assert low <= on.end * ROOM + 1e-6


def test_bigger_numbers_stand_further_on() -> None:
    on = scale([(1, 1_200)])
    assert on.ticks[-1].label == "1,500"
    assert place(on.at(1)) < place(on.at(2)) < place(on.at(1_200))
    assert on.wide(700, 700) == "0.4%", "seen, however narrow"


DAY = dt.datetime(2016, 12, 7, 9, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [
        (TimePrecision.MINUTE, DAY, DAY),
        (TimePrecision.HOUR, DAY.replace(minute=0), DAY.replace(hour=10, minute=0)),
        (
            TimePrecision.DAY,
            dt.datetime(2016, 12, 7, tzinfo=dt.UTC),
            dt.datetime(2016, 12, 8, tzinfo=dt.UTC),
        ),
        (
            TimePrecision.MONTH,
            dt.datetime(2016, 12, 1, tzinfo=dt.UTC),
            dt.datetime(2017, 1, 1, tzinfo=dt.UTC),
        ),
        (
            TimePrecision.YEAR,
            dt.datetime(2016, 1, 1, tzinfo=dt.UTC),
            dt.datetime(2017, 1, 1, tzinfo=dt.UTC),
        ),
    ],
)
def test_an_event_is_as_wide_as_its_precision(
    precision: TimePrecision, first: dt.datetime, last: dt.datetime
) -> None:
    found = days.event(DAY, None, precision)
    ends = [days.number(end) for end in (first, last)]
    assert found == pytest.approx(ends)


def test_an_event_at_no_known_time_is_not_drawn() -> None:
    assert days.event(DAY, DAY, TimePrecision.UNKNOWN) is None
    assert days.event(None, None, TimePrecision.DAY) is None
    assert days.event(None, DAY, TimePrecision.DAY) is not None


@pytest.mark.parametrize(
    ("until", "labels"),
    [
        (dt.date(2016, 12, 7), ["7 Dec 2016"]),
        (dt.date(2016, 12, 9), ["7 Dec 2016", "8 Dec", "9 Dec"]),
        (dt.date(2016, 12, 20), [f"{n} Dec" for n in (7, 9, 11, 13, 15, 17, 19)]),
        (
            dt.date(2017, 3, 2),
            ["7 Dec 2016", "21 Dec", "4 Jan", "18 Jan", "1 Feb", "15 Feb", "1 Mar"],
        ),
        (
            dt.date(2017, 6, 2),
            ["Jan 2017", "Feb 2017", "Mar 2017", "Apr 2017", "May 2017", "Jun 2017"],
        ),
        (
            dt.date(2018, 12, 31),
            ["Jan 2017", "May 2017", "Sep 2017", "Jan 2018", "May 2018", "Sep 2018"],
        ),
        (dt.date(2026, 1, 2), ["2017", "2019", "2021", "2023", "2025"]),
    ],
)
def test_few_lines_are_named_however_long_it_is(until: dt.date, labels: list[str]) -> None:
    on = days.scale([DAY.toordinal() + 0.5, until.toordinal() + 0.5])
    assert on is not None
    named = [tick.label for tick in on.ticks]
    assert [label.removesuffix(" 2016") for label in named] == [
        label.removesuffix(" 2016") for label in labels
    ]
    assert (on.start, on.end) == (DAY.toordinal(), until.toordinal() + 1)


def test_no_day_no_scale() -> None:
    assert days.scale([]) is None
