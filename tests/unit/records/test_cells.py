from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.records import cells

numbers = st.integers(0, 10**7)


@given(st.lists(st.tuples(numbers, numbers)))
def test_offsets_come_back(spans: list[tuple[int, int]]) -> None:
    cell = cells.join_offsets(spans)

    assert cells.split_offsets(cell) == spans
    assert not spans or re.fullmatch(cells.OFFSETS_PATTERN, cell)


@given(st.lists(numbers))
def test_paragraph_numbers_come_back(paragraphs: list[int]) -> None:
    assert cells.split_numbers(cells.join_numbers(paragraphs)) == paragraphs


@pytest.mark.parametrize("cell", ["12", "12-", "1-2-3", "a-b", "1-2|", "|"])
def test_offsets_of_another_shape_are_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=r"unpack|invalid literal"):
        cells.split_offsets(cell)


def test_the_parts_of_a_quote_show_their_gap() -> None:
    assert cells.join_quotes(["two strikes", "on one day"]) == "two strikes […] on one day"
    assert cells.join_quotes(["one"]) == "one"
