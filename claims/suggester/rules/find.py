"""Every attribution of a text that the rules see."""

from __future__ import annotations

from claims.anchoring.sentence import sentences
from claims.anchoring.span import trim
from claims.suggester import who
from claims.suggester.cues import Cue, cues
from claims.suggester.lexicon import Lexicon
from claims.suggester.shapes import Found, Piece


def find(text: str, words: Lexicon) -> list[Found]:
    """The attributions of `text`, in the order of their contents."""
    found = [_of(text, piece, words) for piece in sentences(text, 0, len(text))]
    return [one for one in found if one is not None]


def _of(text: str, sentence: Piece, words: Lexicon) -> Found | None:
    low, high = sentence
    finite = [cue for cue in cues(text, low, high, words) if cue.form == "finite"]
    if not finite:
        return None
    cue = finite[0]
    source = who.before(text, low, cue.start, words)
    content = trim(text, cue.end, high)
    if content is None or source is None:
        return None
    return Found((source,), ((cue.start, cue.end),), (content,), 0.5, _reasons(text, cue, source))


def _reasons(text: str, cue: Cue, source: Piece) -> tuple[str, ...]:
    return (f"“{text[cue.start : cue.end]}” after “{text[slice(*source)]}”",)
