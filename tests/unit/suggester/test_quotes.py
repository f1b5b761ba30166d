"""Whose words they are, by the quotation marks around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.records import Speech
from claims.suggester.quotes import quotations, speech


def of(text: str, content: str) -> Speech:
    start = text.index(content)
    return speech(text, start, start + len(content))


@pytest.mark.parametrize(
    "text",
    [
        "He said “it is gone” today.",
        'He said "it is gone" today.',
        "Il dit « it is gone » ici.",
        "Er sagt „it is gone“ heute.",
        "Er sagt »it is gone« heute.",
        "He said ‘it is gone’ today.",
        "He said 'it is gone' today.",
        "It’s what he didn't say: ‘it is gone’.",
        "“it is gone",
        '"it is gone',
        "He said ''it is gone'' today.",
        "He said ``it is gone'' today.",
        "He said “''it is gone'' now” today.",
    ],
)
def test_marks_of_any_form_make_it_direct(text: str) -> None:
    assert of(text, "it is gone") is Speech.DIRECT


def test_the_marks_may_be_selected_too() -> None:
    assert of("He said “gone”.", "“gone”") is Speech.DIRECT


def test_part_of_it_quoted_is_mixed() -> None:
    assert (
        of('The area was "fully liberated" by noon.', 'area was "fully liberated"') is Speech.MIXED
    )


def test_apostrophes_are_no_quotation() -> None:
    assert of("The boys' dogs don't bite the men's cats.", "dogs don't bite") is Speech.INDIRECT


def test_a_quotation_ends_with_its_paragraph() -> None:
    assert of("“It began\nThe town slept.", "The town slept") is Speech.INDIRECT


def test_an_inch_mark_opens_nothing() -> None:
    assert of('A 5" pipe burst and the road sank.', "the road sank") is Speech.INDIRECT


@given(st.text(alphabet="ab “”‘’«»„\"' \n.", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_quotations_are_ordered_pieces_of_the_text(text: str, one: int, two: int) -> None:
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    last = 0
    for low, high in quotations(text, start, end):
        assert last <= low <= high <= len(text)
        last = high
    assert speech(text, start, end) in Speech
