"""What is said: where it begins after the reporting words, and where it ends."""

from __future__ import annotations

from claims.suggester.rules.tokens import Token
from claims.suggester.rules.verbs import Occurrence
from claims.suggester.rules.vocabulary import Vocabulary

_TELLS = frozenset("tell tells told telling".split())
_LONGEST = 400  # tokens of a content
_PLACE = 9  # tokens of "in an interview with the paper"
CLAUSES = ("that", "clause", "quote")


def begin(tokens: tuple[Token, ...], verb: Occurrence, at: int, known: Vocabulary) -> int:
    """Where the content begins: behind "told reporters in Riga on Monday"."""
    n = len(tokens)
    if at == verb.end and tokens[verb.verb].lower in _TELLS | {"ask", "asked", "asks", "asking"}:
        at = _past_person(tokens, at, known, always=tokens[verb.verb].lower in _TELLS)
    while at < n and tokens[at].quoted < 0:
        word = tokens[at].lower
        if word in known.sets["days"] or word in known.sets["after_verb"]:
            at += 1
            continue
        if word.endswith("ly") and not tokens[at].capital and word not in known.sets["not_adverbs"]:
            at += 1
            continue
        if word in ("to", "with") and verb.entry.speaks and verb.form == "finite":
            place = _past_place(tokens, at, known, strict=True)
        elif word in known.sets["places"] and verb.entry.speaks:
            place = _past_place(tokens, at, known, strict=False)
        else:
            break
        if place == at:
            break
        at = place
    return at


def _past_person(tokens: tuple[Token, ...], at: int, known: Vocabulary, *, always: bool) -> int:
    """Behind whoever is told: "reporters", "him", "the BBC", "a crowd of supporters"."""
    n, start = len(tokens), at
    if at < n and known.is_in(tokens[at].lower, "objects", "addressees"):
        return at + 1
    if not always:
        return at
    while at < n and tokens[at].quoted < 0 and tokens[at].word and at - start < 8:
        word = tokens[at].lower
        if known.is_in(word, "that", "where", "be", "have", "modals") and word not in ("of", "with"):
            break
        if at > start and known.is_in(word, "subjects", "articles", "possessives", "determiners"):
            if tokens[at - 1].lower not in ("of", "with", "and", "for"):
                break
        if word in known.sets["subjects"]:
            break
        if (
            tokens[start].capital
            and at > start
            and not tokens[at].capital
            and word not in ("of", "and", "the", "with", "for")
        ):
            break
        at += 1
    return at


def _past_place(tokens: tuple[Token, ...], at: int, known: Vocabulary, *, strict: bool) -> int:
    """Behind "in an interview with X", where a content surely begins after it."""
    n, end = len(tokens), at + 1
    while end < n and tokens[end].word and tokens[end].quoted < 0 and end - at < _PLACE:
        if known.is_in(tokens[end].lower, "that", "subjects", "be", "have", "modals"):
            break
        end += 1
    if end >= n:
        return n if not strict else at
    token = tokens[end]
    if token.quoted >= 0 and not strict and end - at < 4 and tokens[end - 1].word:
        return at
    closes = token.quoted >= 0 or token.lower in (",", ":", ".", "—", "–") or token.lower in known.sets["that"]
    if not closes and not strict and token.lower in known.sets["subjects"]:
        closes = True
    return end if closes else at


def kind_of(tokens: tuple[Token, ...], at: int, known: Vocabulary) -> str:
    """What the content begins with."""
    word = tokens[at].lower
    if tokens[at].quoted >= 0:
        return "quote"
    if word in known.sets["that"] or word in ("if", "why", "what"):
        return "that"
    if word == "to":
        return "to"
    if word in known.sets["subjects"] and word not in known.sets["objects"]:
        return "clause"
    if word in ("it", "you"):
        return "clause"
    if word in known.sets["where"] or word == "as":
        return "prep"
    return "clause" if has_verb(tokens, at, len(tokens), known) else "np"


