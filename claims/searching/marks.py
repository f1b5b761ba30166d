"""Where a text meets a query: the words to mark, the part to show, the paragraph to go to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from claims.searching.query import Query, Term
from claims.searching.words import Word, words

AROUND = 240
"""About so many characters of a long text are shown."""
BEFORE = 60
"""At most so many of them before the first word that was found."""


class Piece(NamedTuple):
    """A run of the text; `hit` where it is to be marked."""

    text: str
    hit: bool


class Snippet(NamedTuple):
    """The part of a text to show. `hits` is how many of the terms it meets."""

    pieces: list[Piece]
    hits: int

    def __bool__(self) -> bool:
        return self.hits > 0


def snippet(text: str, query: Query, around: int = AROUND) -> Snippet:
    """About `around` characters of `text` from the first place that meets `query`, marked."""
    every = list(words(text))
    places, hits = _places(every, query)
    start, end = _window(text, every, places, around)
    pieces = [Piece("…", hit=False)] if start else []
    at = start
    for first, last in places:
        if last <= at or first >= end:
            continue
        first, last = max(first, at), min(last, end)  # noqa: PLW2901 - cut to what is shown
        if first > at:
            pieces.append(Piece(text[at:first], hit=False))
        pieces.append(Piece(text[first:last], hit=True))
        at = last
    if at < end:
        pieces.append(Piece(text[at:end], hit=False))
    if end < len(text):
        pieces.append(Piece("…", hit=False))
    return Snippet(pieces, hits)


def best(lines: Sequence[str], query: Query) -> int | None:
    """Which of the lines meets the most terms, the first of several; none when none meets any.

    `lines` are pieces of an indexed text: folded words with a space between them.
    """
    needles = [f" {' '.join(term.words)}{'' if term.prefix else ' '}" for term in query.terms]
    counts = [sum(needle in f" {line} " for needle in needles) for line in lines]
    most = max(counts, default=0)
    return counts.index(most) if most else None


def _places(every: list[Word], query: Query) -> tuple[list[tuple[int, int]], int]:
    """What to mark, as offsets, in order and apart from each other; and how many terms it meets."""
    folded = [word.text for word in every]
    runs, hits = [], 0
    for term in query.terms:
        found = list(_found(folded, term))
        hits += bool(found)
        runs += [(every[at].start, every[at + len(term.words) - 1].end) for at in found]
    apart: list[tuple[int, int]] = []
    for start, end in sorted(runs):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart, hits


def _found(folded: list[str], term: Term) -> Iterator[int]:
    """Where in the words the term begins."""
    *before, last = term.words
    for at in range(len(folded) - len(before)):
        word = folded[at + len(before)]
        if folded[at : at + len(before)] == before and (
            word.startswith(last) if term.prefix else word == last
        ):
            yield at


def _window(
    text: str, every: list[Word], places: list[tuple[int, int]], around: int
) -> tuple[int, int]:
    """Where to cut: between words, unless a single one is longer than what is shown."""
    if len(text) <= around + BEFORE:
        return 0, len(text)
    first = places[0][0] if places else 0
    start = first
    for word in reversed(every):
        if word.start < first - BEFORE:
            break
        if word.start < first:
            start = word.start
    if first <= BEFORE:
        start = 0
    if len(text) - start <= around:
        return start, len(text)
    ends = [word.end for word in every if start < word.end <= start + around]
    return start, ends[-1] if ends else start + around
