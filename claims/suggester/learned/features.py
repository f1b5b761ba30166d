"""The features of the two taggers: first reporting words and who, then what was said.

The second one reads what the first one found, as chances. What helps was told of PARC 3.0 and
PolNeAR taggers: quotations that start anew with each paragraph, how often a word reports, the
nearest reporting words on each side, what the sentence as a whole looks like.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from claims.suggester.learned.columns import Columns, Template, apply, step, templates
from claims.suggester.learned.stats import UNSEEN
from claims.suggester.learned.words import CLOSES, INSIDE, OPENS, Passage

LIKELY = 0.2
"""From this chance on, words are taken for reporting words by what is told of others."""
_LEVELS = (0.1, 0.3, 0.5, 0.7, 0.9)
_MARKS = frozenset(",;:—–-")
_STOPS = _MARKS | {"."}
_OPENERS = frozenset(("that", "to", "for", ",", '"', "“", ":", "of", "by", "as"))

_CUES = templates(
    "w+0, w-1, w+1, w-2, w+2, w-1 w+0, w+0 w+1, stem+0, stem-1, stem+1, end3+0, end2-1, end2+1,"
    "shape+0, shape-1 shape+0 shape+1, shape+1 shape+2, share+0, share-1, share+1,"
    "share-1 share+0 share+1, class+0, class-1, class+1, class+2, class-1 class+0,"
    "class+0 class+1, quote+0, quote-1 quote+0 quote+1, w-1 share+0, w+1 share+0,"
    "class-1 share+0, class+1 share+0, shape-1 share+0, quote-1 share+0, quote+1 share+0,"
    "stem+0 class+1, stem+0 class-1"
)
_CONTENTS = templates(
    "w+0, w-1, w+1, w-1 w+0, w+0 w+1, shape+0, shape-1 shape+0 shape+1, end2+0, class+0,"
    "class-1 class+0, class+0 class+1, quote-1 quote+0 quote+1, mark+0, mark-1, mark+1,"
    "mark-1 mark+0, mark+0 mark+1, mark-1 w+0, mark+1 w+0, mark-1 mark+0 mark+1, mark-1 quote+0,"
    "mark+1 quote+0, left+0, right+0, left+0 right+0, lefter+0 w+0, righter+0 w+0, best+0,"
    "best+0 w+0, best+0 quote+0, best+0 left+0, best+0 right+0, lefter+0 w+1, righter+0 w+1,"
    "leftstem+0, rightstem+0, opener+0 leftstem+0, opener+0 best+0, opener+0 w+0,"
    "best+0 class+0 class+1, lefter+0 class+1"
)

_PARSED = templates(
    "pos+0, pos-1 pos+0, pos+0 pos+1, pos-1 pos+0 pos+1, role+0, role+0 w+0, role-1 role+0,"
    "role+0 role+1, share+0 role+0"
)

_HINTED = templates(
    "hint+0, hint-1 hint+0, hint+0 hint+1, hint-1 hint+0 hint+1, hint+0 quote+0, hint+0 w+0,"
    "hint+0 share+0, hint+0 w+1"
)


class Chances(NamedTuple):
    """Chances of a word: to report what is after it, before it, around it; to be part of who."""

    after: float
    before: float
    around: float
    source: float

    @property
    def cue(self) -> float:
        """The chance that it is a reporting word at all."""
        return self.after + self.before + self.around

    @property
    def side(self) -> str:
        """Where what is reported most likely stands: A after, B before, X on both sides."""
        likeliest = max(self.after, self.before, self.around)
        return "A" if self.after == likeliest else "B" if self.before == likeliest else "X"


def cue_features(passage: Passage, traits: Columns) -> list[list[str]]:
    """For each word what the first tagger reads."""
    rows = apply(_CUES + _optional(traits), traits)
    _add_places(passage, traits, rows)
    return rows


def content_features(
    passage: Passage, traits: Columns, chances: Sequence[Chances]
) -> list[list[str]]:
    """For each word what the second tagger reads, with what the first one found."""
    seen = traits | _found(passage, traits, chances)
    rows = apply(_CONTENTS + _optional(traits), seen)
    _add_places(passage, traits, rows)
    _add_neighbours(passage, seen, chances, rows)
    return rows


def _optional(traits: Columns) -> list[Template]:
    hinted = _HINTED if "hint" in traits else []
    return hinted + (_PARSED if "role" in traits else [])


def level(chance: float) -> str:
    """A chance as one of six levels."""
    return str(sum(chance >= least for least in _LEVELS))


def _add_places(passage: Passage, traits: Columns, rows: list[list[str]]) -> None:
    """Where in its sentence a word stands, and what kind of sentence that is."""
    lower, shares, quoted = traits["w"], traits["share"], passage.quoted
    for number, (first, last) in enumerate(passage.sentences):
        kind = "".join(
            str(int(one))
            for one in (
                OPENS in quoted[first:last],
                quoted[first] in OPENS + INSIDE,
                quoted[last - 1] in CLOSES + INSIDE,
            )
        )
        strongest = max((one for one in shares[first:last] if one != UNSEEN), default=UNSEEN)
        mark = closed = -1
        marks = 0
        for at in range(first, last):
            row = rows[at]
            if quoted[at] == CLOSES:
                closed = at
            if lower[at] in _MARKS:
                mark, marks = at, marks + 1
            row.append(f"kind={kind}")
            row.append(f"from={step(at - first)}")
            row.append(f"to={step(last - 1 - at)}")
            row.append(f"number={min(number, 2)}")
            row.append(f"strongest={strongest}{shares[at]}")
            row.append(f"mark<{step(at - mark) if mark >= 0 else ''}|{min(marks, 3)}")
            if closed >= 0:
                row.append(f"closed<{step(at - closed)}{shares[at]}")
        mark = opens = -1
        for at in range(last - 1, first - 1, -1):
            if mark >= 0:
                rows[at].append(f"mark>{step(mark - at)}{lower[mark]}")
            if opens >= 0:
                rows[at].append(f"opens>{step(opens - at)}{shares[at]}")
            if lower[at] in _STOPS:
                mark = at
            if quoted[at] == OPENS:
                opens = at


def _found(passage: Passage, traits: Columns, chances: Sequence[Chances]) -> Columns:
    """What the first tagger found, as traits of each word."""
    length = len(passage)
    names = "left right lefter righter best leftstem rightstem opener"
    found: Columns = {name: ["-"] * length for name in names.split()}
    found["mark"] = [_mark(one) for one in chances]
    strength = [f"{one.side}{level(one.cue)}" for one in chances]
    for first, last in passage.sentences:
        best = max(range(first, last), key=lambda at: chances[at].cue)
        seen = -1
        for at in range(first, last):
            side = "<" if best < at else ">" if best > at else "="
            found["best"][at] = side + strength[best]
            if seen >= 0:
                found["lefter"][at] = strength[seen]
                found["left"][at] = strength[seen] + step(at - seen)
                found["leftstem"][at] = traits["stem"][seen]
                found["opener"][at] = _opener(passage, traits, seen + 1)
            if chances[at].cue >= LIKELY:
                seen = at
        seen = -1
        for at in range(last - 1, first - 1, -1):
            if seen >= 0:
                found["righter"][at] = strength[seen]
                found["right"][at] = strength[seen] + step(seen - at)
                found["rightstem"][at] = traits["stem"][seen]
            if chances[at].cue >= LIKELY:
                seen = at
    return found


def _mark(chances: Chances) -> str:
    cue, least = chances.cue, _LEVELS[0]
    if cue >= least and cue >= chances.source:
        return f"Q{chances.side}{level(cue)}"
    return f"S{level(chances.source)}" if chances.source >= least else "-"


def _opener(passage: Passage, traits: Columns, at: int) -> str:
    """How what stands right behind reporting words begins."""
    if passage.quoted[at] == OPENS:
        return "("
    return traits["w"][at] if traits["w"][at] in _OPENERS else "-"


def _add_neighbours(
    passage: Passage, traits: Columns, chances: Sequence[Chances], rows: list[list[str]]
) -> None:
    """What the sentences before and after hold, and where in its own a word stands."""
    bests = [
        traits["mark"][max(range(first, last), key=lambda at: chances[at].cue)]
        for first, last in passage.sentences
    ]
    around = ["_", *bests, "_"]
    for number, (first, last) in enumerate(passage.sentences):
        before, own, after = around[number : number + 3]
        for at in range(first, last):
            best = traits["best"][at]
            rows[at] += (
                f"before={before}|{passage.quoted[at]}",
                f"after={after}|{passage.quoted[at]}",
                f"three={before}|{own}|{after}",
                f"from={step(at - first)}{best}",
                f"to={step(last - 1 - at)}{best}",
                f"to={step(last - 1 - at)}{traits['lefter'][at]}",
            )
