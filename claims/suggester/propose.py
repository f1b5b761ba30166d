"""Who says it, with what words and how: what the claim form opens with.

Rules over the sentence of the selection. A proposal is filled in beside a selection and read
by a person before it is saved; where the rules see nothing, they propose nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from claims.records import ClaimKind, Polarity, Speech
from claims.suggester.choice import Choice, choose, speakers_before
from claims.suggester.known import KnownSource
from claims.suggester.lexicon import Lexicon, lexicon
from claims.suggester.quotes import speech
from claims.suggester.reading import is_seen_as, kind_of, read

__all__ = ["KnownSource", "Proposal", "propose"]

Piece = tuple[int, int]

_SAMPLE = 200
_FARTHEST_OBJECT = 8


@dataclass(frozen=True)
class Proposal:
    """What the rules see around a content. Spans are code points of the text, half-open.

    `polarity` is None where the words leave it open ("declined to confirm that"): a person
    says it. `source_ids` holds every source that fits equally, `source_id` first.
    `own_voice` is True where the sentence has no reporting words: the publisher says it.
    Said words are cut from the text ("late Wednesday"), for `said.resolve`.
    """

    source: tuple[Piece, ...] = ()
    cue: tuple[Piece, ...] = ()
    polarity: Polarity | None = Polarity.ASSERTS
    kind: ClaimKind = ClaimKind.FACTUAL
    speech: Speech = Speech.INDIRECT
    source_name: str = ""
    unnamed: bool = False
    source_id: str | None = None
    source_ids: tuple[str, ...] = ()
    said_words: str = ""
    own_voice: bool = False


def propose(
    text: str,
    start: int,
    end: int,
    sources: Sequence[KnownSource] = (),
    language: str | None = None,
) -> Proposal:
    """What the form can be filled with for the content `text[start:end]`.

    `sources` are the workspace's, with their aliases. `language` is the article's BCP 47 tag;
    without one, the script decides. A language that has no data file gets the speech only.
    Raises `ValueError` when the offsets are not within the text or are reversed.
    """
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"{start} to {end} is not within a text of {len(text)} characters")
    how = speech(text, start, end)
    words = lexicon(language, text[max(0, start - _SAMPLE) : end + _SAMPLE])
    if words is None:
        return Proposal(speech=how)
    choice = choose(text, start, end, words)
    if choice is None:
        kind = kind_of(text, start, end, None, words)
        return Proposal(speech=how, kind=kind, own_voice=how is not Speech.DIRECT)
    cue = _widened(text, start, choice, words)
    reading = read(text, start, end, choice, partial(speakers_before, text, words), sources, words)
    return Proposal(
        source=(choice.who,) if choice.who else (),
        cue=(cue,),
        polarity=reading.polarity,
        kind=reading.kind,
        speech=how,
        source_name=reading.source_name,
        unnamed=reading.unnamed,
        source_id=reading.source_ids[0] if reading.source_ids else None,
        source_ids=reading.source_ids,
        said_words=reading.said_words,
    )


def _widened(text: str, start: int, choice: Choice, words: Lexicon) -> Piece:
    """The reporting words with their object: "describing the reports as"."""
    cue = choice.cue
    judged = cue.effect in ("judges", "denies")
    if judged and cue.end <= start and is_seen_as(text, start, choice, words):
        found = text[cue.end : start].rstrip()
        if len(found.split()) <= _FARTHEST_OBJECT:
            return cue.start, cue.end + len(found)
    return cue.start, cue.end
