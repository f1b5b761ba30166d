"""Reporting verbs where they stand in a sentence, and in which form."""

from __future__ import annotations

from dataclasses import dataclass

from claims.suggester.rules.tokens import Token
from claims.suggester.rules.vocabulary import Verb, Vocabulary

_MOST_HELPERS = 5


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A reporting verb at tokens `verb` to `end`; `first` is the first of its helpers.

    `form` is `finite`, `participle` or `infinitive`.
    """

    first: int
    verb: int
    end: int
    entry: Verb
    form: str
    passive: bool


def occurrences(
    tokens: tuple[Token, ...], known: Vocabulary, *, titled: bool = False
) -> list[Occurrence]:
    """The reporting verbs outside quotations, in order; `titled` where words are capitalised."""
    words = [token for token in tokens if token.word]
    titled = titled and 2 * sum(token.capital for token in words) > len(words)
    found: list[Occurrence] = []
    floor = 0
    for at, token in enumerate(tokens):
        if at < floor or token.quoted >= 0 or token.lower not in known.verbs:
            continue
        if token.capital and at and not titled and not (tokens[at - 1].lower in ":—–"):
            continue  # a name: "the United States"
        best = None
        for entry in known.verbs[token.lower]:
            end = at + len(entry.phrase)
            if tuple(each.lower for each in tokens[at:end]) != entry.phrase:
                continue
            if best and len(entry.phrase) < len(best.entry.phrase):
                break
            occurrence = _occurrence(tokens, at, end, entry, known)
            if occurrence and (best is None or best.form == "infinitive"):
                best = occurrence
        if best:
            found.append(best)
            floor = best.end
    return found


def _occurrence(
    tokens: tuple[Token, ...], at: int, end: int, entry: Verb, known: Vocabulary
) -> Occurrence | None:
    first = at
    while first and at - first < _MOST_HELPERS and _helps(tokens[first - 1], known):
        first -= 1
    # An adverb at the start belongs to the words before, unless a helper follows.
    lead = [token.lower for token in tokens[first:at]]
    has = {name: any(known.is_in(word, name) for word in lead) for name in ("be", "have", "modals")}
    before = tokens[first - 1] if first else None
    form, passive = entry.form, False
    if entry.form == "base":
        if "to" in lead:
            form = "infinitive"
        elif has["modals"]:
            form = "finite"
        elif before and before.quoted < 0 and _is_plural(before, known):
            form = "finite"
        else:
            return None
    elif entry.form in ("finite", "perfect"):
        if has["be"]:
            passive = True
        elif entry.form == "perfect" and not has["have"]:
            return None
        if not lead and before and _is_nominal(tokens, at, end, before, known):
            return None
        if not lead and entry.form == "finite" and _is_plural_noun(tokens, at, end, known):
            return None
        form = "infinitive" if "to" in lead else "finite"
    elif has["be"]:
        form = "finite"
    elif not lead and before and known.is_in(before.lower, "determiners", "articles"):
        return None
    return Occurrence(first, at, end, entry, form, passive)


def _helps(token: Token, known: Vocabulary) -> bool:
    if token.quoted >= 0 or not token.word:
        return False
    ending = known.words.data["adverb_ending"]
    adverb = bool(ending) and token.lower.endswith(ending) and len(token.lower) > 4
    return (adverb and not token.capital and token.lower not in known.sets["not_adverbs"]) or known.is_in(
        token.lower, "modals", "be", "have", "adverbs"
    )


def _is_plural(token: Token, known: Vocabulary) -> bool:
    word = token.lower
    if word in known.sets["plurals"]:
        return True
    return token.word and word.endswith("s") and not word.endswith(("'s", "ss", "us", "is"))


def _is_plural_noun(
    tokens: tuple[Token, ...], at: int, end: int, known: Vocabulary
) -> bool:
    """True for "campaign promises in", "whiter states,": a verb has an object or a clause."""
    if tokens[at].lower not in known.sets["nouns"] or not at or end - at > 1:
        return False
    if tokens[at - 1].lower in known.sets["subjects"]:
        return False
    following = tokens[end] if end < len(tokens) else None
    return not (
        following
        and (
            following.quoted >= 0
            or following.capital
            or following.lower == ":"
            or known.is_in(following.lower, "that", "determiners", "subjects", "possessives", "objects")
        )
    )


def _is_nominal(
    tokens: tuple[Token, ...], at: int, end: int, before: Token, known: Vocabulary
) -> bool:
    """True for "the reports", "Trump's claims", "of alleged": no verb at all."""
    word = before.lower
    if word.endswith(("'s", "s'")):
        return True
    if known.is_in(word, "articles", "possessives") or (
        word in known.sets["determiners"] and word not in known.sets["subjects"] and word not in known.sets["plurals"]
    ):
        return True
    if word in known.sets["prepositions"]:
        return True
    following = tokens[end] if end < len(tokens) else None
    return bool(following and following.lower == "by")
