"""What is proposed first, as which link, and what counts for less."""

from __future__ import annotations

import datetime as dt

import pytest

from claims.records import ClaimKind, Polarity, Relation
from claims.suggester.competing import rank
from tests.unit.suggester.competing.claims import DAY, a_statement, between, found, killed

WORDS = "a car bomb caused the blast in the town"


def test_the_best_of_each_kind_stand_ahead() -> None:
    one = a_statement("jets caused the blast in the town", numbers=(killed(55),))
    sixty = a_statement("jets struck", numbers=(killed(60),))
    seventy = a_statement("jets came", numbers=(killed(70),))
    agrees = a_statement("jets caused the blast in the town")
    unrelated = a_statement("the harvest was good")
    first, second, third = rank(one, [one, unrelated, sixty, seventy, agrees])
    assert {first.same, second.same} == {True, False}
    assert not third.same
    assert rank(one, [unrelated]) == []


def test_the_same_source_on_one_day_repeats_itself() -> None:
    one = a_statement(WORDS, source=9, said=DAY, numbers=(killed(25),))
    drifted = a_statement("the blast was a car bomb", source=9, said=DAY, numbers=(killed(50),))
    proposal = found(drifted, one)
    assert (proposal.relation, proposal.reverse) == (Relation.RESTATES, False)
    assert "the same source on the same day" in proposal.reasons
    assert found(one, drifted).reverse


def test_what_a_source_says_otherwise_later_replaces_what_it_said() -> None:
    was = a_statement("up to 65 died", source=9, said=DAY, numbers=(killed(65),))
    now = a_statement("20 died", source=9, said=DAY + dt.timedelta(1), numbers=(killed(20),))
    assert (found(now, was).relation, found(now, was).reverse) == (Relation.SUPERSEDES, False)
    assert found(was, now).reverse
    assert found(was, now).competes


def test_two_sentences_of_a_source_in_one_article_are_hardly_the_same() -> None:
    one = a_statement(WORDS, source=9, article=5, said=DAY)
    near = a_statement(WORDS, source=9, article=5, said=DAY)
    far = a_statement(WORDS, source=9, said=DAY)
    assert found(one, near).score < found(one, far).score


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "same incident"),
        ({"incident": 2, "place": "al-Qa'im", "day": DAY}, "same place and day"),
        ({"incident": 0, "day": DAY + dt.timedelta(3)}, "at about the same time"),
        ({"incident": 0, "day": DAY + dt.timedelta(30)}, "perhaps the same event"),
        ({"incident": 0}, "perhaps the same event"),
        ({"incident": 2}, "another incident"),
    ],
)
def test_what_happened_elsewhere_counts_for_less(fields: dict[str, object], told: str) -> None:
    one = a_statement(WORDS, place="Al Qaim, Anbar", day=DAY)
    proposal = found(one, a_statement(WORDS, **fields))
    assert proposal.reasons[0] == told
    assert proposal.score <= found(one, a_statement(WORDS)).score


def test_claims_with_nothing_in_common_are_not_compared() -> None:
    assert between(a_statement("the harvest was good"), a_statement("")) is None
    assert between(a_statement("one thing"), a_statement("was", kind=ClaimKind.DEMAND)) is None


def test_demands_repeat_or_answer_one_another() -> None:
    inquiry = "an inquiry, and punishment for whoever was responsible"
    one = a_statement(inquiry, kind=ClaimKind.DEMAND, source=9)
    again = a_statement(inquiry, kind=ClaimKind.DEMAND, source=9)
    other = a_statement(inquiry, kind=ClaimKind.DEMAND)
    beside = a_statement(inquiry, kind=ClaimKind.DEMAND, source=9, article=one.article)
    view = a_statement("a crime", kind=ClaimKind.EVALUATIVE)
    assert found(again, one).relation is Relation.RESTATES
    assert found(other, one).relation is Relation.RESPONDS_TO
    assert between(one, beside) is None
    assert between(view, one) is None
    assert found(view, a_statement("a crime", kind=ClaimKind.EVALUATIVE)).reasons[1] == (
        "the same view"
    )


def test_an_opinion_remarks_on_whom_it_names() -> None:
    said = a_statement("jets killed dozens", names=("Amaq",), source=4, article=1, start=100)
    view = a_statement("Amaq has passed off old pictures", kind=ClaimKind.EVALUATIVE)
    assert (found(view, said).relation, found(view, said).reverse) == (Relation.UNDERCUTS, False)
    assert found(view, said).why == "same incident; it names Amaq"
    assert found(said, view).reverse
    near = a_statement(
        "so they say",
        kind=ClaimKind.EVALUATIVE,
        around="Amaq issued a film. So they say.",
        article=1,
        start=160,
    )
    assert found(near, said).relation is Relation.RESPONDS_TO
    assert "its paragraph names Amaq; it stands right after it" in found(near, said).why


def test_a_demand_can_answer_an_accusation() -> None:
    blames = a_statement("it was the army", accused=7)
    demand = a_statement("an apology", kind=ClaimKind.DEMAND, source=7)
    assert found(demand, blames).why == "same incident; it answers an accusation"


def test_a_fact_remarks_on_others_only_where_it_doubts() -> None:
    said = a_statement("jets killed dozens", names=("Amaq",))
    assert between(a_statement("Amaq has an office"), said) is None
    doubts = a_statement("nothing proves the film of Amaq; there is no evidence")
    assert found(doubts, said).relation is Relation.UNDERCUTS
    own = a_statement("no evidence", source=said.source, origin=said.origin)
    assert between(own, said) is None


def test_two_who_deny_the_same_agree() -> None:
    says = a_statement("the ferry was overloaded")
    denies = a_statement("the ferry was overloaded", polarity=Polarity.DENIES)
    both = a_statement("the ferry was overloaded", polarity=Polarity.DENIES)
    assert found(denies, says).relation is Relation.DENIES
    assert found(denies, both).relation is Relation.CORROBORATES
