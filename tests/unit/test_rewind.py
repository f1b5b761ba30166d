"""Rows are taken back line by line."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from claims.rewind import Key, Line, rewind

keys = st.tuples(st.sampled_from(["claim", "span"]), st.integers(1, 3))
rows = st.one_of(st.none(), st.fixed_dictionaries({"text": st.text(max_size=2)}))


def test_what_was_made_since_is_not_there_and_what_was_removed_is() -> None:
    now: dict[Key, Any] = {("claim", 1): {"note": "new"}, ("claim", 2): {"note": "of today"}}
    since = [
        Line(("claim", 2), None),
        Line(("span", 7), {"quote": "a strike"}),
        Line(("claim", 1), {"note": "later"}),
        Line(("claim", 1), {"note": "old"}),
    ]
    assert rewind(now, since) == {("claim", 1): {"note": "old"}, ("span", 7): {"quote": "a strike"}}


def test_nothing_since_is_how_it_is() -> None:
    now: dict[Key, Any] = {("claim", 1): {"note": "new"}}
    assert rewind(now, []) == now


@given(acts=st.lists(st.tuples(keys, rows), max_size=12), back=st.integers(0, 12))
def test_any_moment_is_found_again(acts: list[tuple[Key, Any]], back: int) -> None:
    """Each act sets a row, or ends it; before each one a picture is taken."""
    there: dict[Key, Any] = {}
    pictures, lines = [], []
    for key, row in acts:
        pictures.append(dict(there))
        lines.append(Line(key, there.get(key)))
        there.pop(key, None)
        if row is not None:
            there[key] = row
    pictures.append(dict(there))
    moment = min(back, len(acts))
    assert rewind(there, reversed(lines[moment:])) == pictures[moment]
