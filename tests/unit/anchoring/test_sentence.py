from __future__ import annotations

import itertools

import pytest
from hypothesis import given

from claims.anchoring.sentence import sentence_at, sentences
from claims.anchoring.white import WHITE

from .strategies import texts, texts_with_spans


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    "wanted",
    [
        ["Lt. Gen. Yar said 3.5 tonnes fell.", "The U.S. Army denied it.", "Nobody agreed."],
        ["He lives in the U.S.", "The rest left.", "It was 5 p.m. on Friday in St. Karsa."],
        ["“Who fired?” he asked.", "“We did not.”", "Nobody knew…", "Then it stopped!"],
        ["No. 5 was hit.", "They said no.", "Mr. J. Smith vs. the others."],
        ["He said ‘stop.’", "(It was late.)", "They left.[3]", "And so on"],
        ["1. First point is here.", "2. Second one."],
        ["هل أصيبت القرية؟", "قالت الوزارة إنها لم تفعل.", "وقال د. سالم إن ١١ قتلوا."],
        ["Это было в 1970 г. в Казани.", "Ген. Иванов это отрицает."],
        ["Wait… what happened then?", "Five homes burned."],
        ["Depot hit near Karsa"],
    ],
)
def test_sentences(wanted: list[str]) -> None:
    assert split(" ".join(wanted)) == wanted


def test_chinese_and_japanese_need_no_space() -> None:
    assert split("他说没有。「我们不信！」真的吗？是") == [
        "他说没有。",
        "「我们不信！」",
        "真的吗？",
        "是",
    ]


def test_a_line_feed_ends_a_sentence() -> None:
    assert split("No stop here\n\nNext line. ") == ["No stop here", "Next line."]


def test_the_sentence_around_a_span() -> None:
    text = "One here. Two is here. Three.\nNext line. End."
    two = text.index("Two")
    assert text[slice(*sentence_at(text, two + 4, two + 6))] == "Two is here."
    assert text[slice(*sentence_at(text, two + 4, two + 4))] == "Two is here."
    assert text[slice(*sentence_at(text, 4, two + 2))] == "One here. Two is here."
    next_line = text.index("Next")
    assert text[slice(*sentence_at(text, two, next_line + 2))] == "Two is here. Three.\nNext line."


def test_around_white_space_between_lines_there_is_no_sentence() -> None:
    assert sentence_at("One here.\n\nTwo here.", 10, 10) == (10, 10)


@given(texts)
def test_sentences_hold_all_that_is_not_white(text: str) -> None:
    found = sentences(text, 0, len(text))
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(found))
    for start, end in found:
        piece = text[start:end]
        assert "\n" not in piece
        assert piece == piece.strip(WHITE) != ""
    left = "".join(text[start:end] for start, end in found)
    assert [c for c in left if c not in WHITE] == [c for c in text if c not in WHITE]


@given(texts_with_spans())
def test_the_sentence_holds_the_span_within_its_lines(given_span: tuple[str, int, int]) -> None:
    text, start, end = given_span
    first, last = sentence_at(text, start, end)
    assert 0 <= first <= start <= end <= last <= len(text)
    assert "\n" not in text[first:start]
    assert "\n" not in text[end:last]
