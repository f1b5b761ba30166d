"""Every attribution of a text that the rules see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.suggester.lexicon import Lexicon
from claims.suggester.rules import nominal, others, spoken
from claims.suggester.rules.draft import Draft, Range
from claims.suggester.rules.score import LEAST, probability
from claims.suggester.rules.tokens import Tokens, Unit, last_said, units
from claims.suggester.rules.verbs import occurrences
from claims.suggester.rules.vocabulary import Vocabulary, vocabulary
from claims.suggester.shapes import Found, Piece

_LEAST_WORDS = 6  # and marks, of a sentence that goes on with a quotation before it

Placed = tuple[Draft, Tokens]


def find(text: str, words: Lexicon, least: float = LEAST) -> list[Found]:
    """The attributions of `text`, sentence by sentence; none less likely right than `least`."""
    found = [
        _found(text, draft, tokens)
        for draft, tokens in _drafts(text, vocabulary(words.code))
        if draft.content or draft.more
    ]
    return [one for one in found if one.score >= least]


def _drafts(text: str, known: Vocabulary) -> Iterator[Placed]:
    """Those of each sentence; a quotation without reporting words goes on with the one before."""
    last: Draft | None = None  # the latest that a quotation may go on with
    done: list[Placed] = []
    for unit in _joined(text, known):
        tokens = unit.tokens
        if not any(token.word for token in tokens):
            continue
        quoted = all(not token.open for token in tokens if token.word)
        if last and last.family == others.TRANSCRIPT and not unit.first:
            quoted = True
        found = [] if quoted else _of_unit(text, unit, known)
        if last and (quoted or (not unit.first and _goes_on(tokens, found))):
            last.more.append((tokens[0].start, tokens[-1].end))
            continue
        yield from done
        done = [(draft, tokens) for draft in found]
        last = next((draft for draft in reversed(found) if draft.opens), None)
    yield from done


def _joined(text: str, known: Vocabulary) -> Iterator[Unit]:
    """The sentences, where "“Why?” Lee asked." is one."""
    held: Unit | None = None
    for unit in units(text):
        if held and not unit.first and _is_said_by(unit.tokens, known):
            yield Unit(held.tokens + unit.tokens, held.first, held.heading)
            held = None
            continue
        if held:
            yield held
        held = unit if _asks(unit.tokens) else None
        if held is None:
            yield unit
    if held:
        yield held


def _asks(tokens: Tokens) -> bool:
    """Whether a sentence ends in a quotation that ends with a mark of its own: "“Why?”"."""
    last = last_said(tokens, len(tokens))
    return last is not None and tokens[last].lower in ("?", "!", "…")


def _is_said_by(tokens: Tokens, known: Vocabulary) -> bool:
    """Whether a sentence is nothing but "Lee asked", "the owner told the BBC in Riga"."""
    verbs = occurrences(tokens, known)
    if not verbs or not verbs[0].finite or not verbs[0].entry.speaks or not tokens[0].open:
        return False
    drafts = spoken.attributions(tokens, verbs, known)
    return verbs[0].first > 0 and not any(draft.cue[1] == verbs[0].end for draft in drafts)


def _goes_on(tokens: Tokens, found: Sequence[Draft]) -> bool:
    """True for a sentence that ends in a quotation and has no reporting words of its own."""
    if tokens[-1].open or len(tokens) < _LEAST_WORDS:
        return False
    return not any(draft.opens or draft.family.startswith("speech") for draft in found)


def _of_unit(text: str, unit: Unit, known: Vocabulary) -> list[Draft]:
    tokens = unit.tokens
    verbs = occurrences(tokens, known, titled=unit.heading)
    found = [
        *spoken.attributions(tokens, verbs, known),
        *others.according(tokens, known),
        *nominal.nouns(tokens, verbs, known),
        *nominal.adjectives(tokens, verbs, known),
        *others.passives(tokens, verbs, known),
    ]
    found += spoken.announced(tokens, verbs, known)
    if unit.first:
        found += others.colons(text, tokens, known, heading=unit.heading)
    for one in found:
        one.inner = any(_holds(other, one.cue) for other in found if other is not one)
    return found


def _holds(draft: Draft, cue: Range) -> bool:
    return any(low <= cue[0] and cue[1] <= high for low, high in draft.content)


def _found(text: str, draft: Draft, tokens: Tokens) -> Found:
    source = tuple(_offsets(tokens, piece) for piece in draft.source)
    cue = _offsets(tokens, draft.cue)
    content = [_offsets(tokens, piece) for piece in draft.content]
    return Found(
        source=source,
        cue=(cue,),
        content=tuple(sorted([*content, *draft.more])),
        score=probability(draft.family, inner=draft.inner),
        reasons=_reasons(text, draft, source, cue),
    )


def _reasons(text: str, draft: Draft, source: tuple[Piece, ...], cue: Piece) -> tuple[str, ...]:
    """Why, for a person: "“said” after “the army”"."""
    words = f"“{text[slice(*cue)]}”"
    if source:
        side = "after" if source[0] < cue else "before"
        words += f" {side} “{text[slice(*source[0])]}”"
    return (words, "within what another is said to say") if draft.inner else (words,)


def _offsets(tokens: Tokens, piece: Range) -> Piece:
    return tokens[piece[0]].start, tokens[piece[1] - 1].end
