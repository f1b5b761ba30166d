from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from claims.searching.marks import AROUND, BEFORE, Snippet, best, snippet
from claims.searching.parts import parts
from claims.searching.query import parse
from claims.searching.words import BREAK

LONG = "Nothing of it here. " * 40


def shown(found: Snippet) -> str:
    return "".join(f"[{text}]" if hit else text for text, hit in found.pieces)


def test_words_are_marked_as_they_are_written() -> None:
    text = "A medic in Al-Qāʼim said: “Dozens were killed”, killing noted."
    assert shown(snippet(text, parse("al-qaim kill"))) == (
        "A medic in [Al-Qāʼim] said: “Dozens were [killed]”, [killing] noted."
    )


def test_a_phrase_is_marked_whole_and_marks_do_not_nest() -> None:
    text = "Dozens were killed, dozens hurt."
    assert shown(snippet(text, parse('"dozens were" "were killed" dozens '))) == (
        "[Dozens were killed], [dozens] hurt."
    )


def test_arabic_is_marked_with_its_harakat() -> None:
    assert shown(snippet("قَصَفَ مُسْتَشْفَى القائم", parse("مستشفى "))) == "قَصَفَ [مُسْتَشْفَى] القائم"


def test_how_many_terms_are_met() -> None:
    query = parse("dozens killed ")
    assert snippet("dozens, dozens", query).hits == 1
    assert not snippet("nobody", query)
    assert shown(snippet("nobody", query)) == "nobody"


def test_a_long_text_is_cut_between_words_around_the_first_mark() -> None:
    told = shown(snippet(f"{LONG}Dozens were killed. {LONG}", parse("killed ")))
    assert told.startswith("…")
    assert told.endswith("…")
    assert "[killed]" in told
    assert len(told) <= AROUND + 4
    first, *_ = told.removeprefix("…").split()
    assert first in f"{LONG}Dozens".split()
    assert told.index("[") <= BEFORE + 1


def test_a_long_text_begins_at_its_beginning_where_the_mark_is_there_or_nowhere() -> None:
    for query in ("nothing ", "dozens "):
        told = shown(snippet(LONG, parse(query)))
        assert told.lstrip("[").startswith("Nothing")
        assert told.endswith("…")


def test_the_end_of_a_long_text_is_shown_to_the_end() -> None:
    assert shown(snippet(f"{LONG}Dozens killed.", parse("killed "))).endswith("Dozens [killed].")


def test_a_word_longer_than_what_is_shown_is_cut() -> None:
    told = shown(snippet("a" * 1000, parse("a*")))
    assert told == f"[{'a' * AROUND}]…"


@given(st.text(max_size=600), st.text(max_size=30), st.integers(1, 80))
def test_a_snippet_is_a_part_of_the_text(text: str, typed: str, around: int) -> None:
    found = snippet(text, parse(typed), around)
    pieces = [piece.text for piece in found.pieces]
    assert all(pieces)
    if pieces and pieces[0] == "…" and not text.startswith("…"):
        del pieces[0]
    if pieces and pieces[-1] == "…" and not text.endswith("…"):
        del pieces[-1]
    assert "".join(pieces) in text


def test_the_line_that_meets_most_of_the_query() -> None:
    lines = ["the market", "", "dozens killed in the market", "dozens killed"]
    assert best(lines, parse("market dozens ")) == 2
    assert best(lines, parse("market ")) == 0
    assert best(lines, parse("mark")) == 0
    assert best(lines, parse('"dozens killed" ')) == 2
    assert best(lines, parse("kill ")) is None
    assert best([], parse("kill ")) is None
    assert best(lines, parse("")) is None


def test_a_text_in_parts() -> None:
    assert [tuple(part) for part in parts("One two.\n\nThree four five six.\nSeven", 3)] == [
        (1, f"one two {BREAK} "),
        (3, "three four five"),
        (3, f"six {BREAK} seven"),
    ]
    assert [tuple(part) for part in parts("")] == [(1, "")]


@given(st.text(alphabet="ab \n", max_size=60), st.integers(1, 5))
def test_parts_hold_every_word_once_and_know_their_lines(text: str, most: int) -> None:
    found = list(parts(text, most))
    assert " ".join(part.body for part in found).replace(BREAK, " ").split() == text.split()
    lines = text.split("\n")
    for part in found:
        pieces = part.body.split(f" {BREAK} ")
        assert sum(len(piece.split()) for piece in pieces) <= most
        for number, piece in enumerate(pieces, start=part.line):
            assert piece in lines[number - 1].replace("  ", " ") or piece.split() == [
                word for word in lines[number - 1].split() if word in piece.split()
            ]
