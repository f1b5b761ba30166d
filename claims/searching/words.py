"""A text as the words that are looked for: without case, accents and punctuation.

Letters that are written in several ways count as one: alef with and without hamza, ya and alef
maqsura, ta marbuta and ha, with harakat or a tatweel or without; digits of every script. What is
written without spaces (Chinese, Thai) counts letter by letter.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import regex

LONGEST = 40
"""Code points of a word that count."""
BREAK = "¦"
"""Stands between the pieces of a text (paragraphs, quotes), and ends a phrase: no word holds it."""

_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
# Joiners, soft hyphens and marks of direction stand inside words without being seen.
_HIDDEN = r"\u00ad\u200b-\u200f\u2060\ufeff"
_WORD = regex.compile(
    rf"(?V1)[{_UNSPACED}]\p{{M}}*|[[\p{{L}}\p{{N}}\p{{M}}{_HIDDEN}]--[{_UNSPACED}]]+"
)
_NO_PART_OF_A_WORD = regex.compile(r"[^\p{L}\p{N}\p{M}]")
_SAME = {
    **dict.fromkeys(range(0x2B9, 0x2D2)),  # ʼ ʿ ʾ and the like: "Qaʼim" is "Qaim"
    0x640: None,  # tatweel
    # The ring of Thai and Lao "am", which is typed as one letter or as two.
    **dict.fromkeys((0xE4D, 0xECD)),
    **str.maketrans("ىیئکةہھٱ", "يييكههها"),
}


# What stands between words in plain text; `_folded` is right without any of it, but slower.
_BETWEEN = dict.fromkeys(map(ord, "“”‘’„‚«»‹›–—…•·£€°\u00a0\u2002\u2003\u2009\u202f"), " ") | {
    code: " " for code in range(128) if not chr(code).isalnum()
}


class Word(NamedTuple):
    """A word of a text: where it stands (half-open code points), and what it counts as."""

    start: int
    end: int
    text: str


def fold(word: str) -> str:
    """One word as it is compared; empty where nothing of it counts.

    >>> fold("Qāʼim"), fold("مُسْتَشْفَى"), fold("Ёлка")
    ('qaim', 'مستشفي', 'елка')
    """
    bare = "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() else c
        for c in unicodedata.normalize("NFKD", word)
        if not unicodedata.combining(c)
    )
    # Once more: folding the case can give marks back.
    small = unicodedata.normalize("NFKD", bare.casefold().translate(_SAME))
    return str(_NO_PART_OF_A_WORD.sub("", small))[:LONGEST]


@lru_cache(maxsize=100_000)
def _counted(word: str) -> tuple[str, ...]:
    """What a word counts as: one sign can fold to several that count letter by letter (㌀, ㈠)."""
    return tuple(_WORD.findall(fold(word)))


def words(text: str) -> Iterator[Word]:
    """The words of `text`, in order; those of one sign stand in the same place."""
    for found in _WORD.finditer(text):
        for folded in _counted(found.group()):
            yield Word(found.start(), found.end(), folded)


def _folded(piece: str) -> str:
    """The words of it. Latin text of the plain kind, which is most, takes a tenth of the time."""
    plain = piece.translate(_BETWEEN)
    if plain.isascii():
        found = plain.lower().split()
        if max(map(len, found), default=0) <= LONGEST:
            return " ".join(found)
    return " ".join(chain.from_iterable(map(_counted, _WORD.findall(piece))))


def indexed(pieces: Iterable[str], most: int | None = None) -> str:
    """`pieces` as the index keeps them: folded words, and `BREAK` between two pieces.

    Only the first `most` words, if it is given.
    """
    text = f" {BREAK} ".join(map(_folded, pieces))
    return text if most is None else " ".join(text.split()[:most])
