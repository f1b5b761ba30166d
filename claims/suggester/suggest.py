"""The attributed claims of a text, proposed: by rules, or by what was learned from a desk."""

from __future__ import annotations

from collections.abc import Sequence

from claims.anchoring.sentence import sentence_at
from claims.records import Speech
from claims.records.cells import GAP
from claims.suggester.choice import Choice
from claims.suggester.cues import Cue, cues
from claims.suggester.figures import figures
from claims.suggester.known import KnownSource
from claims.suggester.lexicon import Lexicon, lexicon
from claims.suggester.quotes import speech
from claims.suggester.reading import read
from claims.suggester.rules.find import find
from claims.suggester.shapes import Attribution, Found, Model, Piece

__all__ = ["Attribution", "KnownSource", "Model", "suggest"]

_SAMPLE = 2_000
_WIDEST = 2_000  # code points around reporting words that a sentence may reach


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
    return [_attribution(text, one, engine, sources, words) for one in found]


def _attribution(
    text: str, found: Found, engine: str, sources: Sequence[KnownSource], words: Lexicon | None
) -> Attribution:
    if words is None:
        return Attribution(
            found.source,
            found.cue,
            found.content,
            found.score,
            engine,
            found.reasons,
            speech=_speech(text, found.content),
        )
    reading = read(
        text, found.content[0][0], found.content[-1][1], _choice(text, found, words), sources, words
    )
    return Attribution(
        source=found.source,
        cue=found.cue,
        content=found.content,
        score=found.score,
        engine=engine,
        reasons=found.reasons,
        polarity=reading.polarity,
        kind=reading.kind,
        speech=_speech(text, found.content),
        source_name=reading.source_name,
        unnamed=reading.unnamed,
        source_ids=reading.source_ids,
        said_words=reading.said_words,
        figures=tuple(
            figures(GAP.join(text[slice(*piece)] for piece in found.content), language=words.code)
        ),
    )


def _speech(text: str, content: Sequence[Piece]) -> Speech:
    """Direct when every piece is, mixed when one is or is in part."""
    kinds = {speech(text, *piece) for piece in content}
    return kinds.pop() if len(kinds) == 1 else Speech.MIXED


def _choice(text: str, found: Found, words: Lexicon) -> Choice:
    """The reporting words as the readings want them; unknown ones say that it is so."""
    first, last = found.cue[0] if found.cue else found.content[0]
    low, high = max(0, first - _WIDEST), min(len(text), last + _WIDEST)
    sentence = sentence_at(text[low:high], first - low, last - low)
    sentence = sentence[0] + low, sentence[1] + low
    known = [
        cue
        for cue in (cues(text, *sentence, words) if found.cue else [])
        if cue.verb_start < last and first < cue.verb_end
    ]
    cue = known[0] if known else Cue(first, last, first, last, "says", "finite", False, False)
    return Choice(cue, found.source[0] if found.source else None, sentence)
