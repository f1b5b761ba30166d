"""The rules find most of what people marked in the demo's articles, which they were not made on."""

from __future__ import annotations

import re

import pytest

from claims.suggester.suggest import suggest
from tests.unit.demo_files import ARTICLES, CLAIMS, TEXTS, occurrences, quotes

WORD = re.compile(r"\w+")


def words(text: str, pieces: list[tuple[int, int]]) -> set[int]:
    """Where the words of the pieces begin."""
    return {m.start() for low, high in pieces for m in WORD.finditer(text, low, high)}


def marked(key: str) -> list[set[int]]:
    """The words of each attributed claim of an article; what it says in its own voice is none."""
    text = TEXTS[key]
    found = []
    for claim in CLAIMS.values():
        if claim["article"] == key and claim.get("cue"):
            starts = [
                (list(occurrences(text, quote))[(nth or 1) - 1], len(quote))
                for quote, nth in quotes(claim, "content")
            ]
            found.append(words(text, [(start, start + length) for start, length in starts]))
    return found


def found_of(key: str) -> tuple[int, int]:
    """How many of an article's claims are proposed, with half of their words or more."""
    text = TEXTS[key]
    language = ARTICLES[key]["language"]
    proposed = [words(text, list(one.content)) for one in suggest(text, language)]
    gold = marked(key)
    right = [any(2 * len(one & two) >= len(one | two) for two in proposed) for one in gold]
    return sum(right), len(gold)


@pytest.mark.parametrize(("language", "least"), [("en", 0.6), ("ar", 0.6)])
def test_most_of_the_demo_is_found(language: str, least: float) -> None:
    keys = [key for key, article in ARTICLES.items() if article["language"] == language]
    counts = [found_of(key) for key in keys]
    assert sum(right for right, _ in counts) >= least * sum(all_ for _, all_ in counts)
