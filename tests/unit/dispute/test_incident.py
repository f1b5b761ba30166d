"""The state of the incident: key questions, links no question covers, claims filed nowhere."""

from __future__ import annotations

import pytest

from claims.dispute import Filing, Link, Position, resolve
from claims.records import Extent, Relation, Stance

from .scene import check, scene

BOTH = """
        a joc
        b amaq
        Cause? key strike bomb
        Place? market house"""

CASES = {
    "nothing at all": """
        -> incident unanswered
        -> links none
        -> counts 0 live, 0 originators, 0 sides, 0 pairs, 0 in conflict
    """,
    "a question without claims": """
        Cause? strike bomb
        -> incident unanswered
    """,
    "a dispute on a key question": f"""{BOTH}
        a = bomb
        b = strike
        -> incident disputed by Cause
    """,
    "a dispute beside the key question shows there and not on the incident": f"""{BOTH}
        a = strike
        b = strike
        a = market
        b = house
        -> Place disputed a/b
        -> incident corroborated
        -> a live by joc against b (1)
        -> counts 2 live, 2 originators, 0 sides, 1 pairs, 2 in conflict
    """,
    "with no key question all of them count": """
        a joc
        b amaq
        Cause? strike bomb
        Place? market house
        a = strike
        b = strike
        a = market
        b = house
        -> incident disputed by Place
    """,
    "both disputed questions are named": """
        a joc
        b amaq
        Cause? key strike bomb
        Place? key market house
        a = strike
        b = bomb
        a = market
        b = house
        -> incident disputed by Cause Place
        -> counts 2 live, 2 originators, 0 sides, 1 pairs, 2 in conflict
    """,
    "one source on one key question goes before agreement on another": """
        a joc
        b amaq
        Cause? key strike bomb
        Place? key market house
        a = strike
        b = strike
        a = market
        -> incident uncorroborated
    """,
    "an unanswered key question does not hide an agreed one": """
        a joc
        b amaq
        Cause? key strike bomb
        Place? key market house
        a = strike
        b = strike
        -> incident corroborated
    """,
    "claims filed beside an unanswered key question": f"""{BOTH}
        a = market
        b = market
        -> incident unanswered
    """,
    "a contradiction between claims filed nowhere": """
        a joc
        b amaq
        a contradicts b
        -> links disputed a/b
        -> incident disputed by links
        -> a live by joc against b (1)
    """,
    "an unfiled denial counts beside key questions": f"""{BOTH}
        c desk
        d wire
        a = strike
        b = strike
        d denies c
        -> Cause corroborated
        -> links disputed c/d
        -> incident disputed by links
    """,
    "an unfiled denial of its own originator": """
        a joc
        b joc
        b denies a
        -> links disputed a/b
    """,
    "a link with one end filed is not covered": f"""{BOTH}
        a = strike
        a contradicts b
        -> Cause uncorroborated
        -> links disputed a/b
        -> incident disputed by links
    """,
    "a link between claims filed on two questions is not covered": f"""{BOTH}
        a = strike
        b = market
        a contradicts b
        -> links disputed a/b
        -> incident disputed by links
    """,
    "a link between two in part on one question is covered": f"""{BOTH}
        a =~ strike
        b !~ strike
        a contradicts b
        -> links none
        -> incident uncorroborated
    """,
    "unfiled agreement of two heads": """
        a joc
        b amaq
        a corroborates b
        -> links corroborated
        -> incident corroborated
    """,
    "unfiled agreement within one group": """
        one part of group
        two part of group
        a one
        b two
        a corroborates b
        -> links uncorroborated
        -> incident uncorroborated
    """,
    "an unfiled dispute goes before unfiled agreement": """
        a joc
        b amaq
        c desk
        a corroborates b
        c contradicts a
        -> links disputed a/c
    """,
    "links to claims that are not live are nothing": """
        a joc
        b amaq draft
        c desk demand
        a contradicts b
        c denies a
        -> links none
        -> incident uncorroborated
    """,
    "a live claim filed nowhere is at least one source": f"""{BOTH}
        c desk
        a = strike
        b = strike
        -> incident uncorroborated
    """,
    "a repeat filed nowhere adds nothing": f"""{BOTH}
        c desk
        c restates a
        a = strike
        b = strike
        -> incident corroborated
    """,
    "a repeat of a withdrawn claim, filed nowhere, is loose": f"""{BOTH}
        c desk
        d wire withdrawn
        c restates d
        a = strike
        b = strike
        -> incident uncorroborated
    """,
    "responds to and undercuts place a claim nowhere": f"""{BOTH}
        c desk
        a = strike
        b = strike
        c responds_to a
        c undercuts b
        -> incident uncorroborated challenged
        -> Cause corroborated challenged
    """,
    "a claim filed nowhere can be challenged": """
        a joc
        b speaker demand
        b undercuts a
        -> incident uncorroborated challenged
    """,
    "the raid: the cause disputed, the deaths not": """
        joc side government
        amaq side is
        speaker side parliament
        a joc
        b amaq blames joc
        c speaker blames joc
        d wire
        e speaker demand
        Cause? key strike bomb
        Deaths? key open dozens fifty
        d restates a
        a = bomb
        d = bomb
        b = strike
        c = strike
        b = dozens
        c = dozens
        a !~ dozens
        e responds_to a
        a undercuts b
        -> Cause disputed a/b a/c b/d c/d challenged
        -> Deaths corroborated challenged
        -> incident disputed by Cause challenged
        -> Cause/strike = amaq, speaker (2 sides, 2 heads)
        -> Cause/bomb = joc (1 sides, 1 heads) accused
        -> d live by joc as a against b c (2)
        -> counts 4 live, 3 originators, 3 sides, 4 pairs, 3 in conflict
    """,
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_incident(case: str) -> None:
    check(case)


def test_rows_whose_other_end_is_not_given_are_passed_over() -> None:
    incident = scene(CASES["a dispute on a key question"]).incident()
    more = incident._replace(
        links=[Link(90, 1, 99, Relation.CONTRADICTS), Link(91, 99, 1, Relation.SUPERSEDES)],
        positions=[*incident.positions, Position(90, 99, competes=True)],
        filings=[
            *incident.filings,
            Filing(99, 1, Stance.REJECTS, Extent.FULLY),
            Filing(1, 98, Stance.HOLDS, Extent.FULLY),
            Filing(1, 90, Stance.HOLDS, Extent.FULLY),
        ],
    )
    assert resolve(more) == resolve(incident)


def test_results_come_in_the_order_of_their_ids() -> None:
    incident = scene(CASES["the raid: the cause disputed, the deaths not"]).incident()
    result = resolve(incident._replace(claims=incident.claims[::-1]))
    assert list(result.claims) == [1, 2, 3, 4, 5]
    assert list(result.questions) == [1, 2]
    assert [row.position for row in result.questions[2].composition] == [3, 4]