def has_verb(tokens: tuple[Token, ...], at: int, high: int, known: Vocabulary) -> bool:
    """Whether a helping verb follows within the noun phrase's own clause: "the plan [would] fail"."""
    for token in tokens[at : min(at + 14, high)]:
        if token.quoted >= 0 or (not token.word and token.lower not in "'’"):
            return False
        word = token.lower
        if word in ("to", "that", "who", "which", "for", "as"):
            return False
        if known.is_in(word, "be", "have", "modals") and word not in ("being", "having", "be"):
            return True
    return False


def has_any_verb(tokens: tuple[Token, ...], low: int, high: int, known: Vocabulary) -> bool:
    """Whether a verb that is known or looks like one stands between two tokens."""
    return any(
        token.quoted >= 0
        or known.is_in(token.lower, "be", "have", "modals", "verbs")
        or (token.lower in known.verbs and not token.capital)
        or (token.lower.endswith("ed") and not token.capital)
        for token in tokens[low:high]
    )


def end(
    tokens: tuple[Token, ...],
    start: int,
    kind: str,
    verbs: list[Occurrence],
    number: int,
    known: Vocabulary,
    *,
    relative: bool,
    first: int,
) -> int:
    """Where a content that begins at `start` ends.

    At the end of the sentence, unless another attribution of the same speaker goes on ("…, adding
    that"), or the clause is one within another.
    """
    n = min(len(tokens), start + _LONGEST)
    later = {one.first: one for one in verbs[number + 1 :]}
    stop = n
    sub = first < len(tokens) and tokens[0].lower in known.sets["subordinators"] and first < 8
    for at in range(start, n):
        token = tokens[at]
        if token.quoted >= 0:
            if at > start and tokens[at - 1].quoted == token.quoted and _closing(tokens, at) and _new_clause(tokens, at + 1, kind, known):
                stop = at + 1
                break
            continue
        if at == start:
            continue
        before = tokens[at - 1].lower
        if token.lower == ";" or (token.lower == ")" and not any(t.lower == "(" for t in tokens[start:at])):
            stop = at
            break
        one = later.get(at)
        if one and one.form == "participle" and before == ",":
            stop = at - 1
            break
        if one and one.form == "finite" and before in known.sets["coordinators"] and "about" not in one.entry.frames:
            stop = at - 1
            break
        if token.lower == "," and at + 1 < n:
            if relative or (sub and tokens[0].lower != "if"):
                stop = at
                break
            following = tokens[at + 1].lower
            if following == "according":
                stop = at
                break
            if kind not in CLAUSES and _leaves(tokens, at, known):
                stop = at
                break
            if kind in CLAUSES and following in known.sets["coordinators"] and _other_subject(tokens, at + 2, verbs, known):
                stop = at
                break
        if kind not in CLAUSES and known.is_in(token.lower, "adjunct_breaks"):
            stop = at
            break
    return trimmed(tokens, start, stop, known)


def _closing(tokens: tuple[Token, ...], at: int) -> bool:
    return (at + 1 < len(tokens)) and tokens[at + 1].quoted != tokens[at].quoted


def _new_clause(tokens: tuple[Token, ...], at: int, kind: str, known: Vocabulary) -> bool:
    return False


def _leaves(tokens: tuple[Token, ...], at: int, known: Vocabulary) -> bool:
    """True where what follows a comma is no longer the object of the verb."""
    following = tokens[at + 1].lower
    return known.is_in(following, "breaks", "subjects", "adjuncts", "articles", "possessives") or following.endswith("ing")


def _other_subject(
    tokens: tuple[Token, ...], at: int, verbs: list[Occurrence], known: Vocabulary
) -> bool:
    """True for ", but she added": a new subject with reporting words of its own."""
    return any(
        at < one.first <= at + 6 and one.form == "finite" and one.entry.speaks
        and all(token.word for token in tokens[at : one.first])
        for one in verbs
    )


def trimmed(tokens: tuple[Token, ...], start: int, stop: int, known: Vocabulary) -> int:
    """The end without the marks and the joining words that stand before it."""
    while stop > start and (
        (not tokens[stop - 1].word and tokens[stop - 1].quoted < 0 and tokens[stop - 1].lower not in ")%$")
        or (known.is_in(tokens[stop - 1].lower, "coordinators") and tokens[stop - 1].quoted < 0)
    ):
        stop -= 1
    return stop
