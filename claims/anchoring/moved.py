"""What of two texts went out at one place and came in, the same, at another: whole sentences.

A stretch that both texts have in common (`runs.py`), but in another order, is a move where it is of
whole sentences of both and has as many words as one that is believed elsewhere. A phrase that turns
up in another sentence is none: there it says something else. The time is that of the texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from claims.anchoring.reanchor import IN, LEAST_MOVED, OUT, Piece, Reanchoring
from claims.anchoring.runs import Run
from claims.anchoring.tokens import Tokens


class Move(NamedTuple):
    """Words at `[was_start, was_end)` of the old text and `[start, end)` of the new, code points.

    They are equal but for white space and the shape of quotation marks.
    """

    was_start: int
    was_end: int
    start: int
    end: int


def moves(both: Reanchoring) -> list[Move]:
    """The moves from one text to the other, in the order of the new one; none overlap."""
    whole = both.pieces()
    old = _Side(both.a, both.sentences[0], [p for p in whole if p.kind == OUT])
    new = _Side(both.b, both.sentences[1], [p for p in whole if p.kind == IN])
    found = []
    # The longest first: of two that reach over the same words it is the likelier one.
    for run in sorted(both.runs, key=lambda run: (-run.size, run)):
        at, last = _sentences(old, new, run)
        while at < last:
            end = at
            while end < last and old.free[run.old + end] and new.free[run.new + end]:
                end += 1
            if both.a.words_in(run.old + at, run.old + end) >= LEAST_MOVED:
                was = old.take(run.old + at, run.old + end)
                found.append(Move(*was, *new.take(run.new + at, run.new + end)))
            at = end + 1
    return sorted(found, key=lambda move: move.start)


def with_moves(both: Reanchoring) -> Iterator[tuple[Piece, Move | None]]:
    """The pieces of both texts, those that moved cut out of what went out and what came in."""
    found = moves(both)
    out = iter(sorted((move.was_start, move.was_end, move) for move in found))
    into = iter([(move.start, move.end, move) for move in found])
    following = {OUT: next(out, None), IN: next(into, None)}
    for piece in both.pieces():
        at = piece.start
        while (here := following.get(piece.kind)) and here[0] < piece.end:
            start, end, move = here
            if at < start:
                yield Piece(piece.kind, at, start), None
            yield Piece(piece.kind, start, end), move
            at = end
            following[piece.kind] = next(out if piece.kind == OUT else into, None)
        if at < piece.end:
            yield Piece(piece.kind, at, piece.end), None


class _Side:
    """One of the texts: which of its tokens no move has yet, and where its sentences are."""

    def __init__(self, of: Tokens, sentences: list[tuple[int, int]], changed: list[Piece]) -> None:
        self.of = of
        self.free = bytearray(len(of.keys))
        for piece in changed:
            first, last = of.over(piece.start, piece.end)
            self.free[first:last] = b"\1" * (last - first)
        ranges = [of.over(start, end) for start, end in sentences]
        self.begins = {first for first, _ in ranges}
        self.closes = {last for _, last in ranges}

    def take(self, first: int, last: int) -> tuple[int, int]:
        """Where the tokens stand, which are no longer free."""
        self.free[first:last] = bytes(last - first)
        return self.of.starts[first], self.of.ends[last - 1]


def _sentences(old: _Side, new: _Side, run: Run) -> tuple[int, int]:
    """The tokens of a run from the first sentence of both texts that it holds to the last one."""
    first, last = 0, run.size
    while first < last and not (run.old + first in old.begins and run.new + first in new.begins):
        first += 1
    while first < last and not (run.old + last in old.closes and run.new + last in new.closes):
        last -= 1
    return first, last
