"""From a text to attributions: both taggers, what they allow, and what is chosen of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from claims.suggester.learned.candidates import Candidate, Read, candidates
from claims.suggester.learned.columns import Columns, columns
from claims.suggester.learned.crf import Tagger
from claims.suggester.learned.features import Chances, content_features, cue_features
from claims.suggester.learned.parse import Aids
from claims.suggester.learned.segments import GROUPS, Seen
from claims.suggester.learned.stats import Shares
from claims.suggester.learned.tags import AFTER, AROUND, BEFORE, CUE, SOURCE, Range
from claims.suggester.learned.who import choices
from claims.suggester.learned.words import Passage

EXACT, RIGHT, WRONG = "2", "1", "0"
_BETTER = 0.5  # what hitting a content exactly is worth beside hitting half of it
_CUES = ((CUE + AFTER,), (CUE + BEFORE,), (CUE + AROUND,), (SOURCE,))


@dataclass(frozen=True)
class Told:
    """A chosen attribution, in tokens of its passage."""

    candidate: Candidate
    source: Range | None
    chance: float


def first_look(
    passage: Passage, shares: Shares, aids: Aids, tagger: Tagger
) -> tuple[Columns, list[Chances]]:
    """The traits of a passage, and where it may report."""
    traits = columns(passage, shares, aids)
    found = tagger.chances(cue_features(passage, traits), _CUES)
    return traits, [Chances(*one) for one in found]


def second_look(passage: Passage, traits: Columns, chances: list[Chances], tagger: Tagger) -> Read:
    """The same passage, with where it may say something."""
    found = tagger.chances(content_features(passage, traits, chances), GROUPS)
    return Read(passage, traits, chances, [Seen(*one) for one in found])


def judged(read: Read, tagger: Tagger) -> list[tuple[Candidate, float]]:
    """All candidates of a passage with the chance that each is right, the best first.

    The best is the one most likely to be right; of two like it, the one likelier to be exact.
    """
    made = candidates(read)
    chances = tagger.chances([one.features for one in made], ((EXACT,), (RIGHT,)))
    found = [
        (right + (1.0 + _BETTER) * exact, one, right + exact)
        for one, (exact, right) in zip(made, chances, strict=True)
    ]
    found.sort(key=lambda judged: -judged[0])
    return [(one, chance) for _, one, chance in found]


def chosen(found: Iterable[tuple[Candidate, float]], least: float) -> list[tuple[Candidate, float]]:
    """Of contents over one another the best; none less likely right than `least`.

    `found` comes best first. Each reporting words tell of one content.
    """
    kept: list[tuple[Candidate, float]] = []
    for one, chance in found:
        taken = any(
            one.over(other) or (one.cue is not None and one.cue == other.cue) for other, _ in kept
        )
        if chance >= least and not taken:
            kept.append((one, chance))
    kept.sort(key=lambda one: one[0].parts)
    return kept


def who(read: Read, one: Candidate, tagger: Tagger) -> Range | None:
    """The words for who says it; None where nobody is named."""
    made = choices(read, one)
    chances = tagger.chances([features for _, features in made], ((RIGHT,),))
    best = max(range(len(made)), key=lambda at: chances[at])
    return made[best][0]
