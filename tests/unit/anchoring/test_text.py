from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.anchoring.text import TextError, clean, paragraph_at, paragraphs, sha256
from claims.anchoring.white import WHITE

from .strategies import texts


def test_line_ends_become_lf_and_nothing_else_changes() -> None:
    assert (
        clean("a\r\nb\rc\n\r\nd e\u0301 \x85\u2028\ufeff")
        == "a\nb\nc\n\nd e\u0301 \x85\u2028\ufeff"
    )


@pytest.mark.parametrize(("text", "word"), [("a\nb\0", "NUL"), ("a\n\ud83d", "surrogate")])
def test_what_cannot_be_stored_is_refused_with_its_line(text: str, word: str) -> None:
    with pytest.raises(TextError, match=f"Line 2 .*{word}"):
        clean(text)


@given(st.text())
def test_clean_twice_is_clean_once(text: str) -> None:
    try:
        once = clean(text)
    except TextError:
        assert "\0" in text
        return
    assert clean(once) == once
    assert "\r" not in once
    assert once.replace("\n", "") == text.replace("\r", "").replace("\n", "")


def test_sha256_is_of_the_utf8() -> None:
    assert sha256("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"


def test_paragraphs_are_numbered_over_all_lines() -> None:
    found = paragraphs("\nFirst 👨‍👩‍👧\n \u200b\nSecond\n")
    assert [(one.number, one.text) for one in found] == [(2, "First 👨‍👩‍👧"), (4, "Second")]


def test_a_blank_line_is_in_no_paragraph() -> None:
    text = "First\n\nSecond"
    found = [paragraph_at(text, offset) for offset in (0, 5, 6, 7, 13, 14)]
    assert [one and one.text for one in found] == [
        "First",
        "First",
        None,
        "Second",
        "Second",
        None,
    ]


@given(texts)
def test_paragraphs_are_the_text_at_their_offsets(text: str) -> None:
    found = paragraphs(text)
    for one in found:
        assert text[one.start : one.end] == one.text == text.split("\n")[one.number - 1]
        assert one.text.strip(WHITE)
    rest = [line for line in text.split("\n") if line.strip(WHITE)]
    assert [one.text for one in found] == rest


@given(texts)
def test_every_offset_finds_its_own_line(text: str) -> None:
    found = paragraphs(text)
    for offset in range(len(text) + 1):
        number = text.count("\n", 0, offset) + 1
        at = paragraph_at(found, offset)
        assert at == next((one for one in found if one.number == number), None)
        assert at == paragraph_at(text, offset)


def test_outside_the_text_is_no_paragraph() -> None:
    assert paragraph_at("ab", -1) is None
    assert paragraph_at("ab", 3) is None
    assert paragraph_at("", 0) is None
