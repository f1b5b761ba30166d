"""Which attributions of a text are proposed: none that a claim covers, or a person has decided on.

Pieces are half-open code points of the text that is read.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from claims.records import ClaimKind, Polarity
from claims.suggester.lexicon import Lexicon
from claims.suggester.shapes import Attribution, Piece

SAME = 0.5
"""The share of the code points of both from which two contents count as the same."""
LEAST = 0.5
"""What is more likely wrong than right is not proposed."""
_WORD = re.compile(r"\w+")


class Decided(NamedTuple):
    """What a person has decided on: by whom it is said, and its place, where it is in this text."""

    fingerprint: str
    who: str
    content: tuple[Piece, ...] = ()


def new_ones(
    text: str,
    found: Iterable[Attribution],
    claimed: Sequence[Sequence[Piece]],
    decided: Sequence[Decided],
) -> dict[str, Attribution]:
    """What is to be proposed of `found`, by its fingerprint, in the order of the text.

    `claimed` are the contents of the claims that the text has. Of two of one fingerprint the one
    with the higher score is kept.
    """
    known = {one.fingerprint for one in decided}
    new: dict[str, Attribution] = {}
    for one in found:
        print_ = fingerprint(quotes(text, one.content), who_of(text, one))
        if one.score < LEAST or print_ in known or covered(one.content, claimed):
            continue
        who = _plain(who_of(text, one))
        same = (old.content for old in decided if _plain(old.who) == who)
        if covered(one.content, same):
            continue
        if print_ not in new or new[print_].score < one.score:
            new[print_] = one
    return new


def as_marked(text: str, one: Attribution, words: Lexicon) -> Attribution:
    """The attribution as people mark it, without what stands before what is said.

    That is a "that"; and where they say that it is not so, or judge it, what they speak of:
    "rejected | allegations that | the bridge was hit", "called | the reports | propaganda".
    """
    (start, end), *rest = one.content
    joining, nouns = words.any_of("joining"), words.any_of("reported_nouns")
    pattern = rf"{joining}\s+(?=\S)"
    if one.polarity is not Polarity.ASSERTS or one.kind is ClaimKind.EVALUATIVE:
        about = rf"(?:{words.any_of('noun_openers')}\s+)*{nouns}"
        pattern += rf"|{about}\s+(?:{joining}|{words.any_of('as')})\s+(?=\S)"
    found = re.compile(pattern, re.IGNORECASE).match(text, start, end)
    return replace(one, content=((found.end(), end), *rest)) if found else one


def is_said(text: str, one: Attribution, words: Lexicon) -> bool:
    """False where nobody says it: "nobody could say what was hit"."""
    who = " ".join(quotes(text, one.source))
    return not re.search(rf"(?<!\w){words.any_of('nobody')}(?!\w)", who, re.IGNORECASE)


def quotes(text: str, pieces: Iterable[Piece]) -> list[str]:
    """The words of the pieces."""
    return [text[slice(*piece)] for piece in pieces]


def who_of(text: str, one: Attribution) -> str:
    """By whom it is said: the name, or else the words for who."""
    return one.source_name or " ".join(quotes(text, one.source))


def fingerprint(content: Iterable[str], who: str) -> str:
    """The same for the same words of the same source, in whatever text and by whatever engine.

    Case, quotation marks, punctuation and white space don't count.
    """
    told = "\n".join((_plain(" ".join(content)), _plain(who)))
    return hashlib.sha256(told.encode()).hexdigest()


def covered(content: Sequence[Piece], others: Iterable[Sequence[Piece]]) -> bool:
    """Whether one of the others is the same content, by `SAME`."""
    return any(overlap(content, other) >= SAME for other in others)


def overlap(one: Sequence[Piece], other: Sequence[Piece]) -> float:
    """The code points in both, as a share of those in either (intersection over union)."""
    if not one or not other or one[-1][1] <= other[0][0] or other[-1][1] <= one[0][0]:
        return 0.0
    both = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)
    either = _length(one) + _length(other) - both
    return both / either


def _length(pieces: Iterable[Piece]) -> int:
    return sum(end - start for start, end in pieces)


def _plain(words: str) -> str:
    return " ".join(_WORD.findall(words.casefold()))
