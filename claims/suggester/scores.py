"""How well attributions were found, by the sets of words that their pieces hold.

Only words count, so that marks at an edge do not. Matched one to one, the largest share of
common words first (intersection over union). The measures are those in which PolNeAR and
PARC 3.0 are told of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

Piece = tuple[int, int]
Words = frozenset[int]

_WORD = re.compile(r"\w+(?:['’.\-]\w+)*")
HALF = 0.5
"""A content is right when it shares half of all words of the two or more."""


class Spans(Protocol):
    """An attribution as far as it is measured: pieces of a text, in code points, half-open."""

    @property
    def source(self) -> Sequence[Piece]: ...
    @property
    def cue(self) -> Sequence[Piece]: ...
    @property
    def content(self) -> Sequence[Piece]: ...


class Share(NamedTuple):
    """What was right among what was found and what was there."""

    right: int = 0
    found: int = 0
    there: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of what was there that was found; 0 where nothing was there."""
        return self.right / self.there if self.there else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both, 0 to 1."""
        both = self.found + self.there
        return 2 * self.right / both if both else 0.0

    def plus(self, other: Share) -> Share:
        """Both counted together."""
        return Share(*(one + two for one, two in zip(self, other, strict=True)))


NOTHING = Share()


@dataclass(frozen=True)
class Scores:
    """How much was found, and how much of it is right.

    `attribution`: contents that are half right; `full`: those whose source is too; `content`:
    the words of contents one by one; `cue`: reporting words that share a word.
    """

    attribution: Share = NOTHING
    full: Share = NOTHING
    content: Share = NOTHING
    cue: Share = NOTHING

    def plus(self, other: Scores) -> Scores:
        """Both counted together."""
        return Scores(
            self.attribution.plus(other.attribution),
            self.full.plus(other.full),
            self.content.plus(other.content),
            self.cue.plus(other.cue),
        )


def score(text: str, there: Iterable[Spans], found: Iterable[Spans]) -> Scores:
    """How the attributions found in a text compare with those that are there."""
    there = [one for one in there if one.content]
    found = [one for one in found if one.content]
    words = [match.span() for match in _WORD.finditer(text)]
    of = _reader(words, len(text))
    real, said = [of(one.content) for one in there], [of(one.content) for one in found]
    pairs = pairing(real, said, HALF)
    who = [(of(there[one].source), of(found[two].source)) for one, two in pairs]
    full = sum(overlap(one, two) >= HALF if one else not two for one, two in who)
    real_cues = [cue for cue in (of(one.cue) for one in there) if cue]
    said_cues = [cue for cue in (of(one.cue) for one in found) if cue]
    cues = pairing(real_cues, said_cues, 0.0)
    every, claimed = frozenset().union(*real), frozenset().union(*said)
    return Scores(
        Share(len(pairs), len(said), len(real)),
        Share(full, len(said), len(real)),
        Share(len(every & claimed), len(claimed), len(every)),
        Share(len(cues), len(said_cues), len(real_cues)),
    )


def right(text: str, there: Iterable[Spans], found: Sequence[Spans]) -> list[bool]:
    """For each attribution that was found, whether its content is one that is there."""
    words = [match.span() for match in _WORD.finditer(text)]
    of = _reader(words, len(text))
    pairs = pairing([of(one.content) for one in there], [of(one.content) for one in found], HALF)
    matched = {two for _, two in pairs}
    return [at in matched for at in range(len(found))]


def overlap(one: Words, two: Words) -> float:
    """The share of common words in those of both, 0 to 1."""
    common = len(one & two)
    return common / (len(one) + len(two) - common) if common else 0.0


def pairing(there: Sequence[Words], found: Sequence[Words], least: float) -> list[tuple[int, int]]:
    """Pairs, by position, that overlap by `least` or more; each is in one pair at most.

    The most alike first; of equals the earlier. With `least` 0, one common word is enough.
    """
    holding: dict[int, list[int]] = {}
    for at, words in enumerate(found):
        for word in words:
            holding.setdefault(word, []).append(at)
    alike = []
    for one, words in enumerate(there):
        near = {at for word in words for at in holding.get(word, ())}
        alike += [(-overlap(words, found[two]), one, two) for two in near]
    pairs: list[tuple[int, int]] = []
    ones: set[int] = set()
    twos: set[int] = set()
    for less, one, two in sorted(alike):
        if -less >= least and one not in ones and two not in twos:
            pairs.append((one, two))
            ones.add(one)
            twos.add(two)
    return pairs


def _reader(words: list[Piece], length: int) -> Callable[[Sequence[Piece]], Words]:
    """Turns pieces into the positions of the words that they touch."""
    at = [-1] * length
    for position, (start, end) in enumerate(words):
        at[start:end] = [position] * (end - start)

    def read(pieces: Sequence[Piece]) -> Words:
        return frozenset(
            position
            for start, end in pieces
            for position in at[max(start, 0) : max(end, 0)]
            if position >= 0
        )

    return read
