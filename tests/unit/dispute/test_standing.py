"""Which claims stand, what they repeat, and who said it first."""

from __future__ import annotations

import pytest

from claims.dispute import Claim, Incident, resolve
from claims.records import ClaimKind, ClaimStatus

from .scene import check

CASES = {
    "submitted and approved claims stand": """
        a joc submitted
        b amaq approved
        -> a live by joc
        -> b live by amaq
    """,
    "drafts, withdrawn and deleted claims do not stand": """
        a joc draft
        b joc withdrawn
        c joc deleted
        -> a out by joc
        -> b out by joc
        -> c out by joc
        -> incident unanswered
    """,
    "opinions and demands stand but are not live": """
        a speaker demand
        b speaker evaluative
        -> a stands by speaker
        -> b stands by speaker
        -> incident unanswered
    """,
    "what is superseded does not stand": """
        a joc
        b joc
        b supersedes a
        -> a out by joc
        -> b live by joc
    """,
    "a draft supersedes nothing": """
        a joc
        b joc draft
        b supersedes a
        -> a live by joc
    """,
    "a supersedes chain leaves its head": """
        a joc
        b joc
        c joc
        c supersedes b
        b supersedes a
        -> a out by joc
        -> b out by joc
        -> c live by joc
    """,
    "a supersedes chain runs through a withdrawn middle": """
        a joc
        b joc withdrawn
        c joc
        c supersedes b
        b supersedes a
        -> a out by joc
    """,
    "a supersedes chain runs through a deleted middle": """
        a joc
        b joc deleted
        c joc
        c supersedes b
        b supersedes a
        -> a out by joc
    """,
    "a withdrawn head gives back what it replaced": """
        a joc
        b joc withdrawn
        b supersedes a
        -> a live by joc
    """,
    "two claims may supersede one, and one may supersede two": """
        a joc
        b joc
        c joc
        d joc
        b supersedes a
        c supersedes a
        c supersedes d
        -> a out by joc
        -> b live by joc
        -> c live by joc
        -> d out by joc
    """,
    "a cycle of supersedes ends, and none of it stands": """
        a joc
        b joc
        a supersedes b
        b supersedes a
        -> a out by joc
        -> b out by joc
    """,
    "a chain of repeats leads to its root": """
        a joc
        b wire
        c desk
        c restates b
        b restates a
        -> a live by joc
        -> b live by joc as a
        -> c live by joc as a
    """,
    "repeats are walked through a withdrawn claim": """
        a joc
        b wire withdrawn
        c desk
        c restates b
        b restates a
        -> c live by joc as a
    """,
    "repeats are walked through a draft to a withdrawn root": """
        a joc withdrawn
        b wire draft
        c desk
        c restates b
        b restates a
        -> c live by joc as a
    """,
    "repeats stop before a deleted claim": """
        a joc
        b wire deleted
        c desk
        c restates b
        b restates a
        -> b out by wire
        -> c live by desk
    """,
    "a cycle of repeats ends, at its lowest id": """
        a joc
        b wire
        c desk
        d amaq
        a restates b
        b restates c
        c restates a
        d restates c
        -> a live by joc
        -> b live by joc as a
        -> c live by joc as a
        -> d live by joc as a
        -> incident uncorroborated
    """,
    "of two repeats, which the database refuses, the lower id counts": """
        a joc
        b wire
        c desk
        d desk
        c restates b
        c restates a
        d restates a
        d restates b
        -> c live by joc as a
        -> d live by joc as a
    """,
    "a claim that repeats or supersedes itself is taken as it is": """
        a joc
        a restates a
        a supersedes a
        -> a live by joc
    """,
    "an unnamed source in two articles is two originators": """
        officials unnamed
        a officials @1
        b officials @2
        -> a live by officials@1
        -> b live by officials@2
        -> counts 2 live, 2 originators, 0 sides, 0 pairs, 0 in conflict
    """,
    "an unnamed source twice in one article is one originator": """
        officials unnamed
        a officials @1
        b officials @1
        -> a live by officials@1
        -> counts 2 live, 1 originators, 0 sides, 0 pairs, 0 in conflict
    """,
    "a repeat of an unnamed source keeps the article of the root": """
        medic unnamed
        a medic @1
        b medic @2
        b restates a
        -> b live by medic@1 as a
    """,
    "a named source in ten articles is one originator without any links": """
        a joc @1
        b joc @2
        -> b live by joc
        -> counts 2 live, 1 originators, 0 sides, 0 pairs, 0 in conflict
    """,
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_standing(case: str) -> None:
    check(case)


def test_a_claim_whose_source_is_not_given_is_an_error() -> None:
    claim = Claim(1, 7, 1, ClaimKind.FACTUAL, ClaimStatus.APPROVED)
    with pytest.raises(KeyError):
        resolve(Incident([claim], [], [], [], [], []))
