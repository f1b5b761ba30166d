"""What an engine finds in a text, and what a person is shown of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from claims.records import ClaimKind, Polarity, Speech
from claims.suggester.figures import FigureProposal

Piece = tuple[int, int]  # code points of the text, half-open


@dataclass(frozen=True)
class Found:
    """Who, reporting words and what, as an engine found them.

    The pieces of each are in order and disjoint; `content` has one at least. `score` is the
    probability (0 to 1) that a person would accept the content, `reasons` are words for a person.
    """

    source: tuple[Piece, ...]
    cue: tuple[Piece, ...]
    content: tuple[Piece, ...]
    score: float
    reasons: tuple[str, ...]


class Model(Protocol):
    """What was learned from a desk's own claims."""

    def find(self, text: str, language: str | None) -> Sequence[Found]:
        """The attributions of a text; `language` is its BCP 47 tag, None where unknown."""
        ...

    def to_bytes(self) -> bytes:
        """The model as it is kept."""
        ...


@dataclass(frozen=True)
class Attribution:
    """A proposed claim of a text: what was found, and how it reads.

    `engine` is "rules" or "learned". `polarity` is None where the words leave it open.
    `source_name` is the name that the words for who stand for ("the command" -> "Joint
    Operations Command"), empty where it can't be told; `source_ids` are the uids of the known
    sources that fit, best first. `said_words` is when it was said, in the text's words; the
    offsets of `figures` are code points of the content's pieces joined by " […] ".
    """

    source: tuple[Piece, ...]
    cue: tuple[Piece, ...]
    content: tuple[Piece, ...]
    score: float
    engine: str
    reasons: tuple[str, ...]
    polarity: Polarity | None = Polarity.ASSERTS
    kind: ClaimKind = ClaimKind.FACTUAL
    speech: Speech = Speech.INDIRECT
    source_name: str = ""
    unnamed: bool = False
    source_ids: tuple[str, ...] = ()
    said_words: str = ""
    figures: tuple[FigureProposal, ...] = ()
