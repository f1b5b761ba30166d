"""What is learned from a desk's approved claims, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.suggester.learned.compare import evaluate
from claims.suggester.learned.train import LEAST_ARTICLES, Example, TooFew, train
from claims.suggester.scores import Spans
from claims.suggester.shapes import Found
from tests.unit.suggester.learned.made_desk import article, desk, trained


def read(text: str) -> list[Found]:
    return trained().find(text, "en")


def cut(text: str, found: Spans) -> tuple[str, str, str]:
    roles = (found.source, found.cue, found.content)
    source, cue, content = (" / ".join(text[a:b] for a, b in pieces) for pieces in roles)
    return source, cue, content


def test_it_finds_in_a_new_article_what_the_desk_would_approve() -> None:
    new = article(101)
    assert [cut(new.text, one) for one in read(new.text)] == [
        cut(new.text, one) for one in new.attributions
    ]


def test_the_articles_own_voice_is_left_alone() -> None:
    assert read("Traffic moved slowly through the old town.") == []


def test_a_content_may_be_divided_by_who_says_it() -> None:
    found = read(article(55).text)
    assert [len(one.content) for one in found] == [1, 1, 2]


def test_it_says_why_and_how_sure_it_is() -> None:
    for one in read(article(101).text):
        assert 0.5 < one.score <= 1.0
        assert all("in what this desk has approved" in reason for reason in one.reasons)


def test_the_same_desk_gives_the_same_model_and_progress_is_told() -> None:
    told: list[float] = []
    assert train(desk(), "en", told.append).to_bytes() == trained().to_bytes()
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_too_few_articles_are_refused() -> None:
    few = [*desk(LEAST_ARTICLES - 1), *[Example("Nothing is said here.", [])] * 5]
    with pytest.raises(TooFew, match=rf"It takes {LEAST_ARTICLES} articles .* there are 19"):
        train(few)


def test_it_reads_its_own_desk_almost_without_a_fault() -> None:
    scores = evaluate(read, [article(number) for number in range(200, 210)])
    assert scores.attribution.f1 > 0.9
    assert scores.full.f1 > 0.9


WORDS = st.sampled_from(
    [
        "The army",
        " said ",
        "that",
        " “",
        "”",
        "the road",
        " ",
        "\n",
        ".",
        ",",
        "😀",
        "أعلن",
        "e\u0301",
    ]
)


@settings(max_examples=25)
@given(st.lists(WORDS, max_size=30).map("".join) | st.text(max_size=60))
def test_every_piece_lies_in_the_text_in_order(text: str) -> None:
    for one in read(text):
        assert one.content
        for pieces in (one.source, one.cue, one.content):
            flat = [edge for piece in pieces for edge in piece]
            assert flat == sorted(flat)
            assert all(0 <= start < end <= len(text) for start, end in pieces)


def test_a_paragraph_without_end_is_read_in_parts() -> None:
    text = "The army said: “The road stays closed, " + "and the bridge is open, " * 100 + "so.”"
    assert all(piece[1] <= len(text) for one in read(text) for piece in one.content)
