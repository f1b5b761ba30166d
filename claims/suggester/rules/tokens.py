"""The words and marks of a sentence, and which of them stand in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims.anchoring.sentence import sentences
from claims.suggester.quotes import quotations
from claims.suggester.shapes import Piece

_MARKS = "\u0300-\u036f\u064b-\u065f\u0670"  # accents and vowel signs set apart
_WORD = rf"[\w{_MARKS}]"
_TOKEN = re.compile(
    r"(?:\w\.){2,}"  # U.S.
    r"|[A-ZА-Я]\.(?=\s+[A-ZА-Я])"  # A. Finlayson
    r"|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Brig|Maj|St|Jr|Sr|Prof|Rev)\."
    r"|\d+(?:[.,]\d+)+(?!\w)"
    rf"|{_WORD}+(?:['’.\-/]{_WORD}+)*['’]?(?=\W|\Z)"
    r"|\.{2,}|--+|[^\w\s]"
)
_LONGEST = 500  # tokens of a sentence
_MOST_CLOSERS = 4  # marks that may stand one behind the other
_TITLE = 3  # words of a programme's or a book's name
_TYPED = ("''", "``")
_UNMARKED = str.maketrans("’،؛؟", "',;?") | dict.fromkeys(range(0x64B, 0x660))
DASHES = frozenset(("–", "—", "-", "--"))


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark at `start:end`; `quoted` is the number of its quotation, -1 outside.

    `lower` is how it is looked up: casefolded, without Arabic vowel signs, marks as in English.
    """

    start: int
    end: int
    lower: str
    word: bool
    capital: bool
    quoted: int

    @property
    def open(self) -> bool:
        """Whether it stands outside of quotations."""
        return self.quoted < 0


CLOSERS = frozenset("”“»’'\"")
Tokens = tuple[Token, ...]


@dataclass(frozen=True)
class Unit:
    """A sentence, with all sentences of the quotations that it opens."""

    tokens: Tokens
    first: bool  # of its paragraph
    heading: bool  # in the first paragraph of the text


def last_said(tokens: Tokens, at: int) -> int | None:
    """The last token within the quotation that ends before `at`; None where none does."""
    if not at or tokens[at - 1].open or tokens[at - 1].lower not in CLOSERS:
        return None
    last = at - 1
    while last and tokens[last].lower in CLOSERS:
        last -= 1
    return last


def ends_speech(tokens: Tokens, at: int) -> bool:
    """Whether the quotation that ends before `at` is what somebody says, by the mark in its end.

    "“We saw smoke,” he said", not "the “prince of the hills” said", "on “Valley Today,” he said".
    """
    last = last_said(tokens, at)
    if last is None or tokens[last].word:
        return False
    first = last
    while first and tokens[first - 1].quoted == tokens[last].quoted:
        first -= 1
    words = [token for token in tokens[first:last] if token.word]
    title = first > 0 and len(words) <= _TITLE and all(token.capital for token in words)
    return not title


def units(text: str) -> Iterator[Unit]:
    """The sentences of a text, none of which ends within a quotation of its paragraph.

    What nobody would read as a sentence comes in parts, so that no text takes long.
    """
    start, heading = 0, True
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        for number, tokens in enumerate(_of_paragraph(text, start, end)):
            for at in range(0, len(tokens), _LONGEST):
                part = tokens[at : at + _LONGEST]
                yield Unit(part, first=number == at == 0, heading=heading)
        heading = heading and not text[start:end].strip()
        start = end + 1


def _of_paragraph(text: str, start: int, end: int) -> Iterator[Tokens]:
    quotes = [
        _with_marks(text, low, high, end)
        for low, high in quotations(text, start, max(start, end - 1))
    ]
    merged: list[list[int]] = []
    at = 0
    for low, high in sentences(text, start, end):
        while at < len(quotes) and quotes[at][1] <= low:
            at += 1
        if merged and at < len(quotes) and quotes[at][0] < low:
            merged[-1][1] = high
        else:
            merged.append([low, high])
    at = 0
    for low, high in merged:
        while at < len(quotes) and quotes[at][1] <= low:
            at += 1
        yield _tokens(text, low, high, quotes, at)


def _with_marks(text: str, low: int, high: int, end: int) -> Piece:
    wide = 2 if text[low - 2 : low] in _TYPED else 1
    high = min(high + wide, end)
    end = min(high + _MOST_CLOSERS, end)
    while high < end and text[high] in CLOSERS and not text[high - 1].isspace():
        high += 1  # one within another ends with it: 'us,'''
    return low - wide, high


def _tokens(text: str, low: int, high: int, quotes: list[Piece], at: int) -> Tokens:
    found = []
    for match in _TOKEN.finditer(text, low, high):
        start, end = match.span()
        while at < len(quotes) and quotes[at][1] <= start:
            at += 1
        inside = at < len(quotes) and quotes[at][0] <= start
        first = text[start]
        found.append(
            Token(
                start,
                end,
                match.group().casefold().translate(_UNMARKED),
                first.isalnum() or first == "_",
                first.isupper(),
                at if inside else -1,
            )
        )
    return tuple(found)
