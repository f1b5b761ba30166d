"""An attribution on its way: token numbers instead of offsets."""

from __future__ import annotations

from dataclasses import dataclass, field

Range = tuple[int, int]


@dataclass
class Draft:
    """Who, reporting words and what as ranges of tokens; `family` is the rule that found it.

    `opens` where the content ends with a quotation, which the next sentence may go on with;
    `inner` where it stands within the content of another.
    """

    source: list[Range]
    cue: list[Range]
    content: list[Range]
    family: str
    opens: bool = False
    word: str = ""
    inner: bool = False
    more: list[tuple[int, int]] = field(default_factory=list)  # offsets in later sentences
