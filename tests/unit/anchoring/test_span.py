from __future__ import annotations

import sys

import pytest
import regex
from hypothesis import given

from claims.anchoring.span import SpanError, cluster_at, quote, trim
from claims.anchoring.white import WHITE

from .strategies import texts, texts_with_spans


def test_the_white_class_is_what_it_says() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    unicode_white = set(regex.findall(r"\p{White_Space}", everything))
    assert set(WHITE) == unicode_white | set("\x1c\x1d\x1e\x1f\u200b\ufeff")
    assert len(WHITE) == len(set(WHITE))


@pytest.mark.parametrize(
    ("text", "part", "wanted"),
    [
        ("say  no \n", "  no \n", "no"),
        ("\u200f قال\u00a0", "قال\u00a0", "قال"),
        ("x\ufeff\u200b\x85no\x1c", "\ufeff\u200b\x85no\x1c", "no"),
        ("cafe\u0301 here", "cafe", "cafe\u0301"),
        ("a 👨‍👩‍👧 b", "👩", "👨‍👩‍👧"),
        ("go 🇮🇶🇸🇾", "🇸", "🇸🇾"),
        ("a👍🏽b", "\U0001f3fd", "👍🏽"),
    ],
)
def test_trim(text: str, part: str, wanted: str) -> None:
    start = text.index(part)
    found = trim(text, start, start + len(part))
    assert found is not None
    assert quote(text, *found) == wanted


@pytest.mark.parametrize(("start", "end"), [(1, 4), (2, 2), (0, 0)])
def test_only_white_is_none(start: int, end: int) -> None:
    assert trim("a \u00a0\nb", start, end) is None


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [(-1, 2, "start"), (4, 4, "start"), (0, 4, "end"), (0, -1, "end"), (2, 1, "end")],
)
def test_offsets_outside_or_reversed_are_refused(start: int, end: int, field: str) -> None:
    for function in (quote, trim):
        with pytest.raises(SpanError) as caught:
            function("abc", start, end)
        assert caught.value.field == field


def test_an_empty_quote_is_refused() -> None:
    with pytest.raises(SpanError, match="Nothing is selected") as caught:
        quote("abc", 1, 1)
    assert caught.value.field == "end"


@given(texts)
def test_clusters_are_those_of_the_whole_text(text: str) -> None:
    for cluster in regex.finditer(r"\X", text):
        for offset in range(*cluster.span()):
            assert cluster_at(text, offset) == cluster.span()


def test_a_line_feed_parts_clusters() -> None:
    assert cluster_at("é\n\u0301é", 3) == (3, 4)


def test_past_the_end_is_no_cluster() -> None:
    with pytest.raises(SpanError):
        cluster_at("", 0)


@given(texts_with_spans())
def test_trimmed_spans_hold_the_words_whole_and_stay(given_span: tuple[str, int, int]) -> None:
    text, start, end = given_span
    found = trim(text, start, end)
    words = text[start:end].strip(WHITE)
    if found is None:
        assert not words
        return
    assert words in quote(text, *found)
    assert trim(text, *found) == found
    edges = {edge for cluster in regex.finditer(r"\X", text) for edge in cluster.span()}
    assert set(found) <= edges
