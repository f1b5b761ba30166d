"""Words that went out here and came in there, the same: shown as moved, and nothing else is."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import edits
from claims.anchoring.moved import moves, with_moves
from claims.anchoring.reanchor import IN, LEAST_MOVED, OUT, SAME, Reanchoring
from claims.anchoring.sentence import sentences
from claims.anchoring.tokens import normal, tokens

from .strategies import texts

pytestmark = pytest.mark.one_database

FIRST = "On Thursday morning the council met in the old town hall as planned."
GOVERNOR = "The provincial governor promised an inquiry into the second strike. He left at noon."
LAST = "Nothing else was decided before the members went home for the night."
END = "The end of it came on Sunday evening, when nobody was there any more."


def lines(*paragraphs: str) -> str:
    return "\n".join(paragraphs)


def moved(old: str, new: str) -> list[tuple[str, str]]:
    """What moved, as the old text and as the new one has it."""
    return [
        (old[m.was_start : m.was_end], new[m.start : m.end]) for m in moves(Reanchoring(old, new))
    ]


def test_a_paragraph_that_stands_elsewhere_has_moved() -> None:
    old = lines(FIRST, GOVERNOR, LAST, END)
    new = lines(FIRST, LAST, END, GOVERNOR)
    assert moved(old, new) == [(GOVERNOR, GOVERNOR)]
    kinds = [(piece.kind, move) for piece, move in with_moves(Reanchoring(old, new))]
    assert [kind for kind, move in kinds if move] == [OUT, IN]


def test_with_other_white_space_and_quotation_marks_it_is_the_same() -> None:
    was, now = f"“{GOVERNOR}”", '"{}"'.format(GOVERNOR.replace(" promised", "\u00a0 promised"))
    old, new = lines(FIRST, was, LAST, END), lines(FIRST, LAST, END, now)
    assert moved(old, new) == [(was, now)]


def test_of_a_moved_paragraph_what_was_written_anew_is_not_moved() -> None:
    old = lines(FIRST, GOVERNOR, LAST, END)
    new = lines(FIRST, LAST, END, f"Later that day. {GOVERNOR} He told nobody why.")
    both = Reanchoring(old, new)
    told = [(new[p.start : p.end].strip(), m is not None) for p, m in with_moves(both)]
    assert told[-3:] == [
        ("Later that day.", False), (GOVERNOR, True), ("He told nobody why.", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "now",
    [
        "Some hope that the provincial governor promised an inquiry into the second strike.",
        "The provincial governor promised an inquiry into the second strike, or so it seemed.",
        "The provincial governor never promised an inquiry into the second strike.",
    ],
)
def test_a_part_of_a_sentence_in_another_one_has_not_moved(now: str) -> None:
    was = "The provincial governor promised an inquiry into the second strike."
    old, new = lines(FIRST, was, LAST, END), lines(FIRST, LAST, END, now)
    assert moved(old, new) == []


def test_a_few_words_have_not_moved() -> None:
    old, new = lines(FIRST, "He fled.", LAST), lines(FIRST, LAST, "He fled.")
    assert moved(old, new) == []


def test_of_three_paragraphs_in_another_order_the_fewest_words_have_moved() -> None:
    old, new = lines(FIRST, GOVERNOR, LAST), lines(LAST, GOVERNOR, FIRST)
    assert {was for was, _ in moved(old, new)} == {FIRST[:-1], LAST[:-1]}


def sentence(text: str, start: int, end: int) -> list[str]:
    """The tokens of the sentences that a place is of."""
    touched = [(a, b) for a, b in sentences(text, 0, len(text)) if a < end and b > start]
    return list(tokens(text[touched[0][0] : touched[-1][1]]).keys)


def check(old: str, new: str) -> None:
    """What must be so of any two texts."""
    both = Reanchoring(old, new)
    found = moves(both)
    for ends in ([(m.was_start, m.was_end) for m in found], [(m.start, m.end) for m in found]):
        ends.sort()
        assert all(first[1] <= second[0] for first, second in pairwise(ends))
    for move in found:
        was, now = old[move.was_start : move.was_end], new[move.start : move.end]
        assert tokens(was).keys == tokens(now).keys
        assert normal("".join(was.split())) == normal("".join(now.split()))
        cut = tokens(was)
        assert cut.words_in(1, len(cut.keys) - 1) >= LEAST_MOVED
        # At its ends a word may be missing that stayed; but the sentences are the same.
        assert sentence(old, move.was_start, move.was_end) == sentence(new, move.start, move.end)
    cut_up = list(with_moves(both))
    assert [move for piece, move in cut_up if move and piece.kind == IN] == found
    assert {move for piece, move in cut_up if move and piece.kind == OUT} == set(found)
    # Only cut: put together again they are the pieces that they were.
    for text, other in ((old, IN), (new, OUT)):
        before = [text[p.start : p.end] for p in both.pieces() if p.kind not in {SAME, other}]
        after = [text[p.start : p.end] for p, _ in cut_up if p.kind not in {SAME, other}]
        assert "".join(before) == "".join(after)


@given(texts, texts)
def test_any_two_texts(old: str, new: str) -> None:
    check(old, new)


@pytest.mark.parametrize("seed", range(1, 25))
def test_an_edited_article(seed: int) -> None:
    case = edits.case(seed, words=300)
    check(case.old, case.new)


@given(st.randoms(use_true_random=False), st.integers(1, 40))
def test_paragraphs_in_any_order_have_moved_or_stayed(rng: random.Random, count: int) -> None:
    own = [f"Speaker {n} of the town council named street {n} on day {n}." for n in range(count)]
    old = lines(*own)
    rng.shuffle(own)
    new = lines(*own)
    check(old, new)
    both = Reanchoring(old, new)
    left = [
        (old if piece.kind == OUT else new)[piece.start : piece.end]
        for piece, move in with_moves(both)
        if piece.kind != SAME and not move
    ]
    assert all(text.strip(" .\n") in {"", "Speaker"} for text in left)


def test_ten_times_the_words_in_another_order_take_about_ten_times_as_long() -> None:
    def seconds(words: int) -> float:
        case = edits.case(7, words=words, edits=1)
        own = case.old.split("\n")
        random.Random(7).shuffle(own)  # noqa: S311 - the same order each time
        both = Reanchoring(case.old, lines(*own))
        start = time.process_time()
        assert list(with_moves(both))
        return time.process_time() - start

    short, long = seconds(5_000), seconds(50_000)
    assert long < 40 * max(short, 0.01)
