"""What a tagger says, put on the scale of what came true."""

from __future__ import annotations

import pytest

from claims.suggester.learned.chance import Scale, best_threshold, scale


def test_what_is_said_too_surely_is_toned_down() -> None:
    said = [0.99] * 10 + [0.01] * 10
    right = [True] * 8 + [False] * 2 + [True] * 2 + [False] * 8
    true = scale(said, right)
    assert true(0.99) == pytest.approx(0.8, abs=0.01)
    assert true(0.01) == pytest.approx(0.2, abs=0.01)


def test_without_examples_it_is_left_as_it_is() -> None:
    assert scale([], []) == Scale()
    assert Scale()(0.3) == pytest.approx(0.3)


def test_what_was_said_the_wrong_way_round_is_left_as_it_is() -> None:
    assert scale([0.99] * 40 + [0.01] * 40, [False] * 40 + [True] * 40) == Scale()


@pytest.mark.parametrize("right", [True, False])
def test_examples_of_one_kind_give_a_chance_all_the_same(right: bool) -> None:
    chance = scale([0.5, 0.9], [right, right])(0.7)
    assert 0.0 < chance < 1.0
    assert (chance > 0.9) is right


def test_the_threshold_weighs_what_is_missed_against_what_is_wrong() -> None:
    said, right = [0.9, 0.8, 0.4, 0.3, 0.2], [True, True, True, False, False]
    assert best_threshold(said, right, there=3) == 0.4
    assert best_threshold(said, right, there=30) == 0.4
    assert best_threshold([0.9, 0.1], [False, False], there=2) == 0.5
