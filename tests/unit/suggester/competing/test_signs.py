"""The signs of a conflict, and of sameness, between two claims of one incident."""

from __future__ import annotations

import pytest

from claims.records import Aspect, Basis, FigureStatus, Measure, Polarity, Relation
from claims.suggester.competing import Answer, Number, Statement
from tests.unit.suggester.competing.claims import (
    CIVILIANS,
    FIGHTERS,
    a_statement,
    between,
    found,
    killed,
)


def numbers(one: Number, other: Number) -> tuple[Statement, Statement]:
    return a_statement("the toll", numbers=(one,)), a_statement("a count", numbers=(other,))


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (killed(25), killed(55), "25 killed against 55 killed"),
        (killed(40, -1), killed(None, 18), "40 or more killed against up to 18 killed"),
        (killed(None, 18), killed(40, 45), "up to 18 killed against 40 to 45 killed"),
        (
            killed(60, status=CIVILIANS, group="villagers"),
            Number(Measure.KILLED_OR_INJURED, low=40, high=50),
            "60 villagers killed against 40 to 50 killed or injured",
        ),
        (
            Number(Measure.KILLED_OR_INJURED, low=40, high=50),
            killed(60),
            "40 to 50 killed or injured against 60 killed",
        ),
        (killed(25, part="first strike"), killed(55), "25 killed against 55 killed"),
        (
            Number(Measure.OTHER, low=5, high=5, group="drones"),
            Number(Measure.OTHER, low=16, high=16, group="Drones"),
            "5 drones against 16 Drones",
        ),
    ],
)
def test_numbers_that_cant_both_be_so(one: Number, other: Number, told: str) -> None:
    proposal = found(*numbers(one, other))
    assert (proposal.relation, proposal.basis) == (Relation.CONTRADICTS, Basis.NUMBER)
    assert proposal.reasons == ("same incident", told)
    assert proposal.competes
    assert not proposal.same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (killed(40, -1), killed(55)),  # "dozens" includes 55
        (killed(25, part="first strike"), killed(55, part="second strike")),
        (killed(12, subgroup="women"), killed(19, subgroup="children")),
        (killed(25), Number(Measure.PRESENT, low=55, high=55)),  # present is not killed
        (killed(20), Number(Measure.KILLED_OR_INJURED, low=40, high=50)),  # some of these
        (
            Number(Measure.OTHER, low=5, high=5, group="drones"),
            Number(Measure.OTHER, low=8, high=8, group="villages"),
        ),
        (
            Number(Measure.OTHER, low=5, high=5, group="drones"),
            Number(Measure.OTHER, low=5, high=5, group="villages"),
        ),
        (Number(Measure.KILLED), Number(Measure.KILLED)),
    ],
)
def test_numbers_that_can_both_be_so(one: Number, other: Number) -> None:
    assert between(*numbers(one, other)) is None


def test_civilians_against_fighters_are_other_victims() -> None:
    one, other = numbers(killed(25, status=FIGHTERS), killed(55, status=CIVILIANS))
    proposal = found(one, other)
    assert (proposal.basis, proposal.why) == (
        Basis.VICTIM,
        "same incident; 25 combatants killed against 55 civilians killed",
    )
    surer = found(*numbers(killed(25, status=FIGHTERS), killed(25, status=CIVILIANS)))
    assert surer.score > proposal.score


def test_who_counts_both_has_no_quarrel_with_who_counts_either() -> None:
    both = a_statement("a", numbers=(killed(55, status=CIVILIANS), killed(8, status=FIGHTERS)))
    one = a_statement("b", numbers=(killed(60, status=FIGHTERS),))
    assert found(both, one).basis is Basis.NUMBER  # 8 fighters against 60


def test_the_same_number_agrees() -> None:
    one, other = numbers(killed(55, status=CIVILIANS), killed(55))
    proposal = found(one, other)
    assert (proposal.relation, proposal.why) == (
        Relation.CORROBORATES,
        "same incident; both 55 civilians killed",
    )
    assert proposal.same


def test_a_denial_rejects_what_the_other_says() -> None:
    says = a_statement("its pilots had aimed at civilians")
    denies = a_statement("its pilots had aimed at civilians", polarity=Polarity.DENIES)
    assert (found(says, denies).relation, found(says, denies).reverse) == (Relation.DENIES, True)
    assert (found(denies, says).relation, found(denies, says).reverse) == (Relation.DENIES, False)
    in_words = a_statement("no pilots had aimed at civilians")
    assert found(in_words, says).basis is Basis.NEGATION
    assert found(in_words, says).relation is Relation.CONTRADICTS


def test_of_a_place_that_is_denied_the_place_is_in_dispute() -> None:
    proposal = found(a_statement("No market was hit"), a_statement("the market was hit"))
    assert (proposal.relation, proposal.basis) == (Relation.CONTRADICTS, Basis.PLACE)


def test_a_nobody_that_is_a_number_is_no_denial() -> None:
    none = a_statement("nobody died in the ward", numbers=(killed(0),))
    nine = a_statement("nine patients died in the ward", numbers=(killed(9),))
    assert found(none, nine).basis is Basis.NUMBER


