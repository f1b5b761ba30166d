"""The words and marks of a sentence, and which of them stand in quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.anchoring.sentence import sentences
from claims.suggester.quotes import quotations
from claims.suggester.shapes import Piece

_TOKEN = re.compile(
    r"(?:\w\.){2,}|[A-Z]\.(?=\s+[A-Z])|\d+(?:[.,]\d+)+(?!\w)|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|St|Jr|Sr|Prof|Rev)\.|\w+(?:['’.\-/]\w+)*['’]?(?=\W|\Z)|\.{2,}|--+|[^\w\s]"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark at `start:end`; `quoted` is the number of its quotation, -1 outside."""

    start: int
    end: int
    lower: str
    word: bool
    capital: bool
    quoted: int


@dataclass(frozen=True)
class Unit:
    """A sentence, with all sentences of the quotations that it opens."""

    tokens: tuple[Token, ...]
    quotes: tuple[Piece, ...]  # by number, with their marks
    first: bool  # of its paragraph
    heading: bool  # the first paragraph of the text


def units(text: str) -> list[Unit]:
    """The sentences of a text, none of which ends within a quotation of its paragraph."""
    found: list[Unit] = []
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        found += _of_paragraph(text, start, end, heading=not found)
        start = end + 1
    return found


def _of_paragraph(text: str, start: int, end: int, *, heading: bool) -> list[Unit]:
    quotes = tuple(
        _with_marks(text, low, high, end)
        for low, high in quotations(text, start, max(start, end - 1))
    )
    merged: list[list[int]] = []
    for low, high in sentences(text, start, end):
        if merged and any(q[0] < low < q[1] for q in quotes):
            merged[-1][1] = high
        else:
            merged.append([low, high])
    return [
        Unit(_tokens(text, low, high, quotes), quotes, number == 0, heading)
        for number, (low, high) in enumerate(merged)
    ]


def _with_marks(text: str, low: int, high: int, end: int) -> Piece:
    wide = 2 if text[low - 2 : low] in ("''", "``") else 1
    return low - wide, min(high + wide, end)


def _tokens(text: str, low: int, high: int, quotes: tuple[Piece, ...]) -> tuple[Token, ...]:
    found = []
    at = 0
    for match in _TOKEN.finditer(text, low, high):
        start, end = match.span()
        while at < len(quotes) and quotes[at][1] <= start:
            at += 1
        inside = at < len(quotes) and quotes[at][0] <= start
        first = text[start]
        word = first.isalnum() or first == "_"
        found.append(
            Token(
                start,
                end,
                match.group().casefold().replace("’", "'"),
                word,
                first.isupper(),
                at if inside else -1,
            )
        )
    return tuple(found)
