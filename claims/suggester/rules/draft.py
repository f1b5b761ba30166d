"""An attribution on its way: numbers of tokens instead of offsets."""

from __future__ import annotations

from dataclasses import dataclass, field

Range = tuple[int, int]


@dataclass
class Draft:
    """Who, reporting words and what, as ranges of tokens; `family` is the rule that found it.

    `opens` where the content ends with a quotation, which the next sentence may go on with;
    `inner` where it stands within the content of another. `more` are offsets of the content
    in later sentences.
    """

    family: str
    source: tuple[Range, ...]
    cue: Range
    content: tuple[Range, ...]
    opens: bool = False
    inner: bool = False
    more: list[tuple[int, int]] = field(default_factory=list)


def sources(who: Range | None) -> tuple[Range, ...]:
    """The pieces of a source that may not be there."""
    return () if who is None else (who,)
