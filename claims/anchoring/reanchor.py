"""Where the spans of a text stand in the text that replaces it, and how sure that is.

A span is **certain** where its words stand in the new text, in a stretch that both texts have in
common and that holds words found once in each (`runs.py`), while no other stretch could be meant,
what it is cut out of has not grown a part (5 is no part of 5,000), and no "not" came or went in
its sentence. Its words are then equal to the letter, or but for white space and the shape of
quotation marks (`tokens.normal`). All else is for a person to say: with the place that is most
likely, or with none, which is an orphan.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import regex
from rapidfuzz import fuzz

from claims.anchoring.negations import negations
from claims.anchoring.runs import Run, Windows, in_order, runs
from claims.anchoring.sentence import sentences
from claims.anchoring.tokens import normal, tokens
from claims.anchoring.white import WHITE
from claims.records import Match

LEAST, LEAST_AT_AN_EDGE, LEAST_MOVED = 3, 4, 6
"""So many words have the stretches that are believed: at all, where the span begins or ends with
it, and where it stands in another order than before."""
SAME_BUT_FOR_SHAPE = 0.99
ALIKE, ALIKE_ELSEWHERE, SPELT_ANEW = 0.45, 0.6, 0.75
"""From which score on words are proposed; where they stand in another order; and where none of
them is the same."""
LEAST_SHARED = 0.3
"""So much of the words is to be in what is proposed, by their number."""
LONGEST_COMPARED = 2_000

_MARKS = ".,;:!?…\"'“”‘’„«»()[]\u060c\u061b\u061f\u06d4。，、；：！？「」『』"
_OUTER = WHITE + _MARKS
_GLUE = regex.compile(f"[^{regex.escape(_OUTER)}]")
_BARE = regex.compile(f"[{regex.escape(_OUTER)}]*")


class Placed(NamedTuple):
    """What became of a span: `[start, end)` in the new text, or None where it is nowhere.

    `certain`: it may be carried over. Else `reason` says why a person has to look, and `score`
    (0 to 1) how much the words there are like the old ones.
    """

    match: Match
    start: int | None
    end: int | None
    score: float
    certain: bool
    reason: str = ""


SAME, OUT, IN = "same", "out", "in"


class Piece(NamedTuple):
    """`[start, end)` of the new text where it stayed or came in, of the old one where it went."""

    kind: str
    start: int
    end: int


class Reanchoring:
    """Two texts compared, once for all the spans of the old one; the same for the same texts."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self.a, self.b = tokens(old), tokens(new)
        self.windows = Windows(self.a.keys, self.b.keys)
        self.runs = runs(self.a, self.b, self.windows)
        plain = [run for run in self.runs if self.a.words_in(run.old, run.old + run.size) > 1]
        self.chain = in_order(plain, self.a)
        self._in_chain = set(self.chain)
        self._over_old = _covers(len(self.a.keys), ((r.old, r) for r in self.runs))
        self._over_new = _covers(len(self.b.keys), ((r.new, r) for r in self.runs))
        self._image = self._images()
        self._known = [at for at, there in enumerate(self._image) if there >= 0]
        self._fours = set(self.windows.old[2])
        self.sentences = sentences(old, 0, len(old)), sentences(new, 0, len(new))
        self._negations = (
            negations(self.a.keys, self.a.starts),
            negations(self.b.keys, self.b.starts),
        )

    def _images(self) -> list[int]:
        """Token of the old text -> the same one of the new text, or -1; in order."""
        image = [-1] * len(self.a.keys)
        old = new = 0
        for run in self.chain:
            skip = max(old - run.old, new - run.new, 0)
            for at in range(skip, run.size):
                image[run.old + at] = run.new + at
            old, new = max(old, run.old + run.size), max(new, run.new + run.size)
        return image

    def place(self, start: int, end: int) -> Placed:
        """The span `[start, end)` of the old text, in the new one."""
        first, last = self.a.over(start, end)
        if first >= last or start >= end:
            return _NOWHERE
        candidates = [r for r in self._over_old[first] if r.old + r.size >= last]
        if not candidates:
            return self._likely(start, end, first, last)
        run = next((r for r in candidates if r in self._in_chain), candidates[0])
        found = self._at(run, start, end, first, last)
        why = self._doubt(run, found, (start, end), (first, last), len(candidates))
        return Placed(*found[:2], *found[2:4], not why, why)

    def _at(
        self, run: Run, start: int, end: int, first: int, last: int
    ) -> tuple[Match, int, int, float]:
        """The span where this run has it. Offsets within the first and last token stay."""
        shift = run.new - run.old
        begin = self.b.starts[first + shift] + start - self.a.starts[first]
        close = self.b.ends[last + shift - 1] + end - self.a.ends[last - 1]
        # A span may begin or end within white space, of which there may be less by now.
        begin = max(begin, self.b.ends[first + shift - 1])
        close = min(close, self.b.starts[last + shift])
        same = self.old[start:end] == self.new[begin:close]
        match = Match.EXACT if (begin, close) == (start, end) else Match.MOVED
        return match, begin, close, 1.0 if same else SAME_BUT_FOR_SHAPE

    def _doubt(
        self,
        run: Run,
        found: tuple[Match, int, int, float],
        span: tuple[int, int],
        touched: tuple[int, int],
        candidates: int,
    ) -> str:
        """Why a person has to look at words that are all there; empty where they need not."""
        (_, begin, close, score), (start, end), (first, last) = found, span, touched
        shift = run.new - run.old
        over = self._over_new[first + shift]
        rivals = sum(1 for r in over if r.new + r.size >= last + shift)
        # Where two stretches meet, they may share words that only one of them can have.
        shared = any(
            len(self._over_old[at]) > 1 or len(self._over_new[at + shift]) > 1
            for at in (first, last - 1)
        )
        # With what stands before it, and with what stands after it, it is the only one.
        closes = self.windows.closes
        only = closes[run.old] <= last and closes[first] <= run.old + run.size
        if candidates > 1 or rivals > 1 or shared or not only:
            return SEVERAL
        if score < 1 and normal(self.old[start:end]) != normal(self.new[begin:close]):
            return CHANGED
        at_left, at_right = first == run.old, last == run.old + run.size
        words = self.a.words_in(run.old, run.old + run.size)
        if words < (LEAST_AT_AN_EDGE if at_left or at_right else LEAST):
            return BARE
        if run not in self._in_chain and (words < LEAST_MOVED or self._torn(run, start, end)):
            return ELSEWHERE
        if (at_left and self._grew(start, begin, first, first + shift, -1)) or (
            at_right and self._grew(end, close, last - 1, last + shift - 1, 1)
        ):
            return GREW
        if (at_left and (self._joined(first + shift - 3) or self._hangs(start, end, -1))) or (
            at_right and (self._joined(last + shift - 1) or self._hangs(start, end, 1))
        ):
            return SEVERAL
        if self._not(0, start, end) != self._not(1, begin, close):
            return TURNED
        return ""

    def _grew(self, at: int, there: int, token: int, its: int, step: int) -> bool:
        """Whether the word at this end of the span is, or was, a part of something longer."""
        for text, offset, of, token_at in (
            (self.old, at, self.a, token),
            (self.new, there, self.b, its),
        ):
            beside = text[offset - 1 : offset] if step < 0 else text[offset : offset + 1]
            if beside and _GLUE.match(beside):
                return True
            neighbour = of.keys[token_at + step]
            if of.keys[token_at][-1].isnumeric() and neighbour[0].isnumeric():
                return True
        return False

    def _joined(self, at: int) -> bool:
        """Whether four tokens of the new text, three of them beside a span, are of the old one.

        Then words between were taken out, and the word at its end can be that of what follows.
        """
        fours = self.windows.new[2]
        return 0 <= at < len(fours) and fours[at] in self._fours

    def _hangs(self, start: int, end: int, step: int) -> bool:
        """Whether the span takes but a word or two of the sentence at this end of it.

        "The" after a full stop can be the first word of another sentence by now.
        """
        found = self.sentences[0]
        if step < 0:
            at = bisect_right(found, start, key=lambda one: one[1])
            end = found[at][1] if at < len(found) and found[at][1] < end else start
        else:
            at = bisect_left(found, end, key=lambda one: one[0]) - 1
            start = found[at][0] if at >= 0 and found[at][0] > start else end
        return start < end and self.a.words_in(*self.a.over(start, end)) < LEAST

    def _torn(self, run: Run, start: int, end: int) -> bool:
        """Whether less than the whole sentences of the span stand in the other place."""
        found = self.sentences[0]
        at = bisect_right(found, start, key=lambda one: one[1])
        begin = min(start, found[at][0]) if at < len(found) else start
        at = bisect_left(found, end, key=lambda one: one[0]) - 1
        close = max(end, found[at][1]) if at >= 0 else end
        first, last = self.a.over(begin, close)
        several = len(self.windows.elsewhere(*self.a.over(start, end), 2)) > 1
        return several or first < run.old or last > run.old + run.size

    def _not(self, which: int, start: int, end: int) -> Counter[str]:
        """The negations in the sentences that a span touches, outside of it."""
        found = self.sentences[which]
        at = bisect_right(found, start, key=lambda one: one[1])
        begin = min(start, found[at][0]) if at < len(found) else start
        at = bisect_left(found, end, key=lambda one: one[0]) - 1
        close = max(end, found[at][1]) if at >= 0 else end
        words = self._negations[which]
        low = bisect_left(words, begin, key=lambda one: one[0])
        high = bisect_left(words, close, key=lambda one: one[0])
        return Counter(word for _, word in words[low:high])

    # -- both texts, side by side ------------------------------------------------------------

    def pieces(self) -> list[Piece]:
        """Both texts cut into what stayed, what went out and what came in, in reading order."""
        found: list[Piece] = []
        old = new = 0
        for run in self._once_each():
            begin, there = self.a.starts[run.old], self.b.starts[run.new]
            found += self._gap(old, begin, new, there)
            old = self.a.ends[run.old + run.size - 1]
            new = self.b.ends[run.new + run.size - 1]
            if there < new:
                found.append(Piece(SAME, there, new))
        return found

    def _once_each(self) -> list[Run]:
        """The chain without what two of its runs share: neither holds what makes the other one.

        Two sentences that begin with the same word share it, when another came in between or went
        out. It goes to the later one, so that what changed is a sentence and no two halves.
        """
        begins = [
            {of.over(start, end)[0] for start, end in own}
            for of, own in zip((self.a, self.b), self.sentences, strict=True)
        ]
        found = [self.chain[0]]
        for run in self.chain[1:]:
            last = found[-1]
            old, new = last.old + last.size, last.new + last.size
            shared = max(old - run.old, new - run.new, 0)
            came_in = run.new + shared > new
            own, end = (begins[1], new) if came_in else (begins[0], old)
            later = range(min(shared, last.size - 1) + 1)
            back = next((count for count in later if end - count in own), 0)
            found[-1] = last._replace(size=last.size - back)
            skip = shared - back
            found.append(Run(run.old + skip, run.new + skip, run.size - skip))
        return found

    def _gap(self, old: int, begin: int, new: int, there: int) -> list[Piece]:
        out, into = self.old[old:begin], self.new[new:there]
        if out == into or not (out + into).strip(WHITE):
            return [Piece(SAME, new, there)] if into else []
        # A line that begins with other words is still the same line.
        white = new + len(into) - len(into.lstrip(WHITE))
        found = [Piece(SAME, new, white)] if new < white else []
        if out.strip(WHITE):
            found.append(Piece(OUT, old + len(out) - len(out.lstrip(WHITE)), begin))
        return [*found, Piece(IN, white, there)] if white < there else found

    # -- words that are not all there --------------------------------------------------------

    def _likely(self, start: int, end: int, first: int, last: int) -> Placed:
        """Where the words probably stand, for a person to look at."""
        quote = self.old[start:end]
        low, high = self._between(first, last)
        if found := self._alike(quote, low, high, ALIKE):
            return found
        size = last - first
        for run in sorted(
            {r for at in (first, last - 1) for r in self._over_old[at]} - self._in_chain,
            key=lambda r: (-r.size, r),
        ):
            there = run.new - run.old + first
            low, high = max(there, 1), min(there + size, len(self.b.keys) - 1)
            if found := self._alike(quote, low, high, ALIKE_ELSEWHERE):
                return found
        enough = self.a.words_in(first, last) >= LEAST
        places = self.windows.elsewhere(first, last, 1) if enough else []
        same = self._alike(quote, places[0], places[0] + size, ALIKE) if places else None
        return same._replace(reason=ELSEWHERE) if same else _NOWHERE

    def _between(self, first: int, last: int) -> tuple[int, int]:
        """The tokens of the new text between what stands before the span and what after it."""
        known, image = self._known, self._image
        left, right = bisect_left(known, first), bisect_left(known, last)
        # The one before the first character is known always, and the one after the last.
        low, high = image[known[left - 1]] + 1, image[known[right]]
        if left < right and high - low > 2 * (last - first):
            # A sentence came in beside it: so far only as the words reach.
            low = max(low, image[known[left]] - (known[left] - first))
            high = min(high, image[known[right - 1]] + last - known[right - 1])
        return max(low, 1), max(high, low)

    def _alike(self, quote: str, low: int, high: int, least: float) -> Placed | None:
        """These tokens as a place, or a part of them; None where they are not alike enough."""
        high = min(high, len(self.b.keys) - 1)
        if low >= high:
            return None
        start, end = self.b.starts[low], self.b.ends[high - 1]
        score = alike(quote, self.new[start:end])
        if score < least and end - start > len(quote) <= LONGEST_COMPARED // 2:
            piece = self.new[start : start + LONGEST_COMPARED]
            best = fuzz.partial_ratio_alignment(quote, piece)
            begin, close = (best.dest_start, best.dest_end) if best else (0, len(piece))
            low, high = self.b.over(start + begin, start + close)
            start, end = self.b.starts[low], self.b.ends[max(high - 1, low)]
            score = alike(quote, self.new[start:end])
        if score < least or not self._shares(quote, start, end, least, score):
            return None
        start, end = self._trimmed(quote, start, end)
        score = alike(quote, self.new[start:end])
        if quote == self.new[start:end]:
            return Placed(Match.MOVED, start, end, 1.0, certain=False, reason=SEVERAL)
        return Placed(Match.FUZZY, start, end, min(score, SAME_BUT_FOR_SHAPE), False, CHANGED)

    def _shares(self, quote: str, start: int, end: int, least: float, score: float) -> bool:
        """Whether enough of the words are the same; in its place a name may be spelt anew."""
        # The beginning tells: a quote of ten thousand words is not read through for each span.
        own = tokens(quote[:LONGEST_COMPARED]).keys[1:-1]
        first, last = self.b.over(start, min(end, start + 2 * LONGEST_COMPARED))
        there = {*self.b.keys[first:last]}
        share = sum(key in there for key in own) / len(own)
        near = least == ALIKE and score >= SPELT_ANEW
        return near or share >= (LEAST_SHARED if least == ALIKE else 2 * LEAST_SHARED)

    def _trimmed(self, quote: str, start: int, end: int) -> tuple[int, int]:
        """Without the marks around it that the old words did not have either."""
        if not _BARE.match(quote).group():  # type: ignore[union-attr]
            start += len(_BARE.match(self.new, start, end).group())  # type: ignore[union-attr]
        close = end
        while close > start and not _GLUE.match(self.new[close - 1]):
            close -= 1
        kept = len(quote) - len(quote.rstrip(_OUTER))
        return start, min(close + kept, end) if close > start else end


