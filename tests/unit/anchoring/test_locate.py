from __future__ import annotations

import pytest
from hypothesis import example, given

from claims.anchoring.locate import fold, locate
from claims.anchoring.span import trim

from .strategies import texts, texts_with_spans


@pytest.mark.parametrize(
    ("text", "quote", "wanted"),
    [
        ("No, he said. no, he said.", "no, he said", ["no, he said"]),
        ("NO, he said. No, he said.", "no, he said", ["NO, he said", "No, he said"]),
        ("the “fully liberated” area", '"fully liberated" area', ["“fully liberated” area"]),
        ("al-Qa’im and al–Qa'im", "AL-QA'IM", ["al-Qa’im", "al–Qa'im"]),
        ("one\u00a0 two\nthree", " one two three ", ["one\u00a0 two\nthree"]),
        ("Die Straße hier", "STRASSE", ["Straße"]),
        ("Die Straße hier", "STRAS", []),
        ("café and cafe\u0301", "CAFÉ", ["café", "cafe\u0301"]),
        ("cafe\u0301", "cafe", []),
        ("The ﬁre 👨‍👩‍👧 burned", "fire 👨‍👩‍👧 BURNED", ["ﬁre 👨‍👩‍👧 burned"]),
        ("İstanbul fell", "i̇stanbul", ["İstanbul"]),
        ("هم می‌خواهم بروم", "میخواهم", ["می‌خواهم"]),
        ("ha ha ha", "ha ha", ["ha ha", "ha ha"]),
        ("soft\u00adhyphen", "softhyphen", ["soft\u00adhyphen"]),
        ("anything", " \u200b", []),
        ("anything", "\u00ad", []),
        ("", "a", []),
    ],
)
def test_where_a_typed_quote_stands(text: str, quote: str, wanted: list[str]) -> None:
    found = locate(text, quote)
    assert [text[start:end] for start, end in found] == wanted
    assert found == sorted(set(found))


@given(texts_with_spans())
def test_what_stands_in_the_text_is_found_there(given_span: tuple[str, int, int]) -> None:
    text, start, end = given_span
    span = trim(text, start, end)
    if span is None:
        return
    found = locate(text, text[slice(*span)])
    assert span in found
    assert {text[a:b] for a, b in found} == {text[slice(*span)]}


@example(("Lt. \xad\u2028", 0, 5))
@example(("a\u200d", 0, 1))
@example(("0¨0a", 1, 4))
@given(texts_with_spans())
def test_a_quote_in_capitals_with_other_spaces_is_found(given_span: tuple[str, int, int]) -> None:
    text, start, end = given_span
    span = trim(text, start, end)
    if span is None or not fold(text[slice(*span)]).strip():
        return
    typed = "  ".join(text[slice(*span)].upper().split(" "))
    if fold(typed) != fold(text[slice(*span)]):
        return  # Unicode's upper case does not always lead back
    if typed in text:
        return  # exact places come first, and there may be one elsewhere
    assert any(a >= span[0] and b <= span[1] for a, b in locate(text, typed))


@given(texts, texts)
def test_every_place_says_the_quote(text: str, quote: str) -> None:
    span = trim(quote, 0, len(quote))
    wanted = fold(quote[slice(*span)]) if span else None
    for start, end in locate(text, quote):
        assert fold(text[start:end]) == wanted
        assert trim(text, start, end) == (start, end)
