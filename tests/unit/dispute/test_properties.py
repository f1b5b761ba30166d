"""What holds of every incident, also of those that the database would refuse (cycles)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from claims.dispute import (
    Claim,
    Filing,
    Incident,
    Link,
    Position,
    Question,
    Result,
    Source,
    resolve,
)
from claims.records import ClaimKind, ClaimStatus, Extent, Relation, Stance, State

T = TypeVar("T")

SOURCES = st.integers(1, 4)
KINDS = st.sampled_from([ClaimKind.FACTUAL] * 4 + list(ClaimKind))
STATUSES = st.sampled_from([ClaimStatus.APPROVED] * 3 + list(ClaimStatus))


@st.composite
def incidents(draw: st.DrawFn) -> Incident:
    """Small and dense, so that most draws have repeats, chains, cycles and disputes."""
    size = draw(st.integers(0, 8))
    ids = st.integers(1, max(size, 1))
    sides = st.sampled_from([None, 1, 2])
    sources = [
        Source(
            n, unnamed=draw(st.booleans()), side=draw(sides), affiliation=draw(st.integers(1, n))
        )
        for n in range(1, 5)
    ]
    claims = [
        Claim(
            number,
            draw(SOURCES),
            draw(st.integers(1, 3)),
            draw(KINDS),
            draw(STATUSES),
            draw(st.none() | SOURCES),
            deleted=draw(st.integers(0, 9)) == 0,
        )
        for number in range(1, size + 1)
    ]
    ends = draw(st.lists(st.tuples(ids, ids, st.sampled_from(Relation)), max_size=10))
    filed = st.tuples(ids, st.integers(1, 5), st.sampled_from(Stance), st.sampled_from(Extent))
    return Incident(
        claims=claims,
        links=[Link(number, *end) for number, end in enumerate(ends, 1)],
        sources=sources,
        questions=[
            Question(number, is_key=draw(st.booleans()), exclusive=draw(st.booleans()))
            for number in (1, 2)
        ],
        positions=[
            Position(number, 1 + number % 2, competes=number != 5) for number in range(1, 6)
        ],
        filings=[Filing(*filing) for filing in draw(st.lists(filed, max_size=14, unique=True))],
    )


def shuffled(incident: Incident, data: st.DataObject) -> Incident:
    def mixed(rows: Sequence[T]) -> list[T]:
        return data.draw(st.permutations(rows))

    return Incident(
        mixed(incident.claims),
        mixed(incident.links),
        mixed(incident.sources),
        mixed(incident.questions),
        mixed(incident.positions),
        mixed(incident.filings),
    )


@given(incidents(), st.data())
def test_the_order_of_the_input_never_matters(incident: Incident, data: st.DataObject) -> None:
    assert resolve(shuffled(incident, data)) == resolve(incident)


def without(result: Result, claim: int) -> Result:
    return result._replace(claims={k: v for k, v in result.claims.items() if k != claim})


def with_one_more(incident: Incident, claim: Claim, relations: Sequence[Relation]) -> Incident:
    """The claim, linked to every other and filed as rejecting and holding everything."""
    links = [
        Link(1000 * (1 + step) + other.id, claim.id, other.id, relation)
        for step, relation in enumerate(relations)
        for other in incident.claims
    ]
    filings = [
        Filing(claim.id, position.id, stance, Extent.FULLY)
        for position in incident.positions
        for stance in Stance
    ]
    return incident._replace(
        claims=[*incident.claims, claim],
        links=[*incident.links, *links],
        filings=[*incident.filings, *filings],
    )


@given(incidents())
def test_a_draft_changes_nothing(incident: Incident) -> None:
    draft = Claim(99, 1, 9, ClaimKind.FACTUAL, ClaimStatus.DRAFT, accused=2)
    more = with_one_more(incident, draft, list(Relation))
    assert without(resolve(more), 99) == resolve(incident)


@given(incidents())
def test_a_demand_can_only_replace_and_challenge(incident: Incident) -> None:
    demand = Claim(99, 1, 9, ClaimKind.DEMAND, ClaimStatus.APPROVED, accused=2)
    idle = [r for r in Relation if r not in (Relation.SUPERSEDES, Relation.UNDERCUTS)]
    more = with_one_more(incident, demand, idle)
    assert without(resolve(more), 99) == resolve(incident)


@given(incidents())
def test_competing_is_mutual_and_the_same_everywhere(incident: Incident) -> None:
    result = resolve(incident)
    ends = {(one, other) for one, row in result.claims.items() for other in row.competing_claims}
    assert ends == {(other, one) for one, other in ends}
    assert {(one, other) for one, other in ends if one < other} == set(result.incident.pairs)
    found = [*(row.pairs for row in result.questions.values()), result.unfiled.pairs]
    assert {pair for pairs in found for pair in pairs} == set(result.incident.pairs)
    for row in result.claims.values():
        assert row.disputed == bool(row.competing_claims) == bool(row.competing_originators)
        assert row.live or not row.disputed


@given(incidents())
def test_disputed_is_to_have_a_pair(incident: Incident) -> None:
    result = resolve(incident)
    states = [(row.state, row.pairs) for row in result.questions.values()]
    for state, pairs in (*states, result.unfiled):
        assert (state is State.DISPUTED) == bool(pairs)
    whole = result.incident
    reasons = bool(whole.disputed_questions) or whole.unfiled_disputed
    assert (whole.state is State.DISPUTED) == reasons


@given(incidents())
def test_pairs_are_those_of_the_rule_tried_on_all_claims_against_all(incident: Incident) -> None:
    result = resolve(incident)
    for question in incident.questions:
        expected = {
            (one.id, other.id)
            for one, other in combinations(incident.claims, 2)
            if compete(incident, result, question, one.id, other.id)
        }
        assert set(result.questions[question.id].pairs) == expected


def compete(incident: Incident, result: Result, question: Question, one: int, other: int) -> bool:
    """The rule as DESIGN.md has it, for two claims and nothing else."""
    of_question = {p.id: p for p in incident.positions if p.question == question.id}

    def filed(claim: int, stance: Stance) -> set[int]:
        return {
            filing.position
            for filing in incident.filings
            if filing.position in of_question
            and (filing.claim, filing.stance, filing.extent) == (claim, stance, Extent.FULLY)
        }

    holds, rejects = filed(one, Stance.HOLDS), filed(one, Stance.REJECTS)
    held, rejected = filed(other, Stance.HOLDS), filed(other, Stance.REJECTS)
    live = result.claims[one].live and result.claims[other].live
    if not live or not (holds | rejects) or not (held | rejected):
        return False
    linked = any(
        {link.from_claim, link.to_claim} == {one, other}
        and link.relation in (Relation.CONTRADICTS, Relation.DENIES)
        for link in incident.links
    )
    if linked and not holds & held:
        return True
    if result.claims[one].originator == result.claims[other].originator:
        return False
    rivals = any(
        of_question[mine].competes and of_question[yours].competes
        for mine in holds
        for yours in held
    )
    apart = question.exclusive and rivals and not holds & held
    return apart or bool(holds & rejected) or bool(rejects & held)


@given(incidents())
def test_a_claim_that_is_not_live_is_heard_nowhere(incident: Incident) -> None:
    result = resolve(incident)
    live = {number for number, row in result.claims.items() if row.live}
    heard = incident._replace(filings=[f for f in incident.filings if f.claim in live])
    assert resolve(heard) == result
    assert result.incident.live_claims == len(live)


def test_a_thousand_repeats_in_a_row_and_a_large_agreement_are_walked() -> None:
    size = 5000
    claims = [Claim(n, n, n, ClaimKind.FACTUAL, ClaimStatus.APPROVED) for n in range(1, size + 1)]
    sources = [Source(n, unnamed=False, side=None, affiliation=n) for n in range(1, size + 1)]
    filings = [Filing(n, 1, Stance.HOLDS, Extent.FULLY) for n in range(1, size + 1)]
    chain = [Link(n, n + 1, n, Relation.RESTATES) for n in range(1, size)]
    agreed = Incident(
        claims, [], sources, [Question(1, True, True)], [Position(1, 1, True)], filings
    )
    assert resolve(agreed).questions[1].state is State.CORROBORATED
    repeated = resolve(agreed._replace(links=chain))
    assert repeated.questions[1].state is State.UNCORROBORATED
    assert repeated.claims[size].statement == 1
