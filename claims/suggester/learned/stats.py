"""How often each word reports: counted in what a desk approved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

_ENDINGS = re.compile(r"(?:['’]s|ings?|edly|ed|es|s|e)\Z")
_SHORTEST = 3
_LEVELS = (0.01, 0.03, 0.1, 0.25, 0.5, 0.75, 0.9)
UNSEEN = "u"


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word without its ending, so that "says" and "saying" are counted as one."""
    short = _ENDINGS.sub("", word)
    short = short if len(short) >= _SHORTEST else word
    return short[:-1] if len(short) > _SHORTEST and short[-1] == short[-2] else short


class Shares:
    """For each stem: how often it was a reporting word, and how often it was there at all."""

    def __init__(
        self, cues: Mapping[str, int] | None = None, seen: Mapping[str, int] | None = None
    ) -> None:
        self.cues = Counter(cues or {})
        self.seen = Counter(seen or {})

    def without(self, cues: Mapping[str, int], seen: Mapping[str, int]) -> Shares:
        """The shares as they were without some articles, with which those are read in training."""
        return Shares(self.cues - Counter(cues), self.seen - Counter(seen))

    def level(self, word: str) -> str:
        """The share of a word as one of a few levels, 0 lowest; `UNSEEN` for a new word."""
        return _level(*self.counts(stem(word)))

    def counts(self, of: str) -> tuple[int, int]:
        """How often a stem reported, and how often it was there."""
        return self.cues[of], self.seen[of]


@lru_cache(maxsize=65_536)
def _level(cues: int, seen: int) -> str:
    if seen <= 0:
        return UNSEEN
    share = (cues + 0.2) / (seen + 1.0) if cues else 0.3 / (seen + 3.0)
    return str(sum(share >= level for level in _LEVELS))
