"""Whether a piece of a text begins or ends inside a word."""

from __future__ import annotations

from typing import NamedTuple

import regex

# Written without spaces between words, or with particles that hang on them: no end is wrong there.
_UNSPACED = "".join(
    rf"\p{{{script}}}"
    for script in "Han Hiragana Katakana Hangul Thai Lao Khmer Myanmar Tibetan".split()
)
_LETTER = rf"[[\p{{L}}\p{{M}}\p{{N}}_]--[{_UNSPACED}]]"
# A word; a number goes on over its commas and points.
_WORD = regex.compile(rf"(?V1)(?:(?<=\d)[.,](?=\d)|{_LETTER})+")
# "And", "in", "like": one letter, written together with the word that follows it.
_HANGS_ON = regex.compile(r"[\p{Arabic}\p{Hebrew}]")
LONGEST = 100
"""So far a word is looked for to either side, in code points."""


class Cut(NamedTuple):
    """The word that a piece begins inside of, and the one it ends inside of; "" for none."""

    first: str
    last: str


def cut(text: str, start: int, end: int) -> Cut:
    """The words that `text[start:end]` takes a part of only."""
    first = _across(text, start)
    prefix = first and text[first[0] : start]
    if prefix and len(prefix) == 1 and _HANGS_ON.match(prefix):
        first = None
    last = _across(text, end)
    return Cut(*(text[slice(*place)] if place else "" for place in (first, last)))


def _across(text: str, offset: int) -> tuple[int, int] | None:
    """The word that stands on both sides of the offset."""
    around = max(0, offset - LONGEST), min(len(text), offset + LONGEST)
    for word in _WORD.finditer(text, *around):
        if word.start() < offset < word.end():
            return word.span()
        if word.start() >= offset:
            break
    return None
