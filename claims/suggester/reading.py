"""How a claim reads, once who says it with which words is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from claims.records import ClaimKind, Polarity
from claims.suggester.choice import Choice
from claims.suggester.known import KnownSource, is_unnamed, matches, name_of
from claims.suggester.lexicon import Lexicon
from claims.suggester.times import time_phrases

_FARTHEST_BACK = 6_000  # code points in which "the statement" and "he" look for a speaker


# Who spoke before a position, the last one first, no further back than a floor: (floor, position).
Speakers = Callable[[int, int], Iterable[Choice]]


@dataclass(frozen=True)
class Reading:
    """What the reporting words and whoever says them make of a content.

    `polarity` is None where the words leave it open ("declined to confirm that").
    `source_ids` holds every source that fits equally. `said_words` is cut from the text.
    """

    polarity: Polarity | None
    kind: ClaimKind
    source_name: str
    source_ids: tuple[str, ...]
    unnamed: bool
    said_words: str


def read(
    text: str,
    start: int,
    end: int,
    choice: Choice,
    speakers: Speakers,
    sources: Sequence[KnownSource],
    words: Lexicon,
) -> Reading:
    """How the content `text[start:end]` reads under the reporting words of `choice`."""
    name, ids = _identity(text, choice, speakers, sources, words)
    kind = kind_of(text, start, end, choice, words)
    return Reading(
        polarity=_polarity(choice, kind),
        kind=kind,
        source_name=name,
        source_ids=ids,
        unnamed=not ids and bool(choice.who and is_unnamed(text[slice(*choice.who)], words)),
        said_words=_said_words(text, start, end, choice, words),
    )


def kind_of(text: str, start: int, end: int, choice: Choice | None, words: Lexicon) -> ClaimKind:
    """Fact, opinion or demand; without a choice, by the words of the content alone."""
    content = text[start:end].strip(" \"'“”«»„‘’").replace("’", "'")
    if choice and choice.cue.effect == "demands":
        return ClaimKind.DEMAND
    if (choice and choice.cue.effect == "judges") or is_seen_as(text, start, choice, words):
        return ClaimKind.EVALUATIVE
    table = words.table("content")
    if choice and _any(table.get("opinion", ""), content):
        return ClaimKind.EVALUATIVE
    demands = choice is not None and _any(table.get("demand", ""), content)
    return ClaimKind.DEMAND if demands else ClaimKind.FACTUAL


def _any(patterns: str, content: str) -> bool:
    rows = [row.strip() for row in patterns.split(",") if row.strip()]
    return any(re.search(rf"(?<!\w)(?:{row})", content, re.IGNORECASE) for row in rows)


def is_seen_as(text: str, start: int, choice: Choice | None, words: Lexicon) -> bool:
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


def _identity(
    text: str,
    choice: Choice,
    speakers: Speakers,
    sources: Sequence[KnownSource],
    words: Lexicon,
) -> tuple[str, tuple[str, ...]]:
    """The name and ids of the speaker; of the last speaker, for "he" and "the statement".

    Where another stands before the "he" in its own sentence, it could be either: no name.
    """
    floor = max(0, choice.sentence[0] - _FARTHEST_BACK)
    for speaker in chain((choice,), speakers(floor, choice.sentence[0])):
        if speaker.who is None:
            break
        phrase = text[slice(*speaker.who)]
        name = name_of(phrase, words)
        ids = matches(phrase, text, speaker.who[0], sources, words)
        if ids or not _stands_for_another(name, words):
            return name, ids
        if _may_be_nearer(text, speaker.sentence[0], speaker.who[0], speakers, words):
            break
    return "", ()


def _may_be_nearer(text: str, low: int, pronoun: int, speakers: Speakers, words: Lexicon) -> bool:
    """True for "a film which it said", "the army said it feared": it may be one named here."""
    last = text[low:pronoun].split()[-1:]
    behind = {*words.words("relatives"), *words.words("that")}
    return bool(behind.intersection(last)) or any(speakers(low, pronoun))


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
