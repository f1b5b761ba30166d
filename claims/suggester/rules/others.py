"""Attributions without a subject and its verb: "according to", passives, colons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.suggester.rules import content, subject
from claims.suggester.rules.draft import Draft
from claims.suggester.rules.tokens import Tokens
from claims.suggester.rules.verbs import Occurrence
from claims.suggester.rules.vocabulary import Vocabulary

TRANSCRIPT = "colon speaker"  # "MAYOR:", whose the whole paragraph is

_FARTHEST_COLON = 9  # tokens of the name before it
_SHORTEST = 3  # words that somebody is said to say
_NAME_MARKS = frozenset(".,()-’'")


def according(tokens: Tokens, known: Vocabulary) -> Iterator[Draft]:
    """Finds "According to X, Y" and "Y, according to X"."""
    for at, token in enumerate(tokens):
        length = content.according_at(tokens, at, known) if token.open else 0
        if not length:
            continue
        start = _clause_start(tokens, at, known)
        before = content.trimmed(tokens, start, at, known)
        opens = before - start <= 1
        who = subject.behind(tokens, at + length, known, plain=opens)
        if who is None:
            continue
        if opens:
            comma = who[1]
            while comma < len(tokens) and not (tokens[comma].lower == "," and tokens[comma].open):
                comma += 1
            start, before = comma + 1, content.trimmed(tokens, comma + 1, len(tokens), known)
        pieces = [(start, before)] if before > start else []
        rest = who[1] + 1
        if pieces and not opens and rest < len(tokens) and tokens[who[1]].lower == ",":
            onward = not content.has_any_verb(tokens, start, before, known)
            if onward and content.has_any_verb(tokens, rest, len(tokens), known):
                pieces.append((rest, content.trimmed(tokens, rest, len(tokens), known)))
        if pieces:
            before = pieces[-1][1]
            quoted = not tokens[before - 1].open
            yield Draft("according", (who,), (at, at + length), tuple(pieces), opens=quoted)


def _clause_start(tokens: Tokens, at: int, known: Vocabulary) -> int:
    """Behind the last semicolon, or the joining words that the sentence begins with."""
    start = content.clause_start(tokens, at)
    while start < at and tokens[start].open:
        if tokens[start].word and not known.has(tokens[start].lower, "coordinators"):
            break
        start += 1
    return start


def passives(tokens: Tokens, verbs: Sequence[Occurrence], known: Vocabulary) -> Iterator[Draft]:
    """Finds "X was accused of Y", "the raid is expected to Y", "Y was reported by X"."""
    for number, verb in enumerate(verbs):
        if not verb.passive or verb.form != "finite" or verb.end >= len(tokens):
            continue
        about = subject.before(tokens, verb.first, verbs[:number], known)
        if about is None:
            continue
        cue, word = (verb.first, verb.end), tokens[verb.end].lower
        if known.has(word, "agent"):
            who = subject.behind(tokens, verb.end + 1, known)
            if who and not known.has(tokens[about[0]].lower, "relatives"):
                yield Draft("passive by", (who,), cue, (about,))
        elif known.has(word, "that", "to", "as", "passive_links"):
            end = content.end(tokens, verb.end, "np", verbs[number + 1 :], known)
            link = "to" if known.has(word, "to") else "as" if known.has(word, "as") else "other"
            empty = link == "other" and known.has(tokens[about[0]].lower, "dummies")
            pieces = ((verb.end, end),) if empty else (about, (verb.end, end))
            yield Draft(f"passive {link}", (), cue, pieces)


def colons(text: str, tokens: Tokens, known: Vocabulary, *, heading: bool) -> Iterator[Draft]:
    """Finds "Army: strike hit fighters", "MAYOR: We saw it"."""
    window = [token.lower for token in tokens[: _FARTHEST_COLON + 1]]
    at = window.index(":") if ":" in window else 0
    name = tokens[:at]
    named = [token for token in name if token.word]
    if not named or not all(token.word or token.lower in _NAME_MARKS for token in name):
        return
    if any(_is_no_name(token.lower, known) for token in named) or named[-1].lower.isdecimal():
        return
    if sum(token.capital for token in named) < max(1, len(named) - 1):
        return
    end = content.trimmed(tokens, at + 1, len(tokens), known)
    spoken = heading or content.has_any_verb(tokens, at + 1, end, known)
    if spoken and sum(token.word for token in tokens[at + 1 : end]) >= _SHORTEST:
        speaker = not heading and all(text[t.start : t.end].isupper() for t in named)
        family = "colon heading" if heading else TRANSCRIPT if speaker else "colon"
        opens = speaker or not tokens[end - 1].open
        yield Draft(family, ((0, at),), (at, at + 1), ((at + 1, end),), opens=opens)


def _is_no_name(word: str, known: Vocabulary) -> bool:
    return known.has(word, "be", "have", "modals", "where") or word in known.verbs
