"""Where a quote that somebody typed stands in a text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from claims.anchoring.span import cluster_at, trim
from claims.anchoring.white import WHITE

DOUBLE = '"“”„‟«»″＂❝❞〝〞'
SINGLE = "'‘’‚‛‹›′`´ʼʾʿ＇"
_DASHES = "-‐‑‒–—―−⁃﹘﹣－"
_UNSEEN = (
    "\xad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
_SAME = (
    dict.fromkeys(DOUBLE, '"')
    | dict.fromkeys(SINGLE, "'")
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_UNSEEN, "")
)


def locate(text: str, quote: str) -> list[tuple[int, int]]:
    """All places of `quote` in `text`, in order, as (start, end) code-point offsets.

    Exact places first; only if there are none, those that differ in white space, in the
    shape of quotation marks and dashes, in case, in composed or decomposed letters, or in
    characters that nobody sees. Outer white space of the quote does not count, a place may
    overlap the one before, and none cuts a character that a reader sees in two. A blank
    quote stands nowhere.
    """
    whole = trim(quote, 0, len(quote))
    if whole is None:
        return []
    wanted = quote[whole[0] : whole[1]]
    exact = [(at, at + len(wanted)) for at in _finds(text, wanted)]
    return [place for place in exact if _whole(text, place)] or _loose(text, wanted)


def fold(text: str) -> str:
    """The text with the differences taken out that `locate` overlooks."""
    # White space is at the end also of "Lt. " and a soft hyphen, which nobody sees.
    return _folded(text)[0].strip()


def _loose(text: str, wanted: str) -> list[tuple[int, int]]:
    folded, starts, ends = _folded(text)
    needle = fold(wanted)
    if not needle:
        return []
    places = []
    for at in _finds(folded, needle):
        last = at + len(needle) - 1
        # One letter can fold to several (ß to ss): a place that begins or ends within one
        # would name text that does not say the quote.
        begins = at == 0 or ends[at - 1] <= starts[at]
        closes = last + 1 == len(folded) or ends[last] <= starts[last + 1]
        # Whole characters, with what nobody sees (a joiner after a letter), but no accent more.
        place = cluster_at(text, starts[at])[0], cluster_at(text, ends[last] - 1)[1]
        if begins and closes and fold(text[slice(*place)]) == needle:
            places.append(place)
    return places


def _folded(text: str) -> tuple[str, list[int], list[int]]:
    """The folded text, and for each of its characters where that stands in the original."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for at, character in enumerate(text):
        piece = _fold_one(character)
        if piece == " " and pieces and pieces[-1] == " ":
            ends[-1] = at + 1
            continue
        if piece:
            pieces.append(piece)
            starts.extend([at] * len(piece))
            ends.extend([at + 1] * len(piece))
    return "".join(pieces), starts, ends


@lru_cache(maxsize=8192)
def _fold_one(character: str) -> str:
    if character in _SAME:
        return _SAME[character]
    if character in WHITE:
        return " "
    plain = unicodedata.normalize("NFKD", character).casefold()
    # A spacing accent (¨) becomes a space with an accent: that space is none of the text's.
    return unicodedata.normalize("NFKD", plain).replace(" ", "")


def _finds(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _whole(text: str, place: tuple[int, int]) -> bool:
    start, end = place
    return cluster_at(text, start)[0] == start and cluster_at(text, end - 1)[1] == end
