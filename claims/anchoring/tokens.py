"""A text cut into what two texts are compared by: words, numbers, and single characters."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import regex

from claims.anchoring.locate import DOUBLE, SINGLE
from claims.anchoring.white import WHITE

# Written without spaces: each character is compared by itself, or a sentence were one word.
_UNSPACED = "".join(
    rf"\p{{{script}}}" for script in "Han Hiragana Katakana Thai Lao Khmer Myanmar Tibetan".split()
)
_LETTER = rf"[[\p{{L}}\p{{M}}\p{{N}}_\u200c\u200d]--[{_UNSPACED}]]"
# A number goes on over its commas and points: 5 is no part of 5,000, and 10:30 is one word.
_TOKEN = regex.compile(
    rf"(?V1)[{WHITE}]+|(?:(?<=\p{{N}})[.,:\u066b\u066c](?=\p{{N}})|{_LETTER})+|\X"
)
_WORD = regex.compile(r"[\p{L}\p{N}]")
_WHITE = frozenset(WHITE)
SAME = dict.fromkeys(DOUBLE, '"') | dict.fromkeys(SINGLE, "'")
"""The shapes of quotation marks that are taken for one another; nothing else is."""
_RUN_OF_WHITE = regex.compile(rf"[{WHITE}]+")
_MARKS = str.maketrans(SAME)


class Tokens(NamedTuple):
    """The tokens of a text, with one before its first character and one after its last.

    `keys` are compared; `starts` and `ends` are code points; `words` counts, up to each token,
    those that are words. White space is no token. The two at the ends weigh as three words.
    """

    keys: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    words: Sequence[int]

    def over(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of tokens that `[start, end)` touches."""
        # The token before the first character is touched by nothing.
        first = max(bisect_right(self.ends, start), 1)
        return first, max(first, bisect_left(self.starts, end, hi=len(self.starts) - 1))

    def words_in(self, first: int, last: int) -> int:
        """How many words there are among the tokens of a half-open range."""
        return self.words[last] - self.words[first]


AT_THE_ENDS = 3


def tokens(text: str) -> Tokens:
    """Cuts a text; joined with the white space between them the tokens are the text."""
    keys, starts, ends, words = ["\0<"], [0], [0], [0, AT_THE_ENDS]
    for found in _TOKEN.finditer(text):
        key = found.group()
        if key[0] in _WHITE:
            continue
        keys.append(SAME.get(key, key))
        starts.append(found.start())
        ends.append(found.end())
        words.append(words[-1] + bool(_WORD.search(key)))
    keys.append("\0>")
    starts.append(len(text))
    ends.append(len(text))
    words.append(words[-1] + AT_THE_ENDS)
    return Tokens(keys, starts, ends, words)


def normal(text: str) -> str:
    """The text with runs of white space as one space and quotation marks in one shape.

    Two quotes that are equal so are the same words; any other difference is one.
    """
    return _RUN_OF_WHITE.sub(" ", text).translate(_MARKS).strip(" ")
