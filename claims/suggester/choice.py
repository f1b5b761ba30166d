"""Which of a sentence's reporting words belong to the content, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims.anchoring.sentence import sentence_at, sentences
from claims.suggester import who
from claims.suggester.cues import Cue, cues
from claims.suggester.lexicon import Lexicon
from claims.suggester.quotes import quotations

Piece = tuple[int, int]

_WORD = re.compile(r"\w+")
_WIDEST = 2_000  # code points around a selection that a sentence may reach
_FARTHEST = 25  # words between a content and the reporting words after it
_NEVER = 1_000
_CLOSING = ",.!?…،؟"  # where speech stops before "he said": inside its marks, or behind them
_AGENT = 20  # "by" stands right behind a passive
_MOST_ADDRESSEES = 3  # "told a local radio station" ends an attribution; more words begin one


@dataclass(frozen=True)
class Choice:
    """Reporting words, the words for who (or None), and the sentence they stand in."""

    cue: Cue
    who: Piece | None
    sentence: Piece


def choose(text: str, start: int, end: int, words: Lexicon) -> Choice | None:
    """The reporting words that govern `text[start:end]`; None in the article's own voice.

    Those that the content itself begins with ("officials | have called for an inquiry"), else
    looked for in the sentence, then inside the content when that is the whole sentence, and
    for a quotation whose sentence has none ("“A,” he said. “B.”") in the sentence before and
    after it, within the paragraph.
    """
    quoted = _quotation(text, start, end)
    sentence = _sentence(text, *(quoted or (start, end)))
    found = cues(text, *sentence, words, limit=start)
    if own := _opening(text, sentence, found, words, start, end):
        return own
    outside = [c for c in found if c.verb_end <= start or c.verb_start >= end]
    best = _best(text, start, end, outside, words, quoted)
    if best is None:
        inside = None
        if not text[sentence[0] : start].strip(" \t\"'“”«»„‘’"):
            first = _sentence(text, start, min(start + 1, end))
            inside = _speaker(text, (start, min(end, first[1])), words)
        return inside or (_neighbour(text, sentence, words) if quoted else None)
    floor = max(end, quoted[1]) if quoted else end
    return Choice(best, _who(text, sentence, best, found, words, start, floor), sentence)


def _opening(
    text: str, sentence: Piece, found: list[Cue], words: Lexicon, start: int, end: int
) -> Choice | None:
    """The reporting words that the content begins with, and whoever stands before them."""
    for cue in found:
        opens = cue.form == "finite" and cue.start <= start <= cue.verb_start
        phrase = _who(text, sentence, cue, found, words, start, end) if opens else None
        # Whoever stands before them, and not a phrase that holds reporting words itself.
        nested = phrase and any(phrase[0] <= one.verb_start < phrase[1] for one in found)
        if phrase and phrase[1] <= start and not nested:
            return Choice(cue, phrase, sentence)
    return None


def _quotation(text: str, start: int, end: int) -> Piece | None:
    """The quotation that the selection stands in or holds from its first word on."""
    for low, high in quotations(text, start, end):
        if start == low - 1 or (low <= start and end <= high + 1):
            return low - 1, min(high + 1, len(text))
    return None


def _sentence(text: str, start: int, end: int) -> Piece:
    low, high = max(0, start - _WIDEST), min(len(text), end + _WIDEST)
    first, last = sentence_at(text[low:high], start - low, end - low)
    return first + low, last + low


def _best(
    text: str, start: int, end: int, found: list[Cue], words: Lexicon, quoted: Piece | None
) -> Cue | None:
    cost = {cue: _cost(text, start, end, cue, words, quoted) for cue in found}
    usable = [cue for cue in found if cost[cue] < _NEVER]
    return min(usable, key=lambda cue: (cost[cue], -cue.start), default=None)


def _cost(text: str, start: int, end: int, cue: Cue, words: Lexicon, quoted: Piece | None) -> int:
    """Words between the reporting words and the content; `_NEVER` where they can't be its own."""
    if cue.verb_end <= start:
        gap = text[cue.end : start]
        if cue.form == "according":
            phrase = who.after(text, cue.end, start, words)
            gap = text[phrase[1] : start] if phrase else gap
        if quoted and quoted[0] < cue.verb_start:
            return _NEVER
        return len(_WORD.findall(gap)) + (10 if re.search(r"[;”]", gap) else 0)
    end = max(end, quoted[1]) if quoted else end
    gap = text[end : cue.start]
    count = len(_WORD.findall(gap))
    if cue.form == "according":
        return count
    if cue.form != "finite" or count > _FARTHEST or (quoted and cue.verb_start < quoted[1]):
        return _NEVER
    closing = not _WORD.match(text[cue.end : cue.end + 2].strip())  # "A after B, the army says."
    if not quoted and not closing and _joins_on(gap, words):
        return _NEVER
    onward = _governs_on(text, cue, words) or (not quoted and count > 0 and _goes_on(text, cue))
    return count // 2 + (0 if quoted else 1) + (15 if onward else 0)


