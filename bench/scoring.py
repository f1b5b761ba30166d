"""How near proposed attributions come to those that people marked.

Everything is compared as sets of words, so that a comma or a quotation mark at an edge never
counts. The figures: `attr@.5`, proposals whose content shares half its words or more with a
marked one (intersection over union), one to one, best first; `full@.5`, those of them whose
source does too, or is rightly none; `content`, the words in any content; `cue`, reporting words
that share a word, one to one. The form of the data is that of PolNeAR (Newell et al., 2018).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

WORD = re.compile(r"\w+(?:['’.\-]\w+)*")
HALF = 0.5
Piece = tuple[int, int]
Words = frozenset[int]


class Marked(Protocol):
    """An attribution: its pieces, code points of the text."""

    @property
    def source(self) -> Sequence[Piece]: ...
    @property
    def cue(self) -> Sequence[Piece]: ...
    @property
    def content(self) -> Sequence[Piece]: ...


@dataclass(frozen=True)
class Gold:
    """An attribution that a person marked."""

    source: tuple[Piece, ...]
    cue: tuple[Piece, ...]
    content: tuple[Piece, ...]


@dataclass(frozen=True)
class Article:
    """A text with what people marked in it."""

    text: str
    attributions: tuple[Gold, ...]


def article(row: dict[str, Any]) -> Article:
    """An article as a line of a data file gives it. `KeyError` where a part is missing."""
    return Article(
        row["text"],
        tuple(
            Gold(*(tuple((s, e) for s, e in one[role]) for role in ("source", "cue", "content")))
            for one in row["attributions"]
        ),
    )


class Tally:
    """Counts over many articles, and the figures that they make."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def add(self, text: str, gold: Iterable[Marked], found: Iterable[Marked]) -> list[bool]:
        """Count an article; which of `found` (those with a content) have the right content."""
        count, at = self.counts, _positions(text)
        marked = [one for one in gold if one.content]
        proposed = [one for one in found if one.content]
        contents = [_words(at, one.content) for one in marked]
        right = [_words(at, one.content) for one in proposed]
        count["marked"] += len(marked)
        count["proposed"] += len(proposed)
        all_marked, all_proposed = frozenset().union(*contents), frozenset().union(*right)
        count["content both"] += len(all_marked & all_proposed)
        count["content marked"] += len(all_marked)
        count["content proposed"] += len(all_proposed)
        pairs = list(_pairs(contents, right, HALF))
        count["attr both"] += len(pairs)
        for one, two in pairs:
            wanted = _words(at, marked[one].source)
            named = _words(at, proposed[two].source)
            count["full both"] += _alike(wanted, named) >= HALF if wanted else not named
        cues = [found for found in (_words(at, one.cue) for one in marked) if found]
        named_cues = [found for found in (_words(at, one.cue) for one in proposed) if found]
        count["cue both"] += len(list(_pairs(cues, named_cues, 1e-9)))
        count["cue marked"] += len(cues)
        count["cue proposed"] += len(named_cues)
        good = {two for _, two in pairs}
        return [place in good for place in range(len(proposed))]

    def figures(self) -> dict[str, float]:
        """F1 of each figure, 0 to 1."""
        count = self.counts
        sides = count["marked"] + count["proposed"]
        return {
            "attr@.5": _f1(count["attr both"], sides),
            "full@.5": _f1(count["full both"], sides),
            "content": _f1(
                count["content both"], count["content marked"] + count["content proposed"]
            ),
            "cue": _f1(count["cue both"], count["cue marked"] + count["cue proposed"]),
        }


def _f1(both: int, sides: int) -> float:
    return 2 * both / sides if sides else 0.0


def _positions(text: str) -> list[int]:
    """For each code point the number of the word that it belongs to; -1 between words."""
    at = [-1] * len(text)
    for number, match in enumerate(WORD.finditer(text)):
        at[match.start() : match.end()] = [number] * (match.end() - match.start())
    return at


def _words(at: list[int], pieces: Iterable[Piece]) -> Words:
    return frozenset(n for low, high in pieces for n in at[max(0, low) : max(0, high)] if n >= 0)


def _alike(one: Words, two: Words) -> float:
    """Intersection over union; 0 where either is empty."""
    return len(one & two) / len(one | two) if one and two else 0.0


def _pairs(marked: list[Words], proposed: list[Words], least: float) -> Iterator[tuple[int, int]]:
    """One-to-one pairs that are alike enough, the most alike first, then in order."""
    holding: dict[int, list[int]] = defaultdict(list)
    for two, words in enumerate(proposed):
        for word in words:
            holding[word].append(two)
    near = []
    for one, words in enumerate(marked):
        for two in {two for word in words for two in holding[word]}:
            value = _alike(words, proposed[two])
            if value >= least:
                near.append((-value, one, two))
    taken: set[int] = set()
    paired: set[int] = set()
    for _, one, two in sorted(near):
        if one not in taken and two not in paired:
            taken.add(one)
            paired.add(two)
            yield one, two
