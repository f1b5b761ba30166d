"""The state of one question and its pairs."""

from __future__ import annotations

import pytest

from .scene import check

TWO = """
        a joc
        b amaq
        Cause? strike bomb (unknown)"""

CASES = {
    "nothing filed": f"""{TWO}
        -> Cause unanswered
    """,
    "two originators with two answers": f"""{TWO}
        a = bomb
        b = strike
        -> Cause disputed a/b
        -> a live by joc against b (1)
        -> b live by amaq against a (1)
    """,
    "two originators with one answer": f"""{TWO}
        a = strike
        b = strike
        -> Cause corroborated
    """,
    "one source": f"""{TWO}
        a = strike
        -> Cause uncorroborated
    """,
    "one originator with two answers does not dispute itself": """
        a joc
        b joc
        Cause? strike bomb
        a = bomb
        b = strike
        -> Cause uncorroborated
    """,
    "a repeat adds no voice": f"""{TWO}
        a = strike
        b = strike
        b restates a
        -> Cause uncorroborated
    """,
    "a repeat is its originator when it is set against others": f"""{TWO}
        c wire
        c restates a
        a = bomb
        b = strike
        c = bomb
        -> Cause disputed a/b b/c
        -> b live by amaq against a c (1)
        -> counts 3 live, 2 originators, 0 sides, 2 pairs, 2 in conflict
    """,
    "two outlets of one group do not corroborate": """
        one part of group
        two part of group
        a one
        b two
        Cause? strike bomb
        a = strike
        b = strike
        -> Cause uncorroborated
        -> Cause/strike = one, two (0 sides, 1 heads)
    """,
    "two outlets of one group can dispute": """
        one part of group
        two part of group
        a one
        b two
        Cause? strike bomb
        a = strike
        b = bomb
        -> Cause disputed a/b
    """,
    "an outlet and its own head do not corroborate": """
        desk part of group
        a desk
        b group
        Cause? strike bomb
        a = strike
        b = strike
        -> Cause uncorroborated
    """,
    "an unnamed source in two articles is one head": """
        officials unnamed
        a officials @1
        b officials @2
        Cause? strike bomb
        a = strike
        b = strike
        -> Cause uncorroborated
    """,
    "namesakes in two articles are two sources": """
        officials unnamed
        officials2 unnamed
        a officials @1
        b officials2 @2
        Cause? strike bomb
        a = strike
        b = strike
        -> Cause corroborated
    """,
    "an unnamed source in two articles can dispute": """
        officials unnamed
        a officials @1
        b officials @2
        Cause? strike bomb
        a = strike
        b = bomb
        -> Cause disputed a/b
    """,
    "dozens and 55 do not exclude each other": """
        a amaq
        b hospital
        Deaths? open dozens fifty
        a = dozens
        b = fifty
        -> Deaths uncorroborated
    """,
    "dozens, where the hospital holds both": """
        a amaq
        b hospital
        Deaths? open dozens fifty
        a = dozens
        b = dozens
        b = fifty
        -> Deaths corroborated
    """,
    "non-exclusive answers are still disputed by a rejection": """
        a amaq
        b joc
        Deaths? open dozens none
        a = dozens
        b ! dozens
        b = none
        -> Deaths disputed a/b
    """,
    "who holds both answers agrees with who holds one": f"""{TWO}
        a = bomb
        a = strike
        b = strike
        -> Cause corroborated
    """,
    "to hold and to reject is a dispute": f"""{TWO}
        a ! strike
        b = strike
        -> Cause disputed a/b
    """,
    "to hold and to reject within one originator is none": """
        a joc
        b joc
        Cause? strike bomb
        a ! strike
        b = strike
        -> Cause uncorroborated
    """,
    "a rejection alone": f"""{TWO}
        a ! strike
        b ! strike
        -> Cause uncorroborated
        -> Cause/strike ! joc, amaq (0 sides, 2 heads)
    """,
    "a rejection of one answer does not clash with another": f"""{TWO}
        a ! strike
        b = bomb
        -> Cause uncorroborated
    """,
    "in part on both ends is no dispute": f"""{TWO}
        a =~ bomb
        b = strike
        -> Cause uncorroborated
        -> Cause/bomb =~ joc (0 sides, 1 heads)
    """,
    "a rejection in part answers in part only": f"""{TWO}
        a !~ strike
        b = strike
        -> Cause uncorroborated
        -> Cause/strike = amaq (0 sides, 1 heads); !~ joc (0 sides, 1 heads)
    """,
    "held in part by another does not corroborate": f"""{TWO}
        a =~ strike
        b = strike
        -> Cause uncorroborated
    """,
    "does not know competes with nothing": f"""{TWO}
        a = unknown
        b = strike
        -> Cause uncorroborated
    """,
    "two who do not know corroborate nothing": f"""{TWO}
        a = unknown
        b = unknown
        -> Cause uncorroborated
    """,
    "drafts and demands are not counted": """
        a joc
        b amaq draft
        c speaker demand
        d desk evaluative
        e hospital withdrawn
        Cause? strike bomb
        a = bomb
        b = strike
        c = strike
        d = strike
        e = strike
        -> Cause uncorroborated
        -> Cause/strike
    """,
    "a superseded claim is not counted": """
        a joc
        b amaq
        c amaq
        Cause? strike bomb
        a = bomb
        b = strike
        c = bomb
        c supersedes b
        -> Cause corroborated
    """,
    "contradicts joins two with different answers that exclude nothing": """
        a amaq
        b hospital
        Deaths? open dozens fifty
        a = dozens
        b = fifty
        a contradicts b
        -> Deaths disputed a/b
        -> links none
    """,
    "denies disputes as contradicts does, the lower id first": """
        a amaq
        b joc
        Deaths? open dozens none
        a = dozens
        b = none
        b denies a
        -> Deaths disputed a/b
    """,
    "a link may set one originator against itself": """
        a joc
        b joc
        Cause? strike bomb
        a = strike
        b = bomb
        a contradicts b
        -> Cause disputed a/b
        -> counts 2 live, 1 originators, 0 sides, 1 pairs, 1 in conflict
    """,
    "a link between two that hold the same answer disputes something else": f"""{TWO}
        a = strike
        b = strike
        a contradicts b
        -> Cause corroborated
        -> links none
    """,
    "a link between a claim in part and one in full is no pair": f"""{TWO}
        a =~ bomb
        b = strike
        a contradicts b
        -> Cause uncorroborated
        -> links none
    """,
    "two links on one pair are one pair": f"""{TWO}
        a = bomb
        b = strike
        a contradicts b
        b denies a
        -> Cause disputed a/b
    """,
    "a link on rejected answers": f"""{TWO}
        a ! bomb
        b ! strike
        a contradicts b
        -> Cause disputed a/b
    """,
    "a dispute on one question leaves the other alone": """
        a joc
        b amaq
        Cause? strike bomb
        Place? market house
        a = bomb
        b = strike
        a = market
        b = market
        a contradicts b
        -> Cause disputed a/b
        -> Place corroborated
    """,
    "corroborates joins two answers of different heads": """
        a amaq
        b hospital
        Deaths? open dozens fifty
        a = dozens
        b = fifty
        a corroborates b
        -> Deaths corroborated
    """,
    "corroborates within one group does not count": """
        one part of group
        two part of group
        a one
        b two
        Deaths? open dozens fifty
        a = dozens
        b = fifty
        a corroborates b
        -> Deaths uncorroborated
    """,
    "corroborates with a claim in part does not count": """
        a amaq
        b hospital
        Deaths? open dozens fifty
        a = dozens
        b =~ fifty
        a corroborates b
        b corroborates a
        -> Deaths uncorroborated
    """,
    "a dispute goes before agreement": f"""{TWO}
        c hospital
        a = bomb
        b = strike
        c = strike
        -> Cause disputed a/b a/c
        -> a live by joc against b c (2)
    """,
    "undercuts only marks": f"""{TWO}
        a undercuts b
        b = strike
        -> Cause uncorroborated challenged
        -> b live by amaq
        -> links none
    """,
    "an opinion can challenge, a claim in part can be challenged": f"""{TWO}
        c desk evaluative
        b =~ strike
        c undercuts b
        -> Cause uncorroborated challenged
    """,
    "a draft challenges nothing": f"""{TWO}
        c desk draft
        b = strike
        c undercuts b
        -> Cause uncorroborated
    """,
    "nobody challenges himself, and a draft is not challenged": f"""{TWO}
        c amaq
        d hospital draft
        b = strike
        d = strike
        c undercuts b
        a undercuts d
        -> Cause uncorroborated
        -> incident uncorroborated
    """,
    "a challenge on one question leaves the other alone": """
        a joc
        b amaq
        Cause? strike bomb
        Place? market house
        a = bomb
        b = market
        a undercuts b
        -> Cause uncorroborated
        -> Place uncorroborated challenged
    """,
    "responds to says nothing": f"""{TWO}
        a = strike
        b responds_to a
        -> Cause uncorroborated
        -> links none
    """,
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_question(case: str) -> None:
    check(case)
