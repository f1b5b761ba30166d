"""The attributed claims of a text, proposed: by rules, or by what was learned from a desk."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from claims.anchoring.sentence import sentences
from claims.records import Speech
from claims.records.cells import GAP
from claims.suggester import who
from claims.suggester.choice import Choice
from claims.suggester.cues import Cue, cues
from claims.suggester.figures import figures
from claims.suggester.known import KnownSource, name_of
from claims.suggester.lexicon import Lexicon, lexicon
from claims.suggester.quotes import quotations, speech
from claims.suggester.reading import Reading, read
from claims.suggester.rules.find import find
from claims.suggester.shapes import Attribution, Found, Model, Piece

__all__ = ["Attribution", "Found", "KnownSource", "Model", "suggest"]

_SAMPLE = 2_000
_SPEAKERS_BACK = 50  # among whom the full name of "the command" is looked for
_WIDEST = 2_000  # code points of a sentence on either side of the reporting words


def suggest(
    text: str,
    language: str | None = None,
    sources: Sequence[KnownSource] = (),
    model: Model | None = None,
) -> list[Attribution]:
    """The attributions of `text`, in its order; every piece lies within it.

    `language` is the article's BCP 47 tag; without one, the script decides. Without a model
    the rules read, in the languages that have a data file. `sources` are the workspace's, with
    their aliases.
    """
    words = lexicon(language, text[:_SAMPLE])
    if model is not None:
        found, engine = list(model.find(text, language)), "learned"
    else:
        found, engine = (find(text, words) if words else []), "rules"
    found.sort(key=lambda one: (one.content, one.cue))
    if words is None:
        return [_unread(text, one, engine) for one in found]
    reader = _Reader(text, words, found)
    return [reader.attribution(one, engine, sources) for one in found]


def _unread(text: str, found: Found, engine: str) -> Attribution:
    """An attribution in a language that has no data file."""
    return Attribution(
        source=found.source,
        cue=found.cue,
        content=found.content,
        score=found.score,
        engine=engine,
        reasons=found.reasons,
        speech=_speech(text, found.content, quotations(text, 0, len(text))),
    )


def _speech(text: str, content: Sequence[Piece], inside: Sequence[Piece]) -> Speech:
    """Direct when every piece is, mixed when one is or is in part."""
    kinds = {speech(text, *piece, inside) for piece in content}
    return kinds.pop() if len(kinds) == 1 else Speech.MIXED


class _Reader:
    """Reads what was found in one text, whose sentences and speakers are looked up once."""

    def __init__(self, text: str, words: Lexicon, found: Sequence[Found]) -> None:
        self.text = text
        self.words = words
        self.sentences = sentences(text, 0, len(text))
        self.starts = [low for low, _ in self.sentences]
        self.inside = quotations(text, 0, len(text))
        self.full_names: dict[Piece, str] = {}
        self.cues: dict[Piece, list[Cue]] = {}
        self.choices = {one: self._choice(one) for one in found}
        named = (choice for choice in self.choices.values() if choice.who)
        self.named = sorted(named, key=_place)
        self.places = [_place(choice) for choice in self.named]

    def attribution(self, found: Found, engine: str, sources: Sequence[KnownSource]) -> Attribution:
        """What was found, with how it reads."""
        start, end = found.content[0][0], found.content[-1][1]
        choice = self.choices[found]
        reading = read(self.text, start, end, choice, self._speakers, sources, self.words)
        content = GAP.join(self.text[slice(*piece)] for piece in found.content)
        return Attribution(
            source=found.source,
            cue=found.cue,
            content=found.content,
            score=found.score,
            engine=engine,
            reasons=found.reasons,
            polarity=reading.polarity,
            kind=reading.kind,
            speech=_speech(self.text, found.content, self.inside),
            source_name=self._name(reading, choice, sources),
            unnamed=reading.unnamed,
            source_ids=reading.source_ids,
            said_words=reading.said_words,
            figures=tuple(figures(content, language=self.words.code)),
        )

    def _name(self, reading: Reading, choice: Choice, sources: Sequence[KnownSource]) -> str:
        """The name of the known source, or the full one that "the command" stands for here."""
        if reading.source_ids:
            return next(one.names[0] for one in sources if one.id == reading.source_ids[0])
        name = reading.source_name
        if not name or reading.unnamed or not name.islower():
            return name
        for earlier in islice(self._speakers(0, _place(choice)), _SPEAKERS_BACK):
            full = self._full_name(earlier.who or (0, 0))
            if full.casefold().endswith(f" {name}") and not full.islower():
                return full
        return name

    def _full_name(self, piece: Piece) -> str:
        if piece not in self.full_names:
            self.full_names[piece] = name_of(self.text[slice(*piece)], self.words)
        return self.full_names[piece]

    def _speakers(self, floor: int, position: int) -> Iterator[Choice]:
        last = bisect_left(self.places, position)
        before = (self.named[at] for at in range(last - 1, -1, -1))
        return takewhile(lambda choice: _place(choice) >= floor, before)

    def _choice(self, found: Found) -> Choice:
        """The reporting words as the readings want them; unknown ones say that it is so."""
        first, last = found.cue[0] if found.cue else found.content[0]
        at = max(0, bisect_right(self.starts, first) - 1)
        sentence = self.sentences[at] if self.sentences else (first, last)
        if sentence not in self.cues:
            self.cues[sentence] = cues(self.text, *sentence, self.words)
        known = (
            cue
            for cue in (self.cues[sentence] if found.cue else ())
            if cue.verb_start < last and first < cue.verb_end
        )
        unknown = Cue(first, last, first, last, "says", "finite", negated=False, passive=False)
        low, high = max(sentence[0], first - _WIDEST), min(sentence[1], last + _WIDEST)
        return Choice(next(known, unknown), self._head(found), (low, high))

    def _head(self, found: Found) -> Piece | None:
        """The words for who without what describes them: "Amaq", not "Amaq, an outlet"."""
        if not found.source:
            return None
        start, end = found.source[0][0], found.source[-1][1]
        comma = end + self.text[end : end + 1].count(",")
        if found.cue and found.cue[0][0] >= end:
            return who.before(self.text, start, comma, self.words) or (start, end)
        return who.after(self.text, start, end, self.words) or (start, end)


def _place(choice: Choice) -> int:
    return choice.who[0] if choice.who else choice.cue.start
