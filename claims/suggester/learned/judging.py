"""Learning which candidates are right, and who says them, and what a chance has been worth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.suggester.learned.candidates import Candidate, Read, candidates
from claims.suggester.learned.chance import Scale, best_threshold, scale
from claims.suggester.learned.crf import Tagger, deciding
from claims.suggester.learned.reader import EXACT, RIGHT, WRONG, chosen, judged
from claims.suggester.learned.tags import Range
from claims.suggester.learned.who import choices
from claims.suggester.learned.words import Passage
from claims.suggester.scores import HALF, Spans, overlap

_LOWEST = 0.02
_NEARLY = 0.9  # of the words of both: as good as exact


@dataclass(frozen=True)
class Gold:
    """What is attributed in one passage, as tokens of it: contents, each with its source."""

    contents: list[frozenset[int]]
    sources: list[frozenset[int]]


Held = Sequence[tuple[Read, Gold]]


def gold(passage: Passage, attributions: Iterable[Spans]) -> Gold:
    """The words of a passage that belong to contents, and to who says them."""
    contents, sources = [], []
    for one in attributions:
        words = _words(passage, [passage.over(*piece) for piece in one.content])
        if words:
            contents.append(words)
            sources.append(_words(passage, [passage.over(*piece) for piece in one.source]))
    return Gold(contents, sources)


def learn_choice(held: Sequence[Held]) -> tuple[bytes, bytes, Scale, float]:
    """From articles that the taggers have not seen: what is right, who, the scale, the least.

    The scale is learned where neither has been seen: one half judges the other.
    """
    said: list[float] = []
    good: list[bool] = []
    there = 0
    for half in (0, 1):
        tagger = Tagger(_learn_right(held[half::2]))
        for read, real in (one for article in held[1 - half :: 2] for one in article):
            there += len(real.contents)
            for one, chance in chosen(judged(read, tagger), _LOWEST):
                said.append(chance)
                good.append(_match(read, real, one) >= 0)
    scaled = scale(said, good)
    least = best_threshold([scaled(one) for one in said], good, there)
    right = _learn_right(held)
    return right, _learn_who(held, Tagger(right)), scaled, least


def _learn_right(held: Iterable[Held]) -> bytes:
    learner = deciding()
    for read, real in (one for article in held for one in article):
        for one in candidates(read):
            learner.add([one.features], [_worth(read, real, one)])
    return learner.learn()


def _learn_who(held: Iterable[Held], tagger: Tagger) -> bytes:
    learner = deciding()
    for read, real in (one for article in held for one in article):
        for one, _ in chosen(judged(read, tagger), _LOWEST):
            at = _match(read, real, one)
            if at < 0:
                continue
            wanted = real.sources[at]
            for source, features in choices(read, one):
                words = _words(read.passage, [source] if source else [])
                good = overlap(words, wanted) >= HALF if wanted else not words
                learner.add([features], [RIGHT if good else WRONG])
    return learner.learn()


def _words(passage: Passage, ranges: Iterable[Range]) -> frozenset[int]:
    return frozenset(
        at for first, last in ranges for at in range(first, last) if passage.words[at][0].isalnum()
    )


def _worth(read: Read, real: Gold, one: Candidate) -> str:
    own = _words(read.passage, one.parts)
    alike = max((overlap(own, other) for other in real.contents), default=0.0)
    return EXACT if alike >= _NEARLY else RIGHT if alike >= HALF else WRONG


def _match(read: Read, real: Gold, one: Candidate) -> int:
    """The position of the content that a candidate is; -1 where it is none."""
    own = _words(read.passage, one.parts)
    alike = [overlap(own, other) for other in real.contents]
    best = max(range(len(alike)), key=alike.__getitem__, default=-1)
    return best if best >= 0 and alike[best] >= HALF else -1
