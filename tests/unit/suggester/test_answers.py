"""A denial under "No" holds it; the tool never files the opposite of what was said."""

from __future__ import annotations

import pytest

from claims.records import Aspect, Extent, Polarity, Stance
from claims.suggester import answers


@pytest.mark.parametrize("answer", ["Yes", "yes, dozens", "Oui", "نعم", "“Yes”"])
def test_a_denial_rejects_a_yes(answer: str) -> None:
    assert answers.stance(Polarity.DENIES, answer) is Stance.REJECTS


@pytest.mark.parametrize("answer", ["No", "None were", "Nobody died", "لا", "Non", "Нет"])
def test_a_denial_holds_a_no(answer: str) -> None:
    assert answers.stance(Polarity.DENIES, answer) is Stance.HOLDS


@pytest.mark.parametrize("answer", ["Car bomb", "Northern jets", "Yesterday", "Noon", "", "—"])
def test_under_other_answers_a_person_says_how_a_denial_stands(answer: str) -> None:
    assert answers.reads(answer) is None
    assert answers.stance(Polarity.DENIES, answer) is None


@pytest.mark.parametrize("answer", ["Yes", "No", "Car bomb"])
def test_what_says_it_is_so_holds_the_answer_it_is_filed_under(answer: str) -> None:
    assert answers.stance(Polarity.ASSERTS, answer) is Stance.HOLDS


def test_how_far_a_denial_goes_is_never_assumed() -> None:
    assert answers.extent(Polarity.ASSERTS, "Yes") is Extent.FULLY
    assert answers.extent(Polarity.ASSERTS, "Car bomb") is Extent.FULLY
    assert answers.extent(Polarity.DENIES, "Yes") is None
    # "We did not target civilians" says it is so, and is no plain "No" to "were any killed?".
    assert answers.extent(Polarity.ASSERTS, "No") is None


@pytest.mark.parametrize(
    ("question", "aspect", "asks"),
    [
        ("How many fighters were killed?", Aspect.OTHER, True),
        ("Were civilians among the dead?", Aspect.VICTIMS, True),
        ("How many?", Aspect.CASUALTIES, True),
        ("Who was in the buildings?", Aspect.VICTIMS, False),
        ("Was the deadline kept?", Aspect.OTHER, False),
    ],
)
def test_a_question_about_people_killed_or_injured_is_known(
    question: str, aspect: Aspect, asks: bool
) -> None:
    assert answers.asks_for_harm(question, aspect) is asks
