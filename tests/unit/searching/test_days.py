from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.searching.days import covering, number


def told(day: dt.date) -> set[str]:
    """The words of a day, as the database makes them of its number."""
    n = number(day)
    return {
        f"d{n}",
        f"m{n // 100}",
        f"y{n // 10_000}",
        f"e{n // 100_000}",
        f"c{n // 1_000_000}",
    }


def test_the_longest_spans_are_taken() -> None:
    since, until = dt.date(1999, 12, 31), dt.date(2012, 2, 1)
    assert covering(since, until) == ["d19991231", "e200", "y2010", "y2011", "m201201", "d20120201"]
    assert covering(dt.date(2000, 1, 1), dt.date(2099, 12, 31)) == ["c20"]


def test_days_the_wrong_way_round_cover_nothing() -> None:
    assert covering(dt.date(2016, 12, 8), dt.date(2016, 12, 7)) == []


def test_all_days_are_few_words() -> None:
    assert len(covering(dt.date.min, dt.date.max)) == 100
    assert len(covering(dt.date(1, 1, 2), dt.date(9999, 12, 30))) < 220


@given(st.dates(), st.dates(), st.dates())
def test_a_day_is_covered_once_if_it_lies_between(
    since: dt.date, until: dt.date, day: dt.date
) -> None:
    assert len(told(day) & set(covering(since, until))) == (since <= day <= until)


@pytest.mark.parametrize("day", [dt.date.min, dt.date(2016, 2, 29), dt.date(2016, 12, 31)])
def test_a_single_day(day: dt.date) -> None:
    assert covering(day, day) == [f"d{number(day)}"]
