"""Quantities in words and digits: "30 to 40", "at least a dozen", "hundreds of thousands".

What each means as a range is the convention of this tool:

- "at least" and "more than" give an open top, "up to" and "fewer than" an open bottom. The
  number in the text is the bound, although "more than 60" is 61 or more: the weaker reading.
- "about", "nearly" and "some" leave the number as it stands, on both ends: that it was stated
  as approximate is kept in the words.
- "dozens" begins at the workspace's number (24, two dozens, or 12). "Hundreds", "thousands",
  "tens" and "scores" follow it: two of each, or one. Their top is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import prod

from claims.suggester.lexicon import Lexicon, alternation, load

_DIGITS = r"(?:\d{1,3}(?:[,\u202f\u00a0]\d{3})+|\d{1,9})(?!\d)"
_TWO_DOZEN = 24
_LARGEST = 2_000_000_000


@dataclass(frozen=True)
class Quantity:
    """A number at `start:end` (with "at least", "about"), and the range that it states.

    `vague` where the low end comes from the convention.
    """

    start: int
    end: int
    low: int | None
    high: int | None
    vague: bool


def quantities(text: str, words: Lexicon, dozens_from: int) -> Iterator[Quantity]:
    """The quantities of a text, in order; offsets are code points."""
    for match in _pattern(words.code).finditer(text):
        if match["zero"]:
            yield Quantity(*match.span(), 0, 0, vague=False)
            continue
        found = _read(match, words, dozens_from)
        if found:
            yield found


def _read(match: re.Match[str], words: Lexicon, dozens_from: int) -> Quantity | None:
    bound = _bound(match, words)
    two = 2 if dozens_from >= _TWO_DOZEN else 1
    if match["vague"]:
        low = _vague(match["vague"], words, dozens_from, two)
        return Quantity(*match.span(), low, None, vague=True)
    if match["scale"]:  # "several hundred" is "hundreds"
        return Quantity(*match.span(), _value(match["scale"], words) * two, None, vague=True)
    low = _value(match["from"] or match["low"], words)
    top = match["till"] or match["high"]
    high = _value(top, words) if top else low
    if not 0 < low <= high <= _LARGEST:
        return None
    if bound == "least":
        return Quantity(*match.span(), low, None, vague=False)
    return Quantity(*match.span(), None if bound == "most" else low, high, vague=False)


def _bound(match: re.Match[str], words: Lexicon) -> str:
    stated = " ".join((match["bound"] or "").casefold().split())
    for bound in ("least", "most"):
        if any(stated.startswith(b) for b in words.words("numbers", "bounds", bound)):
            return bound
    return "about" if stated else ""


def _vague(stated: str, words: Lexicon, dozens_from: int, two: int) -> int:
    table: dict[str, int] = words.table("numbers")["vague"]
    if stated.casefold() == words.table("numbers")["dozens"]:
        return dozens_from
    return two * prod(table.get(word, 1) for word in re.findall(r"\w+", stated.casefold()))


def _value(stated: str, words: Lexicon) -> int:
    """The number that words or digits state: "three thousand two hundred", "1,200"."""
    table = words.table("numbers")
    plain = {w: n for n, w in enumerate(words.words("numbers", "units"), 1)}
    plain |= {w: n for n, w in enumerate(words.words("numbers", "teens"), 10)}
    plain |= {w: n * 10 for n, w in enumerate(words.words("numbers", "tens"), 2)}
    plain |= dict.fromkeys(words.words("numbers", "one"), 1)
    scales: dict[str, int] = table["scales"]
    total = part = 0
    tokens = re.findall(r"\d+|[^\W\d]+", re.sub(r"(?<=\d)[,\u202f\u00a0](?=\d{3})", "", stated))
    for token in tokens:
        word = token.casefold()
        if token.isdecimal():
            part += int(token)
        elif word in plain:
            part += plain[word]
        elif word in scales:
            scale = scales[word]
            part = max(part, 1) * scale
            if scale >= 1000:  # noqa: PLR2004 - thousands close a group
                total, part = total + part, 0
    return total + part


@cache
def _pattern(code: str) -> re.Pattern[str]:
    words = load(code)
    scale = alternation(tuple(words.table("numbers")["scales"]))
    vague = alternation(tuple(words.table("numbers")["vague"]))
    unit, teens = words.any_of("numbers", "units"), words.any_of("numbers", "teens")
    tens, ones = words.any_of("numbers", "tens"), words.any_of("numbers", "one")
    joint, to = words.any_of("numbers", "and"), words.any_of("numbers", "to")
    between = words.any_of("numbers", "between")
    of, many = words.any_of("figures", "of"), words.any_of("numbers", "many")
    small = rf"(?:{tens}(?:[-\s]{unit})?|{teens}|{unit}|{_DIGITS})"
    # "Twelve and nineteen" are two numbers: "and" goes on behind a scale only.
    group = rf"(?:{ones}|{small})\s+{scale}(?:\s+{scale})?"
    number = rf"(?:{group}(?:\s+(?:{joint}\s+)?(?:{group}|{small})){{0,2}}|{small})"
    bounds = alternation(
        tuple(
            b for key in ("least", "most", "about") for b in words.words("numbers", "bounds", key)
        )
    )
    zero = rf"(?:{words.any_of('figures', 'nobody')}|{words.any_of('figures', 'zero')})"
    stated = (
        rf"(?P<vague>{vague}(?:\s+{of}\s+{vague})?)",
        rf"{between}\s+(?P<from>{number})\s+(?:{joint}|{to})\s+(?P<till>{number})",
        rf"{many}\s+(?P<scale>{scale}(?:\s+{scale})?)",
        rf"(?P<low>{number})(?:(?:\s+{to}\s+|\s*[-–—]\s*)(?P<high>{number}))?",
    )
    return re.compile(
        rf"(?<![\w/’'-])(?<!\d[.,:])"
        rf"(?:(?P<bound>{bounds}\s+(?:{bounds}\s+)?)?(?:{'|'.join(stated)})|(?P<zero>{zero}))"
        rf"(?![\w%]|[.:,]\d|[-–][^\W\d])",
        re.IGNORECASE,
    )
