"""Attributions by a noun or an adjective: "his claim that Y", "X is worried about Y"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.suggester.rules import content, subject
from claims.suggester.rules.draft import Draft, Range, sources
from claims.suggester.rules.tokens import Tokens
from claims.suggester.rules.verbs import Occurrence
from claims.suggester.rules.vocabulary import Vocabulary

_POSSESSIVE = ("'s", "s'")
_ADJECTIVES = 3  # words between "Lee's" and "claim"
_HELPERS = 5


def nouns(tokens: Tokens, verbs: Sequence[Occurrence], known: Vocabulary) -> Iterator[Draft]:
    """Finds "X's claim that Y", "accusations by X that Y", "the belief that Y"."""
    taken = {
        at for one in verbs for at in range(one.verb, content.begin(tokens, one, one.end, known))
    }
    for at in range(len(tokens) - 1):
        token = tokens[at]
        if not token.open or token.capital or at in taken or not known.has(token.lower, "nouns"):
            continue
        link = at + 1
        who = _possessor(tokens, at, known)
        if known.has(tokens[link].lower, "agent"):
            who = subject.behind(tokens, link + 1, known)
            link = who[1] if who else len(tokens)
        found = _linked(tokens, at, link, verbs, known) if link < len(tokens) else None
        if found:
            kind, start, end = found
            yield Draft(
                f"noun {kind}" + ("" if who else " nowho"),
                sources(who),
                (at, at + 1),
                ((start, end),),
            )


def adjectives(tokens: Tokens, verbs: Sequence[Occurrence], known: Vocabulary) -> Iterator[Draft]:
    """Finds "X is confident that Y", "they were deeply worried about Y"."""
    for at in range(1, len(tokens) - 1):
        if not tokens[at].open or not known.has(tokens[at].lower, "adjectives"):
            continue
        first = at
        while first and at - first < _HELPERS and _intensifies(tokens[first - 1].lower, known):
            first -= 1
        if not first or not known.has(tokens[first - 1].lower, "be", "seems"):
            continue
        first -= 1
        while first and known.has(tokens[first - 1].lower, "modals", "have", "adverbs"):
            first -= 1
        found = _linked(tokens, at, at + 1, verbs, known)
        if found:
            kind, start, end = found
            who = subject.before(tokens, first, [one for one in verbs if one.end <= first], known)
            family = f"adjective {kind}" + ("" if who else " nowho")
            yield Draft(family, sources(who), (first, at + 1), ((start, end),))


def _linked(
    tokens: Tokens, at: int, link: int, verbs: Sequence[Occurrence], known: Vocabulary
) -> tuple[str, int, int] | None:
    """The content that a noun or an adjective at `at` has behind its link: kind, start, end."""
    word = tokens[link].lower
    if not tokens[link].open or not known.has(word, "links", "that", "to"):
        return None
    kind = "that" if known.has(word, "that") else "to" if known.has(word, "to") else "prep"
    start = link + 1 if kind == "prep" else link
    if start >= len(tokens) or (tokens[start].open and not tokens[start].word):
        return None
    later = [one for one in verbs if one.verb > at]
    end = content.end(tokens, start, "that" if kind == "that" else "np", later, known)
    return (kind, start, end) if end > start else None


def _possessor(tokens: Tokens, at: int, known: Vocabulary) -> Range | None:
    """Finds "Lee's" or "his" before a noun, with adjectives between."""
    for place in range(at - 1, max(-1, at - 2 - _ADJECTIVES), -1):
        token = tokens[place]
        if not token.word or not token.open:
            return None
        if known.has(token.lower, "possessives"):
            return place, place + 1
        if token.lower.endswith(_POSSESSIVE):
            start = place
            while start and tokens[start - 1].capital and tokens[start - 1].open:
                start -= 1
            if start and known.has(tokens[start - 1].lower, "articles"):
                start -= 1
            return start, place + 1
        if known.has(token.lower, "articles", "breaks", "where"):
            return None
    return None


def _intensifies(word: str, known: Vocabulary) -> bool:
    return known.is_adverb(word) or known.has(word, "adverbs", "have", "intensifiers")
