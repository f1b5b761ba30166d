from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims.searching.words import BREAK, LONGEST, fold, indexed, words


def texts(text: str) -> list[str]:
    return [word.text for word in words(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café", "cafe"),
        ("Al-Qāʼim", "al-qaim"),
        ("STRASSE", "straße"),
        ("İstanbul", "istanbul"),
        ("Ёлка", "елка"),
        ("Київ", "киів"),
        ("Đorđe", "Đorđe"),
        # Arabic: hamza and madda on alef, ya, ta marbuta, harakat, tatweel, wasla
        ("أحمد", "احمد"),
        ("إدارة", "اداره"),
        ("آلاف", "الاف"),
        ("مُسْتَشْفَى", "مستشفي"),
        ("القـــائم", "القائم"),
        ("ٱلقائم", "القائم"),
        ("مسؤول", "مسوول"),
        ("کابل", "كابل"),
        ("١٢٣", "123"),
        ("۱۲۳", "123"),
        ("１２３", "123"),
        # one letter or two
        ("\u0e19\u0e33", "\u0e19\u0e4d\u0e32"),
        ("\u0e99\u0eb3", "\u0e99\u0ecd\u0eb2"),
        ("㌀", "アパート"),
        ("a㈠b", "a 一 b"),
        # what stands inside a word and is not seen
        ("mili\u00adtants", "militants"),
        ("می\u200cخواهم", "ميخواهم"),
    ],
)
def test_two_ways_to_write_a_word_count_as_one(one: str, other: str) -> None:
    assert texts(one) == texts(other) != []


def test_what_differs_stays_apart() -> None:
    assert fold("дом") != fold("дым")
    assert fold("قصف") != fold("قصر")


def test_words_know_where_they_stand() -> None:
    text = "Qāʼim’s 🏥, 25 dead."
    assert [(text[start:end], word) for start, end, word in words(text)] == [
        ("Qāʼim", "qaim"),
        ("s", "s"),
        ("25", "25"),
        ("dead", "dead"),
    ]


def test_what_is_written_without_spaces_counts_letter_by_letter() -> None:
    assert texts("医院 Hospital病院") == ["医", "院", "hospital", "病", "院"]


def test_marks_alone_are_no_word() -> None:
    assert texts("\u0301 \u200d ʼ …!") == []


def test_a_word_without_end_is_cut() -> None:
    assert texts("a" * 500) == ["a" * LONGEST]


def test_pieces_stand_apart() -> None:
    assert indexed(["Two dead", "in Qaim."]) == f"two dead {BREAK} in qaim"
    assert indexed(["Two dead", "in Qaim."], 3) == f"two dead {BREAK}"
    assert indexed([]) == ""


@given(st.text() | st.text(st.characters(min_codepoint=0xE00, max_codepoint=0x33FF)))
def test_what_a_word_counts_as_is_that_word(text: str) -> None:
    for word in texts(text):
        assert texts(word) == [word]


PLAIN = st.characters(max_codepoint=0x7F) | st.sampled_from("“”„’—…£€·\u00a0\u2009")


@example("a" * (LONGEST + 1))
@given(st.text() | st.text(PLAIN) | st.text(st.sampled_from("aB -—"), min_size=LONGEST))
def test_an_indexed_text_holds_nothing_but_words(text: str) -> None:
    found = indexed([text])
    assert found.split(" ") == (texts(text) or [""])
    for word in texts(text):
        assert word
        assert not any(c.isspace() or c in "'\"\\:*=&|!<>(){}" or c == BREAK for c in word)
