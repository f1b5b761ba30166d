"""Reporting verbs where they stand in a sentence, and in which form."""

from __future__ import annotations

from dataclasses import dataclass

from claims.suggester.rules.tokens import DASHES, Token, Tokens
from claims.suggester.rules.vocabulary import Verb, Vocabulary

_MOST_HELPERS = 5
_NO_PLURAL = ("'s", "ss", "us", "is")
_POSSESSIVE = ("'s", "s'")


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

    @property
    def finite(self) -> bool:
        """Whether it needs a subject of its own, and has one: "said", not "saying", "was told"."""
        return self.form == "finite" and not self.passive


def occurrences(tokens: Tokens, known: Vocabulary, *, titled: bool = False) -> list[Occurrence]:
    """The reporting verbs outside quotations, in order.

    A capitalised one within a sentence is part of a name ("the United States"), but in a
    `titled` sentence, a headline.
    """
    words = [token for token in tokens if token.word]
    titled = titled and 2 * sum(token.capital for token in words) > len(words)
    found: list[Occurrence] = []
    for at, token in enumerate(tokens):
        word = known.bare(token.lower)
        if not token.open or word not in known.verbs or (found and at < found[-1].end):
            continue
        if token.capital and at and not titled and not _begins(tokens[at - 1]):
            continue
        best = _best(tokens, at, word, known)
        if best and found and best.first == found[-1].end and best.form == "finite":
            best = None  # the object of the verb before it: "rejected reports"
        if best:
            found.append(best)
    return found


def _begins(before: Token) -> bool:
    return before.lower == ":" or before.lower in DASHES


def _best(tokens: Tokens, at: int, word: str, known: Vocabulary) -> Occurrence | None:
    """The longest phrase that stands here, rather as a finite verb than as an infinitive."""
    best: Occurrence | None = None
    for entry in known.verbs[word]:
        end = at + len(entry.phrase)
        if best and len(entry.phrase) < len(best.entry.phrase):
            break
        if tuple(each.lower for each in tokens[at + 1 : end]) != entry.phrase[1:]:
            continue
        found = _occurrence(tokens, at, end, entry, known)
        if found and (best is None or best.form == "infinitive"):
            best = found
    return best


def _occurrence(
    tokens: Tokens, at: int, end: int, entry: Verb, known: Vocabulary
) -> Occurrence | None:
    first = at
    while first and at - first < _MOST_HELPERS and _helps(tokens[first - 1], known):
        first -= 1
    lead = {token.lower for token in tokens[first:at]}
    before = tokens[first - 1] if first else None
    form = _form(entry, lead, before, known)
    if form is None:
        return None
    if not lead and before and entry.form != "base":
        if known.has(before.lower, "determiners", "articles") and entry.form == "participle":
            return None
        if entry.form != "participle" and _is_nominal(tokens, at, end, before, known):
            return None
    passive = entry.form in ("finite", "perfect") and not known.lists["be"].isdisjoint(lead)
    return Occurrence(first, at, end, entry, form, passive)


def _form(entry: Verb, lead: set[str], before: Token | None, known: Vocabulary) -> str | None:
    """What a form is with the helpers before it; None for what is no verb here."""
    if not known.lists["to"].isdisjoint(lead) and entry.form != "participle":
        return "infinitive"
    if entry.form == "participle":
        return "participle" if known.lists["be"].isdisjoint(lead) else "finite"
    if entry.form == "base":
        helped = not known.lists["modals"].isdisjoint(lead)
        return "finite" if helped or (before and _is_plural(before, known)) else None
    if entry.form == "perfect":
        helped = not (known.lists["be"] | known.lists["have"]).isdisjoint(lead)
        return "finite" if helped else None
    return "finite"


def _helps(token: Token, known: Vocabulary) -> bool:
    if not token.open or not token.word:
        return False
    if known.has(token.lower, "to", "modals", "be", "have", "adverbs"):
        return True
    return not token.capital and known.is_adverb(token.lower)


def _is_plural(token: Token, known: Vocabulary) -> bool:
    word = token.lower
    if not token.open or not token.word:
        return False
    return word in known.lists["plurals"] or (word.endswith("s") and not word.endswith(_NO_PLURAL))


def _is_nominal(tokens: Tokens, at: int, end: int, before: Token, known: Vocabulary) -> bool:
    """True for "the reports", "Trump's claims", "of alleged", "campaign promises in": no verb."""
    word = before.lower
    if word.endswith(_POSSESSIVE) or known.has(word, "articles", "possessives", "prepositions"):
        return True
    if known.has(word, "determiners") and not known.has(word, "subjects", "plurals"):
        return True
    following = tokens[end] if end < len(tokens) else None
    if (
        end - at == 1
        and known.has(tokens[at].lower, "nouns", "no_verbs")
        and word not in known.lists["subjects"]
    ):
        return not (following and _may_be_object(following, known))
    return bool(following and known.has(following.lower, "agent"))


def _may_be_object(token: Token, known: Vocabulary) -> bool:
    return (
        not token.open
        or token.capital
        or token.lower == ":"
        or known.has(token.lower, "that", "determiners", "subjects", "possessives", "objects")
    )