def reanchor(old: str, new: str, spans: Iterable[tuple[int, int]]) -> list[Placed]:
    """`Placed` of each of `spans`, half-open code points into `old`, in their order."""
    both = Reanchoring(old, new)
    return [both.place(start, end) for start, end in spans]


SEVERAL = "It could be one of several places."
CHANGED = "The words are not quite the same."
BARE = "Nothing around it is as it was."
ELSEWHERE = "The words stand in another part of the text."
GREW = "Something was joined to it, or taken off it."
TURNED = "A “not”, or a word like it, came into its sentence or left it."
GONE = "The words are no longer in the text."

_NOWHERE = Placed(Match.ORPHANED, None, None, 0.0, certain=False, reason=GONE)


def _covers(size: int, begins: Iterable[tuple[int, Run]]) -> list[list[Run]]:
    """Of each token the runs over it."""
    over: list[list[Run]] = [[] for _ in range(size)]
    for start, run in begins:
        for at in range(start, start + run.size):
            over[at].append(run)
    return over


def alike(one: str, other: str) -> float:
    """How much two pieces of text are like each other, 0 to 1."""
    if one == other:
        return 1.0
    if max(len(one), len(other)) > LONGEST_COMPARED:
        # Enough for a proposal: their beginnings and their ends.
        half = LONGEST_COMPARED // 2
        one, other = one[:half] + one[-half:], other[:half] + other[-half:]
    return round(fuzz.ratio(one, other) / 100, 4)
