"""Every attribution of a text that the rules see."""

from __future__ import annotations

from claims.suggester.lexicon import Lexicon
from claims.suggester.rules import others, spoken, subject
from claims.suggester.rules.draft import Draft
from claims.suggester.rules.tokens import Token, Unit, units
from claims.suggester.rules.verbs import occurrences
from claims.suggester.rules.vocabulary import Vocabulary, vocabulary
from claims.suggester.shapes import Found, Piece

SCORES: dict[str, float] = {}


def find(text: str, words: Lexicon) -> list[Found]:
    """The attributions of `text`, in the order of their contents."""
    known = vocabulary(words.code)
    done: list[tuple[Draft, tuple[Token, ...]]] = []
    last: Draft | None = None  # who spoke last in quotation marks
    waiting: tuple[Draft, tuple[Token, ...]] | None = None
    for unit in units(text):
        tokens = unit.tokens
        if not tokens:
            continue
        if unit.first and last and not last.opens:
            last = None
        if _is_quotation(unit):
            span = (tokens[0].start, tokens[-1].end)
            if last:
                last.more.append(span)
                last.opens = True
            elif waiting:
                last = waiting[0]
                last.more.append(span)
                last.opens = True
                done.append(waiting)
            waiting = None
            continue
        waiting = _waiting(unit, known)
        found = _of_unit(unit, known)
        direct = [one for one in found if one.opens]
        if last and not direct and not unit.first and _ends_quoted(unit) and not any(d.family.startswith("speech") for d in found):
            last.more.append((tokens[0].start, tokens[-1].end))
            continue
        done += [(one, tokens) for one in found]
        last = direct[-1] if direct else None
    return [_found(draft, tokens, text) for draft, tokens in done]


def _is_quotation(unit: Unit) -> bool:
    words = [token for token in unit.tokens if token.word]
    return bool(words) and all(token.quoted >= 0 for token in words)


def _ends_quoted(unit: Unit) -> bool:
    return unit.tokens[-1].quoted >= 0 and len(unit.tokens) > 6


def _of_unit(unit: Unit, known: Vocabulary) -> list[Draft]:
    tokens = unit.tokens
    verbs = occurrences(tokens, known, titled=unit.heading)
    found = spoken.attributions(tokens, verbs, known)
    found += others.according(tokens, known)
    found += others.nouns(tokens, verbs, known)
    found += others.adjectives(tokens, verbs, known)
    found += others.passives(tokens, verbs, known)
    if unit.first:
        found += others.colon(tokens, known, heading=unit.heading)
    for one in found:
        cue = one.cue[0]
        one.inner = any(
            other is not one and any(low <= cue[0] and cue[1] <= high for low, high in other.content)
            for other in found
        )
    return found


def _waiting(unit: Unit, known: Vocabulary) -> tuple[Draft, tuple[Token, ...]] | None:
    """Whoever is said to speak in the next paragraph: "Cruz continued:"."""
    tokens = unit.tokens
    if len(tokens) < 3 or tokens[-1].lower != ":":
        return None
    verbs = [one for one in occurrences(tokens, known) if one.form == "finite" and not one.passive]
    if not verbs:
        return None
    verb = verbs[-1]
    who = subject.before(tokens, 0, verb.first, verbs[:-1], known)
    if who is None:
        return None
    return Draft([who], [(verb.first, verb.end)], [], "next paragraph", True), tokens


def _found(draft: Draft, tokens: tuple[Token, ...], text: str) -> Found:
    def pieces(ranges: list[tuple[int, int]]) -> list[Piece]:
        return [(tokens[low].start, tokens[high - 1].end) for low, high in ranges]

    content = sorted(pieces(draft.content) + draft.more)
    family = draft.family + (" inner" if draft.inner else "")
    return Found(
        tuple(pieces(draft.source)),
        tuple(pieces(draft.cue)),
        tuple(content),
        SCORES.get(family, 0.5),
        (family, draft.word),
    )