def _joins_on(gap: str, words: Lexicon) -> bool:
    """True for ", but a doctor": another clause begins; not for ", as the army said"."""
    opened = re.match(r"[\s,”\"'’»]*(\w+)", gap)
    word = opened[1].casefold() if opened else ""
    return word in words.words("conjunctions") and word not in words.words("as")


def _governs_on(text: str, cue: Cue, words: Lexicon) -> bool:
    """True where the reporting words introduce what comes after them, not before."""
    return bool(
        re.match(rf"\s*{words.any_of('that')}(?!\w)", text[cue.end : cue.end + 40], re.IGNORECASE)
    )


def _goes_on(text: str, cue: Cue) -> bool:
    """True where more than a few words follow before the next mark: they are the content."""
    rest = re.match(r"[^.,;:!?\n“”\"]*", text[cue.end : cue.end + 200])
    return rest is not None and len(rest[0].split()) > _MOST_ADDRESSEES


def _who(
    text: str, sentence: Piece, cue: Cue, found: list[Cue], words: Lexicon, start: int, end: int
) -> Piece | None:
    low, high = sentence
    if cue.form == "noun":
        return None
    stop = start if cue.verb_end <= start else high
    if cue.form == "according":
        return who.after(text, cue.end, stop, words)
    if cue.form == "participle":
        return _shared(text, low, cue, found, words)
    floor = end if cue.verb_start >= end else low
    return _beside(text, floor, stop, cue, found, words)


def _beside(
    text: str, low: int, high: int, cue: Cue, found: list[Cue], words: Lexicon
) -> Piece | None:
    """The subject of a finite verb: before it, or after it where nothing stands before.

    "The army said A and added that B": a verb right behind an "and" has the subject of the
    clause before.
    """
    if cue.passive:
        agent = re.match(rf"\s+{words.any_of('agent')}\s+", text[cue.end : cue.end + _AGENT])
        return who.after(text, cue.end + agent.end(), high, words) if agent else None
    low = _after_speech(text, low, cue.start)
    behind = who.after(text, cue.end, high, words)
    if behind and not words.subject_first:
        return behind
    if who.is_joined(text, low, cue.start, words):
        return _shared(text, low, cue, found, words)
    ahead = who.before(text, low, cue.start, words)
    earlier = [c.verb_end for c in found if low <= c.verb_start and c.verb_end <= cue.start]
    if earlier and ahead and ahead[1] > earlier[-1]:
        ahead = who.before_in_second_clause(text, earlier[-1], cue.start, words)
    return ahead or behind


def _after_speech(text: str, low: int, high: int) -> int:
    """Where the last quoted speech ends, or `low`: "“A,” said"; not the end of "the “caliph”"."""
    ends = [last for _, last in quotations(text, low, high) if low < last < high]
    return max((e for e in ends if text[e - 1] in _CLOSING or text[e + 1] in _CLOSING), default=low)


def _shared(text: str, low: int, cue: Cue, found: list[Cue], words: Lexicon) -> Piece | None:
    """The subject that a verb, or a participle, shares with the clause before it."""
    earlier = [
        c for c in found if c.form == "finite" and low <= c.verb_start and c.verb_end <= cue.start
    ]
    if earlier and text[low : cue.start].rsplit(maxsplit=1)[-1] in words.words("as"):
        return who.after(text, earlier[-1].end, cue.start, words)  # "quoted a medic as saying"
    if earlier:
        return _beside(text, low, cue.start, earlier[-1], found, words)
    return who.first(text, low, cue.start, words)


def _neighbour(text: str, sentence: Piece, words: Lexicon) -> Choice | None:
    """The speaker of a quotation, from the sentence before it or after it in the paragraph."""
    low = max(text.rfind("\n", 0, sentence[0]) + 1, sentence[0] - _WIDEST)
    line_end = text.find("\n", sentence[1])
    high = min(len(text) if line_end < 0 else line_end, sentence[1] + _WIDEST)
    near = [*sentences(text, low, sentence[0])[-1:], *sentences(text, sentence[1], high)[:1]]
    return next((c for c in (_speaker(text, piece, words) for piece in near) if c), None)


def speakers_before(text: str, words: Lexicon, floor: int, position: int) -> Iterator[Choice]:
    """Who spoke before `position`, the last one first, no further back than `floor`."""
    for piece in reversed(sentences(text, floor, position)):
        found = _speaker(text, piece, words)
        if found:
            yield found


def _speaker(text: str, sentence: Piece, words: Lexicon) -> Choice | None:
    """The first speaker of a sentence, outside its quotations."""
    low, high = sentence
    quoted = quotations(text, low, high)
    found = [c for c in cues(text, low, high, words) if c.form in ("finite", "according")]
    found = [c for c in found if not any(a <= c.verb_start < b for a, b in quoted)]
    for cue in found:
        if cue.form == "according":
            phrase = who.after(text, cue.end, high, words)
        else:
            phrase = _beside(text, low, high, cue, found, words)
        if phrase:
            return Choice(cue, phrase, sentence)
    return None
