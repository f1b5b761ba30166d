"""Our sums: only of parts, only where the source gives no total."""

from __future__ import annotations

from typing import Any

import pytest

from claims.models import Figure
from claims.views.sums import sums


def part(name: str, low: int | None, high: int | None = None, **fields: Any) -> Figure:
    values = {"measure": "present", "status": "combatant", "group_as_stated": "fighters"}
    return Figure(part=name, low=low, high=high, **values | fields)


def test_two_parts_of_one_claim_are_added() -> None:
    found = sums([part("first strike", 25, 25), part("second strike", 30, 40)])
    total = found["present", "combatant"]
    assert (total.low, total.high, total.convention) == (55, 65, False)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        (part("a", 25), part("b", 30, 40), 55, None),
        (part("a", None, 25), part("b", 30, 40), None, 65),
    ],
)
def test_an_open_end_leaves_the_sum_open(
    one: Figure, other: Figure, low: int | None, high: int | None
) -> None:
    total = sums([one, other])["present", "combatant"]
    assert (total.low, total.high) == (low, high)


def test_a_sum_of_a_convention_says_so() -> None:
    total = sums([part("a", 24, low_basis="convention"), part("b", 3, 3)])["present", "combatant"]
    assert (total.low, total.convention) == (27, True)


def test_women_among_them_are_no_part() -> None:
    women = part("a", 3, 3, subgroup="women", group_as_stated="women")
    total = sums([part("a", 25, 25), women, part("b", 5, 5)])["present", "combatant"]
    assert total.low == 30


@pytest.mark.parametrize(
    "figures",
    [
        [part("first strike", 25, 25)],
        [part("", 60, 60), part("first strike", 25, 25), part("second strike", 30, 40)],
        [part("first strike", 25, 25), part("First strike", 30, 40)],
        [part("a", 25, 25), part("b", 30, 30, group_as_stated="men")],
        [part("a", 25, 25), part("b", 30, 30, status="unknown")],
        [part("a", 25, 25), part("b", 30, 30, measure="killed")],
        [part("a", 25, 25), part("b", None, None, as_stated="several")],
        [part("a", 25), part("b", None, 40)],
    ],
    ids="one|the whole is given|the same part|other people|other status|other measure"
    "|words alone|nothing left".split("|"),
)
def test_what_would_say_more_than_the_text_is_not_added(figures: list[Figure]) -> None:
    assert sums(figures) == {}
