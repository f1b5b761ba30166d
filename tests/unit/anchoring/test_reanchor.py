"""Words in a corrected text: carried over only where they are certainly the same ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import edits
from claims.anchoring.reanchor import (
    BARE,
    CHANGED,
    ELSEWHERE,
    GONE,
    GREW,
    IN,
    OUT,
    SEVERAL,
    TURNED,
    Placed,
    Reanchoring,
    alike,
    reanchor,
)
from claims.anchoring.tokens import normal, tokens
from claims.records import Match

from .strategies import texts

pytestmark = pytest.mark.one_database

BEFORE = "On Thursday morning the council met in the old town hall as planned. "
AFTER = " Nothing else was decided before the members went home for the night."


def place(old: str, new: str, quote: str, nth: int = 0) -> Placed:
    at = -1
    for _ in range(nth + 1):
        at = old.index(quote, at + 1)
    (found,) = reanchor(old, new, [(at, at + len(quote))])
    return found


def carried(old: str, new: str, quote: str, nth: int = 0) -> str:
    """The words that the span stands on; empty where it is not carried over."""
    found = place(old, new, quote, nth)
    return new[found.start : found.end] if found.certain else ""


@pytest.mark.parametrize(
    ("was", "quote", "now"),
    [
        ("The army said that 25 militants died.", "25 militants died", None),
        ("The family 👨‍👩‍👧 fled 👍🏽 to Mosul.", "👨‍👩‍👧 fled 👍🏽", None),
        ("A cafe\u0301 na\u0308r the bridge burned down.", "cafe\u0301 na\u0308r the bridge", None),
        ("قال مصدر طبي إن 25 مسلحا قتلوا في الغارة.", "25 مسلحا قتلوا", None),
        ("当局は25人が死亡したと発表した。住民は避難した。", "25人が死亡した", None),
        (
            "A price of 5\u00a0000 dinars was asked there.",
            "5\u00a0000 dinars",
            "A price of 5 000 dinars was asked there.",
        ),
        ("He called it “a crime” in public.", "“a crime”", 'He called it "a crime" in public.'),
        (
            "It was\nbroken across\nthree lines.",
            "broken across\nthree",
            "It was broken across three lines.",
        ),
    ],
)
def test_the_same_words_are_carried_over(was: str, quote: str, now: str | None) -> None:
    new = f"Correction of Friday. {BEFORE}{now or was}{AFTER}"
    found = carried(BEFORE + was + AFTER, new, quote)
    assert found
    assert normal(found) == normal(quote)
    assert (found == quote) is (now is None)


def test_where_it_stood_where_it_moved_to_and_how_sure_that_is() -> None:
    old = f"{BEFORE}Five people died there.{AFTER}"
    quote = "Five people died there."
    at = old.index(quote)
    assert place(old, old + " More.", quote) == Placed(Match.EXACT, at, at + 23, 1.0, certain=True)
    moved = place(old, f"New. {old}", quote)
    assert moved == Placed(Match.MOVED, at + 5, at + 28, 1.0, certain=True)
    shaped = place(old, old.replace("people died", "people  died"), quote)
    assert (shaped.score, shaped.certain) == (0.99, True)


@pytest.mark.parametrize(
    ("was", "quote", "now", "reason", "proposed"),
    [  # was, the span, now, why it waits, what is proposed
        (
            "They said 55 people died.",
            "55 people died",
            "They said 52 people died.",
            CHANGED,
            "52 people died",
        ),
        (
            "They said 5 died that day.",
            "They said 5",
            "They said 5,000 died that day.",
            CHANGED,
            "They said 5,000",
        ),
        (
            "They said 5 died that day.",
            "They said 5",
            "They said 5% died that day.",
            GREW,
            "They said 5",
        ),
        (
            "They counted up to 5 then.",
            "counted up to 5",
            "They counted up to 5 000 then.",
            GREW,
            "counted up to 5",
        ),
        (
            "They said people died.",
            "people died",
            "They said no people died.",
            TURNED,
            "people died",
        ),
        (
            "They don't say who did it.",
            "who did it",
            "They do say who did it.",
            TURNED,
            "who did it",
        ),
        (
            "A dozen men were held.",
            "A dozen men",
            "A dozen women were seen.",
            CHANGED,
            "A dozen women were seen",
        ),
        ("Locals blame the army alone.", "blame the army", "It rained.", GONE, ""),
        (
            "He fled the U.S. then.",
            "the U.S. then",
            "He fled the U. S. then.",
            CHANGED,
            "the U. S. then",
        ),
        (
            "They read “no one is safe” out.",
            "“no one is safe”",
            "They read “nobody is safe” out.",
            CHANGED,
            "“nobody is safe”",
        ),
        ("He said it. The", "it. The", "He said it. The dog barked.", SEVERAL, "it. The"),
    ],
)
def test_anything_else_waits_for_a_person(
    was: str, quote: str, now: str, reason: str, proposed: str
) -> None:
    old, new = BEFORE + was + AFTER, BEFORE + now + AFTER
    found = place(old, new, quote)
    assert (found.certain, found.reason) == (False, reason)
    assert ("" if found.start is None else new[found.start : found.end]) == proposed
    assert 0 <= found.score <= 1
    assert (found.match is Match.ORPHANED) is (proposed == "")


def test_of_two_equal_sentences_each_keeps_its_own_place() -> None:
    line = "The minister declined to comment."
    old = f"{line} {BEFORE}{line} {AFTER}"
    new = old.replace("the council", "the whole council")
    first, second = (place(old, new, line, nth) for nth in (0, 1))
    assert (first.start, first.certain) == (0, True)
    assert (second.start, second.certain) == (old.rindex(line) + 6, True)


@pytest.mark.parametrize("nth", [0, 1])
def test_when_one_of_two_equal_sentences_is_left_nobody_knows_which(nth: int) -> None:
    line = "The minister declined to comment."
    old = f"{BEFORE}{line} It was late by then. {line}{AFTER}"
    new = f"{BEFORE}{line}{AFTER}"
    found = place(old, new, line, nth)
    assert not found.certain
    assert found.start is not None


def test_a_moved_paragraph_takes_its_words_along_and_a_torn_sentence_does_not() -> None:
    moved = "The provincial governor promised an inquiry into the second strike."
    old = f"{BEFORE}\n{moved}\n{AFTER}\nThe end of it came on Sunday evening."
    new = f"{BEFORE}\n{AFTER}\nThe end of it came on Sunday evening.\n{moved}"
    assert carried(old, new, "an inquiry") == "an inquiry"
    torn = f"{BEFORE}\n{AFTER}\nThe end of it.\nHe promised an inquiry into the second strike."
    assert place(old, torn, "an inquiry").reason == ELSEWHERE
    short = f"{BEFORE}\n{AFTER}\nSome promised an inquiry."
    assert not place(old, short, "promised an inquiry").certain


def test_the_same_words_far_from_all_that_was_around_them_wait() -> None:
    old = f"Asked twice, the mayor of the town said nothing.{AFTER} {BEFORE}"
    new = "Rain fell. the mayor of the town. It stopped."
    found = place(old, new, "the mayor of the town")
    assert not found.certain
    assert found.start is not None
    lone = place("One two three.", "Alpha two beta.", "two")
    assert (lone.certain, lone.reason) in {(False, BARE), (False, GONE), (False, CHANGED)}


def test_a_place_that_has_grown_is_proposed_without_what_came_in_beside_it() -> None:
    old = f"{BEFORE}Sixteen houses were burned by night.{AFTER}"
    new = (
        f"{BEFORE}A long new sentence tells of the weather, of the roads, of the market and of "
        f"the price of bread in town. Seventeen houses were burned by night.{AFTER}"
    )
    found = place(old, new, "Sixteen houses were burned")
    assert new[found.start : found.end] == "Seventeen houses were burned"


def test_words_that_were_all_rewritten_are_looked_for_where_they_stood() -> None:
    old = f"{BEFORE}seventeen labourers perished{AFTER}"
    new = (
        f"{BEFORE}we heard, and wrote it down at once, that seventeen laborers perish, alas{AFTER}"
    )
    found = place(old, new, "seventeen labourers perished")
    assert not found.certain
    assert "seventeen laborers" in new[found.start : found.end]


def test_a_blank_span_and_one_longer_than_anything_compared() -> None:
    assert place("one  two three", "one two three", "  ").match is Match.ORPHANED
    assert alike("a" * 3_000, "a" * 3_000 + "b") > 0.9
    old = BEFORE + "word " * 900 + AFTER
    found = place(old, BEFORE + "term " * 900 + AFTER, "word " * 900)
    assert not found.certain


@pytest.mark.parametrize("seed", range(1, 25))
def test_no_span_is_carried_to_other_text_and_nearly_all_that_survive_are(seed: int) -> None:
    """`make bench-reanchor` does so a thousand times."""
    case = edits.case(seed, words=300)
    where = edits.places(case)
    survive = kept = 0
    for span, found in zip(case.spans, reanchor(case.old, case.new, case.spans), strict=True):
        meant = edits.truth(case, span, where)
        assert not found.certain or edits.stands(case, span, found, meant), (span, found)
        survive += meant is not None
        kept += found.certain and meant is not None
    assert kept >= 0.6 * survive


@given(texts, texts, st.data())
def test_any_two_texts_are_compared_the_same_way_twice(
    old: str, new: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, max(len(old) - 1, 0)))
    end = data.draw(st.integers(start, len(old)))
    found = Reanchoring(old, new).place(start, end)
    assert found == Reanchoring(old, new).place(start, end)
    if found.start is not None and found.end is not None:
        assert 0 <= found.start < found.end <= len(new)
    if found.certain:
        assert normal(old[start:end]) == normal(new[found.start : found.end])


@given(texts, texts)
def test_the_pieces_are_both_texts_whole(old: str, new: str) -> None:
    pieces = Reanchoring(old, new).pieces()
    now = "".join(new[p.start : p.end] for p in pieces if p.kind != OUT)
    assert now == new
    was = "".join((old if p.kind == OUT else new)[p.start : p.end] for p in pieces if p.kind != IN)
    # White space that alone has changed is not shown as a change.
    assert "".join(normal(was).split()) == "".join(normal(old).split())


def test_tokens_with_the_white_space_between_them_are_the_text() -> None:
    text = " 10:30, “5,000” men\u00a0fled. 👩‍👩‍👧 قال"
    cut = tokens(text)
    assert [text[a:b] for a, b in zip(cut.starts, cut.ends, strict=True)] == [
        "", "10:30", ",", "“", "5,000", "”", "men", "fled", ".", "👩‍👩‍👧", "قال", "",
    ]  # fmt: skip
