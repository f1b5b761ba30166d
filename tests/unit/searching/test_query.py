from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.searching.query import MOST_TERMS, Term, parse
from claims.searching.words import words


def begins(*said: str) -> Term:
    return Term(said, prefix=True)


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("", []),
        (" … ", []),
        ("strike", [begins("strike")]),
        ("strike ", [Term(("strike",))]),
        ("Market stri", [Term(("market",)), begins("stri")]),
        ("stri* market ", [begins("stri"), Term(("market",))]),
        ("al-Qaim ", [Term(("al", "qaim"))]),
        ("al-Qa", [begins("al", "qa")]),
        ('"dozens killed"', [Term(("dozens", "killed"))]),
        ("“dozens killed”", [Term(("dozens", "killed"))]),
        ("«dozens killed» me", [Term(("dozens", "killed")), begins("me")]),
        ('"dozens kil', [begins("dozens", "kil")]),
        ('"dozens ', [Term(("dozens",))]),
        ('"dozens kil*"', [begins("dozens", "kil")]),
        ('dead"dozens"', [Term(("dead",)), Term(("dozens",))]),
        ('"" "', []),
        ("25", [Term(("25",))]),
        ("25*", [begins("25")]),
        ("dead dead dead ", [Term(("dead",))]),
        ("مُسْتَشْفَى", [begins("مستشفي")]),
        ("больница ", [Term(("больница",))]),
    ],
)
def test_what_is_typed_is_what_is_looked_for(typed: str, terms: list[Term]) -> None:
    assert parse(typed).terms == tuple(terms)


def test_more_words_than_count_are_told() -> None:
    found = parse(" ".join(f"w{number}" for number in range(MOST_TERMS + 3)))
    assert len(found.terms) == MOST_TERMS
    assert found.left_out == 3


def test_a_term_says_what_it_finds() -> None:
    assert parse('Ströke "dozens killed" al-Qa').told == (
        "the word “Ströke”",
        "“dozens killed” as a phrase",
        "“al” and, right after it, a word that begins with “Qa”",
    )
    assert parse("stri").told == ("a word that begins with “stri”",)
    assert parse("stri* STRI").told == ("a word that begins with “stri”",)


@given(st.text())
def test_anything_can_be_typed_and_nothing_but_words_comes_of_it(text: str) -> None:
    for term in parse(text).terms:
        assert term.words
        for word in term.words:
            assert word in [found.text for found in words(text)]


@given(st.text())
def test_a_query_without_marks_asks_for_each_word(text: str) -> None:
    query = parse(text)
    asked = {word for term in query.terms for word in term.words}
    if not query.left_out:
        assert asked == {word.text for word in words(text)}
