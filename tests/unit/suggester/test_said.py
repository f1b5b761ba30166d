"""The days that words for a day mean."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.suggester.said import resolve

THURSDAY = date(2016, 12, 8)


def december(day: int) -> date:
    return date(2016, 12, day)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Thursday", december(8)),
        ("on Thursday", december(8)),
        ("early on Thursday morning", december(8)),
        ("Thursday at 10:30 am", december(8)),
        ("late Wednesday", december(7)),
        ("Wednesday night", december(7)),
        ("Friday", december(2)),
        ("last Thursday", december(1)),
        ("last Friday", december(2)),
        ("today", december(8)),
        ("this morning", december(8)),
        ("Yesterday", december(7)),
        ("late yesterday", december(7)),
        ("last night", december(7)),
        ("two days ago", december(6)),
        ("on 8 December", december(8)),
        ("8 Dec", december(8)),
        ("8 Dec.", december(8)),
        ("the 8th of December", december(8)),
        ("December 8, 2016", december(8)),
        ("Monday, 5 December", december(5)),
        ("2016-12-07", december(7)),
        ("9 December", date(2015, 12, 9)),
        ("October 17", date(2016, 10, 17)),
        ("29 February", date(2016, 2, 29)),
    ],
)
def test_one_day(words: str, day: date) -> None:
    found = resolve(words, THURSDAY)
    assert (found.said_from, found.said_to, found.event_on, found.needs) == (day, day, None, "")
    assert found.rule


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("last week", date(2016, 11, 28), december(4)),
        ("earlier this week", december(5), december(8)),
        ("earlier this month", december(1), december(8)),
        ("last month", date(2016, 11, 1), date(2016, 11, 30)),
        ("in November", date(2016, 11, 1), date(2016, 11, 30)),
        ("in December", december(1), december(8)),
        ("in December 2015", date(2015, 12, 1), date(2015, 12, 31)),
        ("last year", date(2015, 1, 1), date(2015, 12, 31)),
        ("in 2014", date(2014, 1, 1), date(2014, 12, 31)),
    ],
)
def test_a_range_of_days(words: str, first: date, last: date) -> None:
    found = resolve(words, THURSDAY)
    assert (found.said_from, found.said_to) == (first, last)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("the previous day", december(6)),
        ("a day earlier", december(6)),
        ("three days earlier", december(4)),
        ("the following day", december(8)),
    ],
)
def test_words_that_count_from_the_statement_date_the_event(words: str, day: date) -> None:
    found = resolve(words, THURSDAY, said_from=december(7))
    assert found.event_on == (day, day)
    assert found.said_from is None


def test_the_previous_day_of_an_undated_statement_needs_its_date() -> None:
    assert "date of the statement" in resolve("the previous day", THURSDAY).needs


@pytest.mark.parametrize("words", ["Thursday", "yesterday", "last week", "8 December", "in May"])
def test_without_a_publication_date_nothing_is_resolved(words: str) -> None:
    found = resolve(words, None)
    assert (found.said_from, found.needs) == (None, "a publication date")


@pytest.mark.parametrize("words", ["8 December 2016", "2016-12-08", "in May 2015"])
def test_a_full_date_needs_no_publication_date(words: str) -> None:
    assert resolve(words, None).said_from is not None


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("in due course", "not among the words"),
        ("", "not among the words"),
        ("after Thursday", "not among the words"),
        ("Thursday and Friday", "not among the words"),
        ("08/12/2016", "two ways"),
        ("30 February", "does not"),
        ("31 November 2016", "does not"),
        ("Monday, 6 December", "not the weekday"),
        ("last Tuesday", "6 December 2016 or 29 November 2016"),
        ("800000 days ago", "within the calendar"),
        ("1234567 days ago", "not among the words"),
        ("in May or June", "not among the words"),
        ("Monday in May", "not among the words"),
    ],
)
def test_it_never_guesses(words: str, reason: str) -> None:
    found = resolve(words, THURSDAY)
    assert (found.said_from, found.event_on, found.rule) == (None, None, "")
    assert reason in found.needs


@pytest.mark.parametrize(
    ("words", "day"), [("الخميس", 8), ("مساء الأربعاء", 7), ("أمس", 7), ("7 كانون الأول", 7)]
)
def test_arabic(words: str, day: int) -> None:
    assert resolve(words, THURSDAY, language="ar-IQ").said_from == december(day)


def test_a_language_without_rules_says_so() -> None:
    assert "no rules for the language" in resolve("jeudi", THURSDAY, language="fr").needs


WORDS = st.lists(
    st.sampled_from(
        "on late last Thursday Friday night yesterday 8 31 29 February May 2016 0001 9999 days ago "
        "earlier the previous day week two 99999999999 2016-12-08 0000-00-00 , .".split()
    ),
    max_size=5,
).map(" ".join)


@given(st.one_of(WORDS, st.text(max_size=30)), st.none() | st.dates(), st.none() | st.dates())
def test_it_resolves_or_says_what_is_needed(
    words: str, published: date | None, said: date | None
) -> None:
    found = resolve(words, published, said)
    assert bool(found.rule) != bool(found.needs)
    assert bool(found.rule) == bool(found.said_from or found.event_on)
    if found.said_from and found.said_to:
        assert found.said_from <= found.said_to


@given(st.dates(date(1, 1, 10)), st.integers(0, 6))
def test_a_weekday_is_within_the_week_before_publication(published: date, weekday: int) -> None:
    name = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()[weekday]
    found = resolve(name, published).said_from
    assert found is not None
    assert found.weekday() == weekday
    assert 0 <= (published - found).days < 7
