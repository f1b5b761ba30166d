"""Numbers of people in a claim's words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.records import FigureStatus, LowBasis, Measure
from claims.suggester.figures import FigureProposal, figures

KILLED, INJURED, PRESENT = Measure.KILLED, Measure.INJURED, Measure.PRESENT
CIVILIAN, COMBATANT, UNKNOWN = FigureStatus.CIVILIAN, FigureStatus.COMBATANT, FigureStatus.UNKNOWN


def only(text: str) -> FigureProposal:
    (found,) = figures(text)
    return found


def brief(text: str) -> list[tuple[Measure, str, int | None, int | None]]:
    return [(f.measure, f.subgroup or f.group_as_stated, f.low, f.high) for f in figures(text)]


@pytest.mark.parametrize(
    ("text", "low", "high", "stated"),
    [
        ("at least 12 people died", 12, None, "at least 12"),
        ("more than 1,200 people died", 1200, None, "more than 1,200"),
        ("up to 65 people died", None, 65, "up to 65"),
        ("no more than nine people died", None, 9, "no more than nine"),
        ("around 50 people died", 50, 50, "around 50"),
        ("30 to 40 people died", 30, 40, "30 to 40"),
        ("30-40 people died", 30, 40, "30-40"),
        ("between 70 and 80 people died", 70, 80, "between 70 and 80"),
        ("a dozen people died", 12, 12, "a dozen"),
        ("two dozen people died", 24, 24, "two dozen"),
        ("one person died", 1, 1, "one"),
        ("ninety-nine people died", 99, 99, "ninety-nine"),
        ("three thousand five hundred people died", 3500, 3500, "three thousand five hundred"),
        ("a hundred and twenty people died", 120, 120, "a hundred and twenty"),
        ("No civilians died", 0, 0, "No"),
        ("nobody died", 0, 0, "nobody"),
    ],
)
def test_what_a_quantity_states(text: str, low: int | None, high: int | None, stated: str) -> None:
    found = only(text)
    assert (found.low, found.high, found.as_stated) == (low, high, stated)
    assert (found.measure, found.low_basis) == (KILLED, LowBasis.STATED)


@pytest.mark.parametrize(
    ("text", "dozens_from", "low"),
    [
        ("dozens of civilians died", 24, 24),
        ("dozens of civilians died", 12, 12),
        ("hundreds of civilians died", 24, 200),
        ("hundreds of civilians died", 12, 100),
        ("several hundred civilians died", 24, 200),
        ("scores of civilians died", 24, 40),
        ("hundreds of thousands of civilians died", 24, 200_000),
        ("tens of thousands of civilians died", 12, 10_000),
    ],
)
def test_vague_numbers_begin_by_convention_and_are_open(
    text: str, dozens_from: int, low: int
) -> None:
    (found,) = figures(text, dozens_from)
    assert (found.low, found.high, found.low_basis) == (low, None, LowBasis.CONVENTION)
    assert (found.group_as_stated, found.status) == ("civilians", CIVILIAN)


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("a house hosting 25 gunmen was hit", PRESENT),
        ("killed 25 gunmen", KILLED),
        ("25 gunmen were reportedly wounded", INJURED),
        ("25 gunmen, most of them foreign, were killed", KILLED),
        ("25 gunmen were arrested", Measure.DETAINED),
        ("25 gunmen are missing", Measure.MISSING),
        ("25 residents fled", Measure.DISPLACED),
        ("25 killed and wounded", Measure.KILLED_OR_INJURED),
        ("no civilian casualties", Measure.KILLED_OR_INJURED),
        ("the bodies of 25 gunmen", KILLED),
        ("25 gunmen's bodies", KILLED),
        ("the death toll rose to 25", KILLED),
        ("about 120 civilians", Measure.OTHER),
        ("25 gunmen were not killed", Measure.OTHER),
    ],
)
def test_present_is_not_killed(text: str, measure: Measure) -> None:
    assert only(text).measure is measure


def test_the_group_may_stand_behind_a_comma() -> None:
    found = only(
        "the first raid hit a two-storey house sheltering 25, mostly foreign militants, at noon"
    )
    assert (found.measure, found.status) == (PRESENT, COMBATANT)
    assert (found.low, found.high) == (25, 25)
    assert found.group_as_stated == "mostly foreign militants"


def test_parts_of_a_number_take_what_became_of_the_whole() -> None:
    text = "55 civilians, including 12 women and 19 children, were killed"
    assert brief(text) == [
        (KILLED, "civilians", 55, 55),
        (KILLED, "women", 12, 12),
        (KILLED, "children", 19, 19),
    ]
    assert {f.status for f in figures(text)} == {CIVILIAN}


def test_parts_in_brackets_and_a_second_group() -> None:
    text = "55 civilians (12 women, 19 children) and eight fighters died"
    assert [(f.low, f.status) for f in figures(text)] == [
        (55, CIVILIAN),
        (12, CIVILIAN),
        (19, CIVILIAN),
        (8, COMBATANT),
    ]


def test_women_are_not_civilians_unless_it_says_so() -> None:
    assert {f.status for f in figures("12 women and 19 children were killed")} == {UNKNOWN}


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("60 killed, or 80 killed and wounded", [KILLED, Measure.KILLED_OR_INJURED]),
        ("killed 12 soldiers and wounded 30 civilians", [KILLED, INJURED]),
        ("12 dead and 30 wounded", [KILLED, INJURED]),
        ("12 were killed and 30 injured", [KILLED, INJURED]),
        ("two raids killed dozens in a town of 5,000 people", [KILLED, Measure.OTHER]),
    ],
)
def test_each_number_has_its_own_measure(text: str, measures: list[Measure]) -> None:
    assert [f.measure for f in figures(text)] == measures


@pytest.mark.parametrize(
    "text",
    [
        "two strikes at 09:00 GMT on 8 December hit eight villages",
        "a 25-year-old man in a two-storey house",
        "a second raid, killing two days later",
        "no market was hit",
        "no civilians were targeted",
        "12 families left 5.5 km of road",
        "30 % of homes",
        "",
    ],
)
def test_numbers_that_count_no_people_are_left_out(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize("text", ["80 to 70 people died", "3,000,000,000 people died"])
def test_a_range_that_runs_backwards_and_more_than_there_are_people_state_nothing(
    text: str,
) -> None:
    assert figures(text) == []


def test_several_hundred_begin_where_hundreds_do() -> None:
    assert [figures("several hundred people died", n)[0].low for n in (24, 12)] == [200, 100]


def test_they_come_when_asked_for() -> None:
    found = figures("two strikes hit eight villages", things=True)
    assert [(f.measure, f.as_stated) for f in found] == [
        (Measure.OTHER, "two"),
        (Measure.OTHER, "eight"),
    ]


def test_a_language_without_numbers_gives_none() -> None:
    assert figures("مقتل 25 مدنيا", language="ar") == []


PIECES = st.sampled_from(
    "12 30 to 40 at least dozens of civilians killed and wounded , including women ( ) no "
    "hundreds thousand twenty-five militants up were the 1,200 09:00 – ’ “ 👩‍👧 ٣٠ ² people".split()
)


@given(
    st.one_of(st.lists(PIECES, max_size=25).map(" ".join), st.text(max_size=60)),
    st.sampled_from([12, 24]),
    st.booleans(),
)
def test_every_figure_is_a_true_piece_of_the_text(text: str, dozens: int, things: bool) -> None:
    last = 0
    for figure in figures(text, dozens, things=things):
        assert last <= figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end] == figure.as_stated
        assert figure.group_as_stated in text
        assert figure.low is not None or figure.high is not None
        if figure.low is not None and figure.high is not None:
            assert 0 <= figure.low <= figure.high
        last = figure.end
