"""What the words of a claim are about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from claims.suggester.competing.clock import Span, times
from claims.suggester.competing.vocabulary import FACETS, tokens, vocabulary

_REACH = 3
Feature = tuple[str, str]
"""A concept with its facet, or a stem with the facet `word`."""


@dataclass(frozen=True)
class Reading:
    """`features` are stems and concepts; `denied` those concepts that a "no" stands before.

    `sides` are halves of opposites, `negated` says that there is a "no" at all, `doubts` that
    the words are on whether something can be believed. `clock` is when, in minutes of the day.
    """

    features: frozenset[Feature]
    denied: frozenset[Feature]
    sides: frozenset[Feature]
    negated: bool
    doubts: bool
    clock: Span | None

    def of(self, facet: str) -> frozenset[str]:
        """The concepts of one facet that are not denied."""
        return frozenset(
            name for key, name in self.features if key == facet and (key, name) not in self.denied
        )


@lru_cache(maxsize=16_384)
def read(text: str, language: str = "") -> Reading:
    """What `text` is about. A language without a data file gives its words, and no concepts."""
    words = tokens(text)
    known = vocabulary(language, text)
    found = [hit for hit in known.negations.find(words) if hit.name]
    # A "no" at the beginning ("None of our fighters …") is one to all that follows.
    reaches = [(hit.end, _REACH if hit.start else len(words)) for hit in found]
    features: set[Feature] = set()
    denied: set[Feature] = set()
    told: set[int] = set()
    for facet in FACETS:
        for hit in known.facets[facet].find(words):
            features.add((facet, hit.name))
            told.update(range(hit.start, hit.end))
            if any(0 <= hit.start - no < reach for no, reach in reaches):
                denied.add((facet, hit.name))
    for at, word in enumerate(words):
        if at not in told and word not in known.stops and not word.isdecimal():
            features.add(("word", known.stem(word)))
    return Reading(
        features=frozenset(features),
        denied=frozenset(denied),
        sides=frozenset(
            (name, hit.name) for name, pair in known.opposites.items() for hit in pair.find(words)
        ),
        negated=bool(found),
        doubts=bool(known.doubt.find(words)),
        clock=times(words, known.clock),
    )
