"""Who holds and who rejects each answer, and whether that is the accused."""

from __future__ import annotations

import pytest

from claims.dispute import PositionResult, Voices, resolve

from .scene import check, scene

CASES = {
    "composition counts originators and sides apart": """
        joc side government
        amaq side is
        speaker side parliament
        mp side parliament
        a amaq
        b speaker
        c mp
        d joc
        e amaq
        f desk
        Cause? strike bomb
        a = strike
        b = strike
        c = strike
        d = bomb
        e =~ strike
        f =~ strike
        d !~ strike
        -> Cause/strike = amaq, speaker, mp (2 sides, 3 heads); =~ desk (0 sides, 1 heads); \
!~ joc (1 sides, 1 heads)
        -> Cause/bomb = joc (1 sides, 1 heads)
        -> counts 6 live, 5 originators, 3 sides, 3 pairs, 4 in conflict
    """,
    "the answer of the accused": """
        joc side government
        a joc
        b amaq blames joc
        Cause? strike bomb
        a = bomb
        a !~ strike
        b = strike
        -> Cause/bomb = joc (1 sides, 1 heads) accused
        -> Cause/strike = amaq (0 sides, 1 heads); !~ joc (1 sides, 1 heads) accused
    """,
    "an answer that others hold too is not only of the accused": """
        a joc
        b amaq blames joc
        c desk
        Cause? strike bomb
        a = bomb
        b = strike
        c = bomb
        -> Cause/bomb = joc, desk (0 sides, 2 heads)
    """,
    "a draft or an opinion accuses nobody, and who blames himself admits": """
        a joc blames joc
        b amaq draft blames joc
        c speaker evaluative blames joc
        Cause? strike bomb
        a = strike
        -> Cause/strike = joc (0 sides, 1 heads)
    """,
    "who holds it fully and in part is listed once": """
        a joc
        b joc
        Cause? strike bomb
        a =~ bomb
        b = bomb
        a !~ strike
        b ! strike
        -> Cause/bomb = joc (0 sides, 1 heads)
        -> Cause/strike ! joc (0 sides, 1 heads)
    """,
    "repeats are one voice, and an unnamed source is one for each article": """
        officials unnamed
        a joc
        b wire
        c officials @1
        d officials @2
        Cause? strike bomb
        b restates a
        a = bomb
        b = bomb
        c = bomb
        d = bomb
        -> Cause/bomb = officials@1, officials@2, joc (0 sides, 2 heads)
    """,
    "an accusation counts wherever in the incident it is filed": """
        a joc
        b amaq blames joc
        Cause? strike bomb
        Who? army nobody
        a = bomb
        b = army
        -> Cause/bomb = joc (0 sides, 1 heads) accused
    """,
    "to blame the head is not to blame all that belong to it": """
        joc part of army
        a joc
        b amaq blames army
        Cause? strike bomb
        a = bomb
        -> Cause/bomb = joc (0 sides, 1 heads)
    """,
    "who repeats the blame of the accused against himself accuses nobody": """
        a joc blames joc
        b wire blames joc
        b restates a
        Cause? strike bomb
        a = strike
        -> Cause/strike = joc (0 sides, 1 heads)
    """,
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_composition(case: str) -> None:
    check(case)


def test_an_answer_nobody_gave_is_there_and_is_nobodys() -> None:
    nobody = Voices((), (), (), accused=False)
    result = resolve(scene("Cause? strike").incident())
    assert result.questions[1].composition == (PositionResult(1, nobody, nobody, nobody, nobody),)
