"""Who says it, with what words and how: what the claim form opens with.

Rules over the sentence of the selection. A proposal is filled in beside a selection and read
by a person before it is saved; where the rules see nothing, they propose nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from claims.records import ClaimKind, Polarity, Speech
from claims.suggester.choice import Choice, choose, speakers_before
from claims.suggester.known import KnownSource, is_unnamed, matches, name_of
from claims.suggester.lexicon import Lexicon, lexicon
from claims.suggester.quotes import speech
from claims.suggester.times import time_phrases

__all__ = ["KnownSource", "Proposal", "propose"]

Piece = tuple[int, int]

_FARTHEST_BACK = 6_000  # code points in which "the statement" and "he" look for a speaker
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
        kind = _kind(text, start, end, None, words)
        return Proposal(speech=how, kind=kind, own_voice=how is not Speech.DIRECT)
    cue = _widened(text, start, choice, words)
    name, ids = _identity(text, choice, sources, words)
    kind = _kind(text, start, end, choice, words)
    return Proposal(
        source=(choice.who,) if choice.who else (),
        cue=(cue,),
        polarity=_polarity(choice, kind),
        kind=kind,
        speech=how,
        source_name=name,
        unnamed=not ids and bool(choice.who and is_unnamed(text[slice(*choice.who)], words)),
        source_id=ids[0] if ids else None,
        source_ids=ids,
        said_words=_said_words(text, start, end, choice, words),
    )


def _kind(text: str, start: int, end: int, choice: Choice | None, words: Lexicon) -> ClaimKind:
    content = text[start:end].strip(" \"'“”«»„‘’").replace("’", "'")
    if choice and choice.cue.effect == "demands":
        return ClaimKind.DEMAND
    if (choice and choice.cue.effect == "judges") or _seen_as(text, start, choice, words):
        return ClaimKind.EVALUATIVE
    table = words.table("content")
    if choice and _any(table.get("opinion", ""), content):
        return ClaimKind.EVALUATIVE
    demands = choice is not None and _any(table.get("demand", ""), content)
    return ClaimKind.DEMAND if demands else ClaimKind.FACTUAL


def _any(patterns: str, content: str) -> bool:
    rows = [row.strip() for row in patterns.split(",") if row.strip()]
    return any(re.search(rf"(?<!\w)(?:{row})", content, re.IGNORECASE) for row in rows)


def _seen_as(text: str, start: int, choice: Choice | None, words: Lexicon) -> bool:
    """True after "dismissed the reports as": what follows is their opinion."""
    if choice is None or choice.cue.verb_end > start or choice.cue.effect == "demands":
        return False
    last = text[choice.cue.verb_end : start].split()[-1:]
    return choice.cue.effect != "says" and bool(last) and last[0].casefold() in words.words("as")


def _polarity(choice: Choice, kind: ClaimKind) -> Polarity | None:
    if choice.cue.negated:
        return None
    denies = choice.cue.effect == "denies" and kind is not ClaimKind.EVALUATIVE
    return Polarity.DENIES if denies else Polarity.ASSERTS


def _widened(text: str, start: int, choice: Choice, words: Lexicon) -> Piece:
    """The reporting words with their object: "describing the reports as"."""
    cue = choice.cue
    judged = cue.effect in ("judges", "denies")
    if judged and cue.end <= start and _seen_as(text, start, choice, words):
        found = text[cue.end : start].rstrip()
        if len(found.split()) <= _FARTHEST_OBJECT:
            return cue.start, cue.end + len(found)
    return cue.start, cue.end


def _identity(
    text: str, choice: Choice, sources: Sequence[KnownSource], words: Lexicon
) -> tuple[str, tuple[str, ...]]:
    """The name and ids of the speaker; of the last speaker, for "he" and "the statement".

    Where another stands before the "he" in its own sentence, it could be either: no name.
    """
    floor = max(0, choice.sentence[0] - _FARTHEST_BACK)
    for speaker in chain((choice,), speakers_before(text, floor, choice.sentence[0], words)):
        if speaker.who is None:
            break
        phrase = text[slice(*speaker.who)]
        name = name_of(phrase, words)
        ids = matches(phrase, text, speaker.who[0], sources, words)
        if ids or not _stands_for_another(name, words):
            return name, ids
        if _may_be_nearer(text, speaker.sentence[0], speaker.who[0], words):
            break
    return "", ()


def _may_be_nearer(text: str, low: int, pronoun: int, words: Lexicon) -> bool:
    """True for "a film which it said", "the army said it feared": it may be one named here."""
    last = text[low:pronoun].split()[-1:]
    behind = {*words.words("relatives"), *words.words("that")}
    return bool(behind.intersection(last)) or any(speakers_before(text, low, pronoun, words))


def _stands_for_another(name: str, words: Lexicon) -> bool:
    lower = name.casefold()
    return lower in words.words("pronouns") or lower in words.words("documents")


def _said_words(text: str, start: int, end: int, choice: Choice, words: Lexicon) -> str:
    """The day beside the reporting words: never one that stands on the content's side."""
    cue, (low, high) = choice.cue, choice.sentence
    if cue.verb_end <= start:
        high = start
    elif cue.verb_start >= end:
        low = end
    else:  # both stand in the selection: only a day within the reporting words is surely theirs
        low, high = cue.start, cue.end
    first = min(choice.who[0], cue.start) if choice.who else cue.start
    found = [
        piece
        for piece in time_phrases(text, low, high, words)
        if piece[0] >= first or not text[piece[1] : first].strip(" ,،\u00a0")
    ]
    if not found:
        return ""
    middle = cue.verb_start
    return text[slice(*min(found, key=lambda piece: abs(piece[0] - middle)))]
