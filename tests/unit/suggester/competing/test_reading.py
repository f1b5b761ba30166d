"""What the words of a claim are about, in each language, and when."""

from __future__ import annotations

import pytest

from claims.suggester.competing.reading import read
from claims.suggester.competing.vocabulary import load, tokens


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A car bomb killed civilians at the market", "en"),
        ("سيارة مفخخة: قتلى مدنيون في السوق", "ar"),
        ("теракт: погибли мирные жители на рынке", "ru-RU"),
        ("теракт: погибли мирные жители на рынке", ""),
        ("سيارة مفخخة: قتلى مدنيون في السوق", ""),
        ("A car bomb killed civilians at the market", ""),
    ],
)
def test_concepts_are_the_same_in_every_language(text: str, language: str) -> None:
    found = read(text, language)
    assert found.of("cause") == {"car_bomb"}
    assert found.of("victim") == {"civilian"}
    assert found.of("place") == {"market"}
    assert "killed" in found.of("topic")


def test_a_language_without_a_data_file_has_its_words() -> None:
    assert read("el mercado", "es").features == {("word", "el"), ("word", "mercado")}


def test_words_are_compared_without_their_endings() -> None:
    assert {load("en").stem(one) for one in ("reports", "reported", "reporting")} == {"report"}
    assert load("ar").stem("والمدينه") == "مدين"
    assert load("en").stem("as") == "as"
    assert load("ar").stem("مصر") == "مصر"
    assert tokens("al-Qa’im") == ("al", "qaim")


def test_what_is_denied_is_not_said_to_be_so() -> None:
    found = read("There was no car bomb in the market", "en")
    assert found.negated
    assert not found.of("cause")
    assert found.of("place") == {"market"}
    assert read("None of our own brave fighters has used rockets", "en").of("cause") == set()
    assert not read("Not only the market burned", "en").negated


def test_the_longest_phrase_counts() -> None:
    assert read("the plant was not damaged", "en").sides == {("intact_destroyed", "0")}
    assert read("the plant was damaged", "en").sides == {("intact_destroyed", "1")}


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("at 09:00 GMT", (530, 550)),
        ("at six in the morning", (350, 370)),
        ("at nine in the evening", (1250, 1270)),
        ("at 11 pm", (1370, 1390)),
        ("at 12 am", (-10, 10)),
        ("at eight o'clock", (470, 490)),
        ("before noon", (0, 719)),
        ("after midday", (721, 1440)),
        ("in the evening", (1020, 1380)),
        ("in the morning and the evening", None),
        ("at 09:00 and at 10:00", None),
        ("12:75", None),
        ("25:30", None),
        ("eight men", None),
        ("about 12 36 of them", (746, 766)),
    ],
)
def test_the_clock(text: str, minutes: tuple[int, int] | None) -> None:
    assert read(text, "en").clock == minutes
