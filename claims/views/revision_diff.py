"""Two texts of an article in one, with the claims in place: what stayed, moved, went and came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from claims.actions.revision import Fate
from claims.anchoring.moved import Move, with_moves
from claims.anchoring.reanchor import IN, OUT, SAME, Reanchoring
from claims.anchoring.segments import segments
from claims.anchoring.text import paragraph_at, paragraphs
from claims.records import Placing

BESIDE = 1
"""So many unchanged paragraphs are shown around what changed."""


class Moved(NamedTuple):
    """Words that stand in both texts: `number` tells one move from another.

    `paragraph` (from 1) is where they are in the other text; `first` of the words of this move.
    """

    number: int
    paragraph: int
    first: bool


class Words(NamedTuple):
    """A piece of either text: `kind` is same, out or in; `marks` are classes, `who` says it.

    `moved`: what went out here came in there, or the other way round.
    """

    kind: str
    text: str
    marks: str
    who: str
    moved: Moved | None = None


class Line(NamedTuple):
    """A paragraph of the two texts in one; or `left_out` unchanged ones, which are not shown."""

    words: list[Words]
    left_out: int = 0

    @property
    def worth_showing(self) -> bool:
        """Whether it changed, or has words of a claim that is not carried over."""
        return any(w.kind != SAME or "waiting" in w.marks or "gone" in w.marks for w in self.words)


def compared(old: str, new: str, fates: Iterable[Fate]) -> list[Line]:
    """The paragraphs that changed, those beside them, and those with words that are in doubt."""
    both = Reanchoring(old, new)
    on_old, on_new = [], []
    for fate in fates:
        for span, placed in fate.spans:
            name = (_mark(fate.state), str(fate.claim.source))
            if fate.state is not Placing.ACCEPTED and span.quote == old[span.start : span.end]:
                on_old.append((name, span.start, span.end))
            if placed.start is not None and placed.end is not None:
                on_new.append((name, placed.start, placed.end))
    lines = [Line([])]
    moved = _Moves(old, new)
    for piece, move in with_moves(both):
        text, marks = (old, on_old) if piece.kind == OUT else (new, on_new)
        for segment in segments(text, piece.start, piece.end, marks):
            classes = " ".join(dict.fromkeys(name for name, _ in segment.ids))
            who = ", ".join(dict.fromkeys(who for _, who in segment.ids))
            for count, part in enumerate(segment.text.split("\n")):
                if count and lines[-1].words:
                    lines.append(Line([]))
                if part:
                    there = moved.of(move, piece.kind) if move else None
                    lines[-1].words.append(Words(piece.kind, part, classes, who, there))
    return _worth_showing([line for line in lines if line.words])


def differing(old: str, new: str) -> list[Words]:
    """Two short pieces of text in one, for a person to see what differs."""
    if old == new:
        return [Words(SAME, new, "", "")]
    both = Reanchoring(old, new)
    pieces = both.pieces()
    if not any(piece.kind == SAME for piece in pieces):
        return [Words(OUT, old, "", ""), Words(IN, new, "", "")]
    return [
        Words(piece.kind, (old if piece.kind == OUT else new)[piece.start : piece.end], "", "")
        for piece in pieces
    ]


class _Moves:
    """Numbers the moves in the order in which they are met, and says where their other end is."""

    def __init__(self, old: str, new: str) -> None:
        self._paragraphs = {OUT: paragraphs(new), IN: paragraphs(old)}
        self._numbers: dict[Move, int] = {}
        self._told: set[tuple[Move, str]] = set()

    def of(self, move: Move, kind: str) -> Moved:
        """What is told of the next words of a move, here where it went out or came in."""
        number = self._numbers.setdefault(move, len(self._numbers) + 1)
        first = (move, kind) not in self._told
        self._told.add((move, kind))
        there = move.start if kind == OUT else move.was_start
        paragraph = paragraph_at(self._paragraphs[kind], there)
        return Moved(number, paragraph.number if paragraph else 1, first)


def _mark(state: Placing) -> str:
    return {Placing.ACCEPTED: "carried", Placing.WAITING: "waiting"}.get(state, "gone")


def _worth_showing(lines: Sequence[Line]) -> list[Line]:
    shown = {
        near
        for at, line in enumerate(lines)
        if line.worth_showing
        for near in range(at - BESIDE, at + BESIDE + 1)
    }
    found: list[Line] = []
    skipped = 0
    for at, line in enumerate(lines):
        if at not in shown:
            skipped += 1
            continue
        if skipped:
            found.append(Line([], skipped))
        skipped = 0
        found.append(line)
    return [*found, Line([], skipped)] if skipped else found
