"""Stretches that two texts have in common, each held by words that stand once in both.

A diff that matches repeated lines by luck would carry a claim to the wrong one of two equal
sentences. Here a stretch counts only if it holds a window of words that is the only one of its
kind in the old text and in the new one, and it goes on for as long as both agree. Where two
stretches reach over the same words, either could be meant, and that can be seen.

The time is that of the texts, whatever they hold: a stretch that reaches over such a window of
another one would be that other one, so that no word lies under more than a few of them.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Sequence
from typing import NamedTuple

from claims.anchoring.tokens import Tokens

LONGEST_WINDOW = 64


class Run(NamedTuple):
    """So many tokens, from `old` on in the one text and from `new` on in the other."""

    old: int
    new: int
    size: int


class Windows:
    """What stands at each token of both texts, by windows of 1, 2, 4, ... 64 tokens.

    Equal numbers are equal windows, in either text; a level ends where its last window does.
    """

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        names: dict[str, int] = {}
        self.old = [[names.setdefault(key, len(names)) for key in old]]
        self.new = [[names.setdefault(key, len(names)) for key in new]]
        size = 1
        while size < LONGEST_WINDOW:
            pairs: dict[tuple[int, int], int] = {}
            for levels in (self.old, self.new):
                row = levels[-1]
                levels.append(
                    [
                        pairs.setdefault(pair, len(pairs))
                        for pair in zip(row, row[size:], strict=False)
                    ]
                )
            size *= 2
        self._places: dict[int, dict[int, list[int]]] = {}
        self.closes: list[int] = []

    def anchors(self) -> list[tuple[int, int]]:
        """The places of the windows that stand once in both texts, the narrow ones first.

        With them `closes`: of each token of the old text, where the first such window ends that
        begins there or later.
        """
        found = []
        closes = [len(self.old[0]) + 1] * (len(self.old[0]) + 1)
        for level, (old, new) in enumerate(zip(self.old, self.new, strict=True)):
            there, here = _once(old), _once(new)
            own = [(at, here[name]) for name, at in there.items() if name in here]
            for at, _ in own:
                closes[at] = min(closes[at], at + (1 << level))
            found += own
        for at in range(len(closes) - 2, -1, -1):
            closes[at] = min(closes[at], closes[at + 1])
        self.closes = closes
        return found

    def elsewhere(self, first: int, last: int, most: int) -> list[int]:
        """Where these tokens of the old text stand in the new one: at most so many places.

        None of a longer stretch than two of the widest windows: those would have been found.
        """
        size = last - first
        level = size.bit_length() - 1
        if not 0 <= level < len(self.old):
            return []
        if level not in self._places:
            self._places[level] = {}
            for at, name in enumerate(self.new[level]):
                self._places[level].setdefault(name, []).append(at)
        over = size - (1 << level)
        row, end = self.new[level], self.old[level][first + over]
        places = self._places[level].get(self.old[level][first], [])[: most * most]
        return [at for at in places if at + over < len(row) and row[at + over] == end][:most]


def _once(names: Sequence[int]) -> dict[int, int]:
    """Name -> place, of those that are there once."""
    first: dict[int, int] = {}
    for at, name in enumerate(names):
        first[name] = -1 if name in first else at
    return {name: at for name, at in first.items() if at >= 0}


def runs(old: Tokens, new: Tokens, windows: Windows) -> list[Run]:
    """All stretches, each as long as it goes, by their places in the old text."""
    one, other = windows.old[0], windows.new[0]
    found: list[Run] = []
    by_diagonal: dict[int, list[tuple[int, int]]] = {}
    for at, there in windows.anchors():
        known = by_diagonal.setdefault(there - at, [])
        place = bisect_right(known, (at, len(one)))
        if place and known[place - 1][1] > at:
            continue
        first, last = at, at + 1
        shift = there - at
        while first > 0 and first + shift > 0 and one[first - 1] == other[first + shift - 1]:
            first -= 1
        while last < len(one) and last + shift < len(other) and one[last] == other[last + shift]:
            last += 1
        insort(known, (first, last))
        found.append(Run(first, first + shift, last - first))
    return sorted(found)


def in_order(found: Sequence[Run], old: Tokens) -> list[Run]:
    """The runs that follow each other in both texts: those with the most words together."""
    best: list[float] = []
    before: list[int] = []
    ranks = {start: at for at, start in enumerate(sorted({run.new for run in found}))}
    tree: list[tuple[int, int]] = [(0, -1)] * (len(ranks) + 1)
    for index, run in enumerate(found):
        weight, last = 0, -1
        at = ranks[run.new]
        while at:
            if tree[at][0] > weight:
                weight, last = tree[at]
            at -= at & -at
        weight += old.words_in(run.old, run.old + run.size) or 1
        best.append(weight)
        before.append(last)
        at = ranks[run.new] + 1
        while at < len(tree):
            if weight > tree[at][0]:
                tree[at] = (weight, index)
            at += at & -at
    chain = []
    at = best.index(max(best))
    while at >= 0:
        chain.append(found[at])
        at = before[at]
    return chain[::-1]
