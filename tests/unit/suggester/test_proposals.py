"""What is proposed of what an engine finds."""

from __future__ import annotations

import pytest

from claims.records import ClaimKind, Polarity
from claims.suggester.lexicon import load
from claims.suggester.proposals import Decided, as_marked, fingerprint, is_said, new_ones, overlap
from claims.suggester.shapes import Attribution, Piece

TEXT = "The army said the bridge was hit. Officials denied it."
BRIDGE: Piece = (14, 32)


def found(content: Piece = BRIDGE, score: float = 0.9, name: str = "Army") -> Attribution:
    return Attribution(((0, 8),), ((9, 13),), (content,), score, "rules", (), source_name=name)


def proposed(one: Attribution, *decided: Decided, claimed: tuple[Piece, ...] = ()) -> int:
    return len(new_ones(TEXT, [one], [[piece] for piece in claimed], decided))


def test_what_nobody_has_decided_on_is_proposed() -> None:
    assert list(new_ones(TEXT, [found()], [], []).values()) == [found()]


def test_what_is_more_likely_wrong_than_right_is_not() -> None:
    assert proposed(found(score=0.49)) == 0


@pytest.mark.parametrize(
    ("piece", "count"), [(BRIDGE, 0), ((18, 32), 0), ((24, 32), 1), ((0, 8), 1)]
)
def test_what_a_claim_covers_is_not(piece: Piece, count: int) -> None:
    assert proposed(found(), claimed=(piece,)) == count


def test_what_was_decided_on_is_not_in_another_text_either() -> None:
    again = Decided(fingerprint(["“The bridge  was hit”"], "ARMY"), "Army")
    assert proposed(found(), again) == 0


def test_nearly_the_same_words_of_the_same_source_are_the_same() -> None:
    nearly = Decided("", "army", ((18, 33),))
    assert proposed(found(), nearly) == 0
    assert proposed(found(name="Navy"), nearly) == 1


def test_of_two_that_say_the_same_the_better_one_is_proposed() -> None:
    both = [found(score=0.6), found(score=0.8), found(score=0.7)]
    assert [one.score for one in new_ones(TEXT, both, [], []).values()] == [0.8]


def test_the_words_for_who_stand_in_for_a_name() -> None:
    nameless = found(name="")
    assert list(new_ones(TEXT, [nameless], [], [])) == [
        fingerprint(["the bridge was hit"], "The army")
    ]


def test_pieces_are_compared_as_a_whole() -> None:
    assert overlap([(0, 4), (8, 12)], [(0, 12)]) == pytest.approx(8 / 12)
    assert overlap([], []) == 0


@pytest.mark.parametrize(
    ("language", "said", "marked"),
    [
        ("en", "that the bridge was hit", "the bridge was hit"),
        ("en", "whether the bridge was hit", "whether the bridge was hit"),
        ("en", "“that bridge was hit”", "“that bridge was hit”"),
        ("ru", "что мост был разрушен", "мост был разрушен"),
        ("ar", "أن الجسر قد قصف", "الجسر قد قصف"),
        ("ar", "أنه قصف الجسر", "أنه قصف الجسر"),
    ],
)
def test_a_word_that_only_joins_is_not_marked(language: str, said: str, marked: str) -> None:
    one = Attribution((), (), ((0, len(said)),), 0.9, "rules", ())
    ((start, end),) = as_marked(said, one, load(language)).content
    assert said[start:end] == marked


@pytest.mark.parametrize(
    ("said", "polarity", "kind", "marked"),
    [
        ("allegations that the bridge was hit", "denies", "factual", "the bridge was hit"),
        ("the media reports as propaganda", "asserts", "evaluative", "propaganda"),
        # Somebody has heard of them: that it is so they do not say.
        ("reports that it was hit", "asserts", "factual", "reports that it was hit"),
    ],
)
def test_what_is_spoken_of_is_not_marked(said: str, polarity: str, kind: str, marked: str) -> None:
    whole = ((0, len(said)),)
    one = Attribution((), (), whole, 0.9, "rules", (), Polarity(polarity), ClaimKind(kind))
    ((start, end),) = as_marked(said, one, load("en")).content
    assert said[start:end] == marked


@pytest.mark.parametrize(
    ("who", "said"),
    [("A day later nobody", False), ("No one", False), ("Noonan", True), ("", True)],
)
def test_what_nobody_says_is_not_proposed(who: str, said: bool) -> None:
    one = Attribution(((0, len(who)),), (), ((len(who), len(who) + 1),), 0.9, "rules", ())
    assert is_said(f"{who} knew", one, load("en")) is said
