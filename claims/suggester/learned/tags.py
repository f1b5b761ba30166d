"""What a desk approved, as a tag for each word: what the two taggers learn from.

The first tagger's: QA, QB, QX for reporting words whose content stands after, before, on both
sides; S for who. The second one's: Q and S again, and for contents B and I (first word, others)
with that side, the later pieces of a divided content as Y. All else is O.
"""

from __future__ import annotations

from collections.abc import Iterable

from claims.suggester.learned.words import Passage
from claims.suggester.scores import Spans

OTHER, SOURCE, CUE = "O", "S", "Q"
AFTER, BEFORE, AROUND, LATER = "A", "B", "X", "Y"
Range = tuple[int, int]


def tags(passage: Passage, attributions: Iterable[Spans]) -> tuple[list[str], list[str]]:
    """The tags of both taggers. Of two contents over one another, the first one given counts."""
    cues, contents = [OTHER] * len(passage), [OTHER] * len(passage)
    for one in attributions:
        side = side_of(one)
        for first, last in _within(passage, one.cue):
            cues[first:last] = [CUE + side] * (last - first)
            contents[first:last] = [CUE] * (last - first)
        for first, last in _within(passage, one.source):
            cues[first:last] = [SOURCE] * (last - first)
            contents[first:last] = [SOURCE] * (last - first)
        for number, (first, last) in enumerate(_within(passage, one.content)):
            name = LATER if number and side == AROUND else side
            for at in range(first, last):
                if contents[at] == OTHER:
                    contents[at] = ("B" if at == first else "I") + name
    return cues, contents


def side_of(one: Spans) -> str:
    """On which side of the reporting words the content stands; after, where there are none."""
    if not one.cue or one.cue[0][0] <= one.content[0][0]:
        return AFTER
    return BEFORE if one.cue[0][0] >= one.content[-1][1] else AROUND


def _within(passage: Passage, pieces: Iterable[Range]) -> list[Range]:
    """The pieces as ranges of the passage's tokens; those elsewhere are left out."""
    found = [passage.over(start, end) for start, end in pieces]
    return [(first, last) for first, last in found if first < last]
