"""Overlapping spans as flat pieces, ready to be rendered."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from claims.anchoring.text import Paragraph

Id = TypeVar("Id", bound=Hashable)


class Segment(NamedTuple, Generic[Id]):
    """A piece of text that no span begins or ends within.

    `ids` are the spans that cover it, each once, in the order in which they were given.
    """

    start: int
    end: int
    text: str
    ids: tuple[Id, ...]


def segments(
    text: str, start: int, end: int, spans: Iterable[tuple[Id, int, int]]
) -> list[Segment[Id]]:
    """The window `text[start:end]`, split wherever one of `spans` (id, start, end) begins or ends.

    The pieces follow each other without gaps; joined they are the window. Spans that reach
    over the window are cut to it; empty ones and ones outside are left out.
    """
    names: list[Id] = []
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for name, span_start, span_end in spans:
        first, last = max(span_start, start), min(span_end, end)
        if first < last:
            opening.setdefault(first, []).append(len(names))
            closing.setdefault(last, []).append(len(names))
            names.append(name)
    if start >= end:
        return []
    found = []
    active: set[int] = set()
    at = start
    for edge in sorted({start, end, *opening, *closing}):
        if edge > at:
            ids = tuple(dict.fromkeys(names[i] for i in sorted(active)))
            found.append(Segment(at, edge, text[at:edge], ids))
        active.difference_update(closing.get(edge, ()))
        active.update(opening.get(edge, ()))
        at = edge
    return found


def by_paragraph(
    text: str, paragraphs: Sequence[Paragraph], spans: Iterable[tuple[Id, int, int]]
) -> list[list[Segment[Id]]]:
    """`segments` of each of `paragraphs` (in order), without trying each span on each."""
    starts = [paragraph.start for paragraph in paragraphs]
    ends = [paragraph.end for paragraph in paragraphs]
    own: list[list[tuple[Id, int, int]]] = [[] for _ in paragraphs]
    for span in spans:
        for index in range(bisect_right(ends, span[1]), bisect_left(starts, span[2])):
            own[index].append(span)
    return [
        segments(text, paragraph.start, paragraph.end, spans_here)
        for paragraph, spans_here in zip(paragraphs, own, strict=True)
    ]
