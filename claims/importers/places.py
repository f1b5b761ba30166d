"""Where the words of a foreign annotation stand: offsets of several kinds, quotes, or both."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from enum import Enum
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any, NamedTuple

import regex

from claims.anchoring.locate import locate
from claims.anchoring.reanchor import alike
from claims.anchoring.text import clean
from claims.records import Match

MOST_PLACES = 1_000
"""So many places of a quote are looked at."""
_CLUSTER = regex.compile(r"\X")
_PAIR = re.compile("\r\n")


class Unit(Enum):
    """What offsets count, with how it is called."""

    CODE_POINTS = "Unicode code points"
    UTF_16 = "UTF-16 units, as JavaScript does"
    GRAPHEMES = "characters as a reader sees them (graphemes)"


class Place(NamedTuple):
    """Half-open code points of the stored text; `role` is blank where the label tells it."""

    start: int
    end: int
    role: str = ""
    match: str = Match.EXACT.value
    score: float = 1.0


class Ground:
    """A text as a file has it, which its offsets count in, and as it is stored.

    Raises TextError for what can't be stored.
    """

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.text = clean(raw)
        self._pairs = [found.start() for found in _PAIR.finditer(raw)]

    def place(
        self, start: int | None, end: int | None, unit: Unit = Unit.CODE_POINTS
    ) -> Place | None:
        """The piece at these offsets of the raw text; None where they name none."""
        first, last = self._point(start, unit), self._point(end, unit)
        if first is None or last is None:
            return None
        first, last = (at - bisect_left(self._pairs, at) for at in (first, last))
        return Place(first, last) if first < last else None

    def words(self, place: Place) -> str:
        """What stands there."""
        return self.text[place.start : place.end]

    @cached_property
    def plain(self) -> bool:
        """Whether all units count alike in it, so far as can be told at a glance."""
        return self.raw.isascii() and not self._pairs

    def _point(self, offset: int | None, unit: Unit) -> int | None:
        if offset is None or offset < 0:
            return None
        if unit is Unit.CODE_POINTS or self.plain:
            return offset if offset <= len(self.raw) else None
        points = (_utf_16 if unit is Unit.UTF_16 else _graphemes)(self.raw)
        found = points[offset] if offset < len(points) else -1
        return found if found >= 0 else None


@lru_cache(maxsize=2)
def _utf_16(text: str) -> array[int]:
    """The code point that begins at each UTF-16 unit; -1 in the middle of one."""
    found = array("i")
    for at, character in enumerate(text):
        found.append(at)
        if character > "\uffff":
            found.append(-1)
    found.append(len(text))
    return found


@lru_cache(maxsize=2)
def _graphemes(text: str) -> array[int]:
    """The code point at which each grapheme begins."""
    return array("i", [*(one.start() for one in _CLUSTER.finditer(text)), len(text)])


class Found(NamedTuple):
    """A place, and in which unit its offsets were counted."""

    place: Place
    unit: Unit


def fit(ground: Ground, start: int | None, end: int | None, quote: str) -> Found | None:
    """The place at which these offsets, counted in one unit or another, name the quote."""
    for unit in Unit:
        place = ground.place(start, end, unit)
        if place and same(ground.words(place), quote):
            return Found(place, unit)
    return None


def same(words: str, quote: str) -> bool:
    """Whether a quote is these words, however the tool writes the end of a line in it."""
    if words == quote:
        return True
    plain = quote.replace("\r\n", "\n").replace("\r", "\n")
    return words in (plain, plain.replace("\\n", "\n")) or words.replace("\n", " ") == plain


def by_quote(text: str, exact: str, prefix: str, suffix: str, *, loose: bool) -> list[Place]:
    """The places of a quote: those between prefix and suffix if there are any, else all.

    `loose`: where the exact words are not there, those that differ in what nobody reads.
    """
    places = [Place(at, at + len(exact)) for at in islice(_finds(text, exact), MOST_PLACES)]
    if not places and loose and exact.strip():
        places = [
            Place(start, end, "", Match.FUZZY.value, alike(exact, text[start:end]))
            for start, end in locate(text, exact)[:MOST_PLACES]
        ]
    if len(places) > 1:
        before, after = prefix.rstrip(), suffix.lstrip()
        fitting = [
            one
            for one in places
            if _ends(text, one.start, before) and _begins(text, one.end, after)
        ]
        return fitting or places
    return places


def _ends(text: str, at: int, prefix: str) -> bool:
    return text[max(0, at - len(prefix) - 64) : at].rstrip().endswith(prefix)


def _begins(text: str, at: int, suffix: str) -> bool:
    return text[at : at + len(suffix) + 64].lstrip().startswith(suffix)


def _finds(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def whole(value: Any) -> int | None:
    """An offset of JSON; None for what is no whole number (true and false are none)."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None
