"""What the rules find, as a hint for each word: the taggers learn how far to trust them."""

from __future__ import annotations

from dataclasses import replace

from claims.suggester.learned.parse import Aids
from claims.suggester.learned.tags import OTHER, tags
from claims.suggester.learned.words import Passage, passages
from claims.suggester.lexicon import load
from claims.suggester.rules.find import find


def hinted(text: str, aids: Aids) -> list[Passage]:
    """The passages of a text, with the hints of the rules where there are word lists for them."""
    found = passages(text)
    if not aids.code:
        return found
    told = find(text, load(aids.code))
    return [replace(one, hints=_hints(*tags(one, told))) for one in found]


def _hints(cues: list[str], contents: list[str]) -> tuple[str, ...]:
    both = zip(cues, contents, strict=True)
    return tuple(content if cue == OTHER else cue for cue, content in both)
