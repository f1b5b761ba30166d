"""What the rules find, as a hint for each word: the taggers learn how far to trust them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from claims.suggester.learned.parse import Aids
from claims.suggester.learned.tags import OTHER, tags
from claims.suggester.learned.words import Passage, Ruled, passages
from claims.suggester.lexicon import load
from claims.suggester.rules.find import find
from claims.suggester.rules.score import LEAST
from claims.suggester.shapes import Found, Piece


def hinted(text: str, aids: Aids) -> list[Passage]:
    """The passages of a text, with what the rules found where there are word lists for them."""
    found = passages(text)
    if not aids.code:
        return found
    told = _by_passage(found, find(text, load(aids.code), least=0.0))
    return [_with(one, each) for one, each in zip(found, told, strict=True)]


def _by_passage(found: Sequence[Passage], told: Iterable[Found]) -> list[list[Found]]:
    starts = [one.starts[0] for one in found]
    placed: list[list[Found]] = [[] for _ in found]
    for one in told:
        pieces = (*one.source, *one.cue, *one.content)
        for at in sorted({bisect_right(starts, start) - 1 for start, _ in pieces}):
            placed[at].append(one)
    return placed


def _with(passage: Passage, told: Sequence[Found]) -> Passage:
    sure = [one for one in told if one.score >= LEAST]
    ruled = [_ruled(passage, one) for one in told]
    return replace(
        passage,
        hints=_hints(*tags(passage, sure)),
        ruled=tuple(one for one in ruled if one.parts),
    )


def _hints(cues: list[str], contents: list[str]) -> tuple[str, ...]:
    both = zip(cues, contents, strict=True)
    return tuple(content if cue == OTHER else cue for cue, content in both)


def _ruled(passage: Passage, one: Found) -> Ruled:
    cue, source = _ranges(passage, one.cue), _ranges(passage, one.source)
    return Ruled(
        parts=_ranges(passage, one.content),
        cue=cue[0] if cue else None,
        source=source[0] if source else None,
        score=one.score,
    )


def _ranges(passage: Passage, pieces: Iterable[Piece]) -> tuple[tuple[int, int], ...]:
    found = [passage.over(*piece) for piece in pieces]
    return tuple((first, last) for first, last in found if first < last)
