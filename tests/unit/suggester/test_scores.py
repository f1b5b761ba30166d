"""What counts as found, on sentences where it can be counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.suggester.scores import Scores, Share, right, score
from claims.suggester.shapes import Found, Piece

TEXT = "The army said two trucks burned near the market."


def made(content: str, source: str = "", cue: str = "") -> Found:
    return Found(at(source), at(cue), at(content), 1.0, ())


def at(words: str) -> tuple[Piece, ...]:
    start = TEXT.find(words)
    return ((start, start + len(words)),) if words else ()


REAL = made("two trucks burned near the market", "The army", "said")


def test_all_of_it_is_right() -> None:
    scores = score(TEXT, [REAL], [REAL])
    shares = (scores.attribution, scores.full, scores.content, scores.cue)
    assert [share.f1 for share in shares] == [1.0] * 4


def test_marks_at_an_edge_do_not_count() -> None:
    assert score(TEXT, [REAL], [made("two trucks burned near the market.")]).content.f1 == 1.0


@pytest.mark.parametrize(
    ("content", "found"), [("burned near the market", 1), ("near the market", 1), ("market", 0)]
)
def test_half_of_the_words_are_enough(content: str, found: int) -> None:
    assert score(TEXT, [REAL], [made(content)]).attribution.right == found


@pytest.mark.parametrize(
    ("real", "said", "full"),
    [
        ("The army", "army", 1),
        ("The army", "said", 0),
        ("The army", "", 0),
        ("", "army", 0),
        ("", "", 1),
    ],
)
def test_full_is_with_the_right_source_or_rightly_none(real: str, said: str, full: int) -> None:
    content = "two trucks burned"
    assert score(TEXT, [made(content, real)], [made(content, said)]).full.right == full


def test_each_is_matched_once_the_most_alike_first() -> None:
    near, nearer = made("two trucks burned near"), made("two trucks burned near the")
    assert right(TEXT, [REAL], [near, nearer]) == [False, True]
    assert score(TEXT, [REAL], [near, nearer]).attribution == Share(1, 2, 1)


def test_reporting_words_that_share_one_word_are_found() -> None:
    real, said = made("burned", cue="army said"), made("burned", cue="said")
    assert score(TEXT, [real], [said]).cue == Share(1, 1, 1)


def test_nothing_there_and_nothing_found_is_no_error() -> None:
    scores = score(TEXT, [], [made("")])
    assert scores == Scores()
    assert (scores.content.precision, scores.content.recall, scores.content.f1) == (0, 0, 0)


def test_precision_and_recall_are_told_apart() -> None:
    share = Share(right=1, found=2, there=4)
    assert (share.precision, share.recall) == (0.5, 0.25)


def test_articles_are_counted_together() -> None:
    one, none = score(TEXT, [REAL], [REAL]), score(TEXT, [REAL], [])
    assert one.plus(none).attribution == Share(1, 1, 2)


PIECES = st.lists(st.tuples(st.integers(-2, 60), st.integers(-2, 60)), max_size=2).map(tuple)


@given(st.lists(PIECES, max_size=4), st.lists(PIECES, max_size=4))
def test_no_share_is_over_one(one: list[tuple[Piece, ...]], two: list[tuple[Piece, ...]]) -> None:
    real, said = ([Found(p, p, p, 1.0, ()) for p in pieces] for pieces in (one, two))
    scores = score(TEXT, real, said)
    for share in (scores.attribution, scores.full, scores.content, scores.cue):
        assert 0 <= share.right <= min(share.found, share.there)
    assert sum(right(TEXT, real, [one for one in said if one.content])) == scores.attribution.right