@pytest.mark.parametrize(
    ("one", "other", "basis", "told"),
    [
        ("a car bomb went off", "jets bombed it", Basis.CAUSE, "car bomb against air strike"),
        (
            "the dead were fighters",
            "civilians were killed",
            Basis.VICTIM,
            "fighters against civilians",
        ),
        (
            "the strike hit a mosque",
            "bombs hit a hideout",
            Basis.PLACE,
            "worship against base",
        ),
        (
            "the fire began at nine in the evening",
            "the fire began before noon",
            Basis.TIME,
            "another time of the day",
        ),
        (
            "officers fired into the air",
            "they fired into the crowd",
            Basis.OTHER,
            "the one says “crowd”, the other not",
        ),
    ],
)
def test_words_that_cant_both_be_so(one: str, other: str, basis: Basis, told: str) -> None:
    proposal = found(a_statement(one), a_statement(other))
    assert (proposal.relation, proposal.basis) == (Relation.CONTRADICTS, basis)
    assert told in proposal.reasons


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("a car bomb went off there", "a car bomb went off", "both name car bomb"),
        ("the market was hit hard", "the market was hit", "both name a market"),
        ("shots at 09:00 in town", "the shots fell at 09:00", "the same time of the day"),
        ("it was done on purpose", "they did it on purpose", "both say “deliberate”"),
    ],
)
def test_words_that_say_the_same(one: str, other: str, told: str) -> None:
    proposal = found(a_statement(one), a_statement(other))
    assert proposal.relation is Relation.CORROBORATES
    assert told in proposal.reasons


def test_an_hour_is_within_a_half_of_the_day() -> None:
    hour, half = a_statement("shots at 09:00"), a_statement("shots before noon")
    assert "time of the day" not in found(hour, half).why


def test_who_is_blamed() -> None:
    army = a_statement("it was them", accused=7, accused_name="the army", accused_head=7)
    rebels = a_statement("it was they", accused=8, accused_name="the rebels", accused_head=8)
    proposal = found(army, rebels)
    assert proposal.basis is Basis.ACTOR
    assert "one blames the army, the other the rebels" in proposal.reasons
    again = a_statement("so they did", accused=7, accused_name="the army", accused_head=7)
    assert "both blame the army" in found(army, again).reasons
    unit = a_statement("a unit", accused=9, accused_name="its unit", accused_head=7)
    assert between(army, unit) is None  # who belongs to whom is blamed with it


def test_over_the_cause_whom_they_blame_follows() -> None:
    jets = a_statement("jets hit it", accused=7, accused_name="the army", accused_head=7)
    bomb = a_statement("a car bomb", accused=8, accused_name="the rebels", accused_head=8)
    assert found(jets, bomb).basis is Basis.CAUSE


def test_who_is_blamed_and_says_no() -> None:
    blames = a_statement("it was them", accused=7, accused_name="the army")
    denies = a_statement("we flew that day", source=7, names=(), polarity=Polarity.DENIES)
    assert found(blames, denies).relation is Relation.DENIES
    assert found(denies, blames).reasons[1] == "it is blamed, and says no"
    named = a_statement("we did not", source=7, names=("Army",))
    assert found(blames, named).why == "same incident; Army is blamed, and says no"


def answered(aspect: Aspect, **fields: object) -> Answer:
    values = {"question": 1, "position": 1, "text": "Air strike", "aspect": aspect} | fields
    return Answer(**values)  # type: ignore[arg-type]


def test_answers_that_people_have_filed() -> None:
    jets = a_statement("a", answers=(answered(Aspect.CAUSE),))
    bomb = a_statement("b", answers=(answered(Aspect.CAUSE, position=2, text="Car bomb"),))
    assert found(jets, bomb).basis is Basis.CAUSE
    assert "answers “Air strike” and “Car bomb” to one question" in found(jets, bomb).reasons
    other = a_statement("c", answers=(answered(Aspect.CAUSE),))
    assert "both hold the answer “Air strike”" in found(jets, other).reasons
    rejects = a_statement("d", answers=(answered(Aspect.CAUSE, holds=False),))
    assert (found(jets, rejects).relation, found(jets, rejects).reverse) == (Relation.DENIES, True)
    also = a_statement("e", answers=(answered(Aspect.CAUSE, holds=False),))
    assert "both reject the answer “Air strike”" in found(rejects, also).reasons


def test_of_yes_and_no_the_one_is_the_others_negation() -> None:
    yes = a_statement("a", answers=(answered(Aspect.VICTIMS, text="Yes"),))
    no = a_statement("b", answers=(answered(Aspect.VICTIMS, position=2, text="No"),))
    assert found(yes, no).basis is Basis.NEGATION
    who = a_statement("c", answers=(answered(Aspect.VICTIMS, position=3, text="Fighters"),))
    others = a_statement("d", answers=(answered(Aspect.VICTIMS, position=4, text="Civilians"),))
    assert found(who, others).basis is Basis.VICTIM


@pytest.mark.parametrize(
    "fields",
    [{"question": 2}, {"fully": False}, {"exclusive": False, "position": 2}, {"position": 2}],
)
def test_answers_that_rule_nothing_out(fields: dict[str, object]) -> None:
    one = a_statement("a", answers=(answered(Aspect.OTHER, exclusive=False),))
    other = a_statement("b", answers=(answered(Aspect.OTHER, **fields),))
    assert between(one, other) is None


def test_a_status_that_is_not_told_may_be_any() -> None:
    assert FigureStatus.UNKNOWN is killed(1).status
    one, other = numbers(killed(5, status=CIVILIANS), killed(70))
    assert found(one, other).basis is Basis.NUMBER
