"""The day of an event is read from the words of a claim, never guessed."""

from __future__ import annotations

from datetime import date

import pytest

from claims.suggester.event import event_day

THURSDAY = date(2016, 12, 8)
WEDNESDAY = date(2016, 12, 7)


@pytest.mark.parametrize(
    ("content", "day"),
    [
        ("that its jets had struck the town twice the previous day", WEDNESDAY),
        ("that jets struck the town the day before", WEDNESDAY),
        ("that the depot was hit on 6 December 2016", date(2016, 12, 6)),
        ("that the depot was hit on Wednesday", WEDNESDAY),
        ("that the depot was hit", None),
        ("that the depot was hit on Tuesday and again on Wednesday", None),
    ],
)
def test_the_one_day_that_is_named(content: str, day: date | None) -> None:
    text = f"On Thursday the command said {content}."
    start = text.index(content)
    assert event_day(text, start, start + len(content), THURSDAY, THURSDAY, "en") == day


def test_what_counts_from_an_undated_statement_is_no_day() -> None:
    text = "hit the previous day"
    assert event_day(text, 0, len(text), THURSDAY, None, "en") is None


def test_a_language_without_rules_gives_no_day() -> None:
    assert event_day("op woensdag", 0, 11, THURSDAY, THURSDAY, "nl") is None
