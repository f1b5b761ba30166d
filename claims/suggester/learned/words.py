r"""A text cut into what the tagger reads: words and marks, with where they stand.

Words are those of the figures (`\w+` joined by apostrophes, hyphens and points); any other
character that is not white space is a mark of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise

from claims.anchoring.sentence import sentences
from claims.suggester.quotes import quotations

_TOKEN = re.compile(r"\w+(?:['’.\-]\w+)*|[^\w\s]")
_LONGEST = 400
"""Words and marks that are read at once: a longer paragraph is cut, so that time stays linear."""

OUT, OPENS, INSIDE, CLOSES = "o", "(", "i", ")"


@dataclass(frozen=True)
class Ruled:
    """What the rules found, in tokens of a passage; `score` as they give it, None for nobody."""

    parts: tuple[tuple[int, int], ...]
    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    score: float


@dataclass(frozen=True)
class Passage:
    """A paragraph: its words and marks, where each begins and ends, its sentences and quotes.

    `starts` and `ends` are code points of the whole text. `sentences` are half-open ranges of
    tokens that together hold all of them; `quoted` has a letter for each token,
    `hints` what the rules say of it, where they read the language; `ruled` all that they found,
    the least likely too.
    """

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentences: tuple[tuple[int, int], ...]
    quoted: str
    hints: tuple[str, ...] = ()
    ruled: tuple[Ruled, ...] = ()

    def __len__(self) -> int:
        return len(self.words)

    def over(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of tokens that `text[start:end]` touches."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def piece(self, first: int, last: int) -> tuple[int, int]:
        """Where in the text the tokens `first` up to `last` (not included) stand."""
        return self.starts[first], self.ends[last - 1]


def passages(text: str) -> list[Passage]:
    """The paragraphs of a text that hold a word or a mark, in order."""
    found = []
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        tokens = [match.span() for match in _TOKEN.finditer(text, start, end)]
        cuts = range(0, len(tokens), _LONGEST)
        found += [_passage(text, tokens[first : first + _LONGEST]) for first in cuts]
        start = end + 1
    return found


def _passage(text: str, tokens: list[tuple[int, int]]) -> Passage:
    starts = tuple(start for start, _ in tokens)
    ends = tuple(end for _, end in tokens)
    marks = sorted(
        {0, len(tokens)}
        | {bisect_left(starts, first) for first, _ in sentences(text, starts[0], ends[-1])}
    )
    quoted = [OUT] * len(tokens)
    for low, high in quotations(text, starts[0], ends[-1]):
        first, last = bisect_left(starts, low), bisect_left(starts, high)
        quoted[first:last] = [INSIDE] * len(quoted[first:last])
        if first > 0:
            quoted[first - 1] = OPENS
        if first < last < len(tokens):
            quoted[last] = CLOSES
    words = tuple(text[start:end] for start, end in tokens)
    return Passage(words, starts, ends, tuple(pairwise(marks)), "".join(quoted))
