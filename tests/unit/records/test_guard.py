from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.records.guard import guard, guard_all, unguard

texts = st.text() | st.text(alphabet="=+-@'\t\rx\n", max_size=4)


@given(texts)
def test_nothing_is_lost(text: str) -> None:
    assert unguard(guard(text)) == text


@given(texts)
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert guard(text)[:1] not in set("=+-@\t\r")


@given(st.lists(st.none() | texts))
def test_a_column_is_guarded_as_its_cells_are(cells: list[str | None]) -> None:
    assert guard_all(cells) == [None if cell is None else guard(cell) for cell in cells]


@pytest.mark.parametrize("text", ["", "25 fighters", "a = b", "“quote”", "\nx", "، لا"])
def test_other_text_is_left_alone(text: str) -> None:
    assert guard(text) == text


@pytest.mark.parametrize("cell", ["'tis", "'", "' =x"])
def test_an_apostrophe_that_guards_nothing_stays_on_reading(cell: str) -> None:
    assert unguard(cell) == cell
