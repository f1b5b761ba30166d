"""Long texts in parts, since an index has its limits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from claims.searching.words import BREAK, indexed

MOST_WORDS = 5_000
"""PostgreSQL tells no two places after the 16,383rd word apart, and keeps at most 1 MB a document:
so many of the longest words (`words.LONGEST`, four bytes each) take 0.8 MB."""


class Part(NamedTuple):
    """Some lines of a text as the index keeps them; `line` is the first of them, from 1."""

    line: int
    body: str


def parts(text: str, most: int = MOST_WORDS) -> Iterator[Part]:
    """The lines of `text` in parts of at most so many words; a longer line is cut between words.

    At least one part, for an empty text too. `BREAK` ends each line, blank ones too, so that the
    lines of a part can be counted.
    """
    held: list[str] = []
    first, count = 1, 0
    for number, line in enumerate(text.split("\n"), start=1):
        found = indexed([line]).split()
        for start in range(0, max(len(found), 1), most):
            piece = found[start : start + most]
            if held and count + len(piece) > most:
                yield Part(first, f" {BREAK} ".join(held))
                held, first, count = [], number, 0
            held.append(" ".join(piece))
            count += len(piece)
    yield Part(first, f" {BREAK} ".join(held))
