"""What is said: where it begins after the reporting words, and where it ends."""

from __future__ import annotations

from collections.abc import Sequence

from claims.suggester.rules.tokens import DASHES, Tokens
from claims.suggester.rules.verbs import Occurrence
from claims.suggester.rules.vocabulary import Vocabulary

CLAUSES = frozenset(("that", "clause", "quote"))

_LONGEST = 400  # tokens of a content
_PERSON = 8  # tokens of "a crowd of supporters"
_PLACE = 9  # tokens of "in an interview with the paper"
_SUBJECT = 14  # tokens in which a clause comes to its verb
_NEXT_SUBJECT = 6
_OPENS = 8  # tokens in which the subject of a clause with "while" begins
_KEPT = frozenset((")", "%", "$"))  # marks that a content may end with


def begin(tokens: Tokens, verb: Occurrence, at: int, known: Vocabulary) -> int:
    """Where the content begins from `at` on: behind "told reporters in Riga on Monday"."""
    if at == verb.end and known.has(tokens[verb.verb].lower, "tells", "asks"):
        at = _past_person(tokens, at, known, always=known.has(tokens[verb.verb].lower, "tells"))
    while at < len(tokens) and tokens[at].open:
        token = tokens[at]
        adverb = not token.capital and known.is_adverb(token.lower)
        if adverb or known.has(token.lower, "days", "after_verb"):
            at += 1
            continue
        place = at
        if verb.entry.speaks and known.has(token.lower, "places"):
            place = _past_place(tokens, at, known)
        elif verb.entry.speaks and verb.form == "finite" and known.has(token.lower, "toward"):
            place = _past_place(tokens, at, known, toward=True)
        if place == at:
            break
        at = place
    return at


def _past_person(tokens: Tokens, at: int, known: Vocabulary, *, always: bool) -> int:
    """Behind whoever is told: "reporters", "him", "the BBC", "a crowd of supporters"."""
    start = at
    if at < len(tokens) and known.has(tokens[at].lower, "objects", "addressees"):
        following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
        owned = always and known.has(tokens[at].lower, "possessives") and following.isalpha()
        if not owned or known.has(following, "that", "subjects", "where"):
            return at + 1
    while always and at < len(tokens) and tokens[at].open and tokens[at].word:
        word = tokens[at].lower
        linked = known.has(word, "name_links", "and") or (
            at > start and known.has(tokens[at - 1].lower, "name_links", "and")
        )
        if at - start >= _PERSON or known.has(word, "subjects", "that", "be", "have", "modals"):
            break
        if known.has(word, "where") and not linked:
            break
        if at > start and not linked:
            if known.has(word, "articles", "possessives", "determiners"):
                break
            if tokens[start].capital and not tokens[at].capital:
                break
        at += 1
    return at


def _past_place(tokens: Tokens, at: int, known: Vocabulary, *, toward: bool = False) -> int:
    """Behind "in an interview with X", where a content surely begins after it; else `at`."""
    end = at + 1
    while end < len(tokens) and end - at < _PLACE and tokens[end].word and tokens[end].open:
        if known.has(tokens[end].lower, "that", "subjects", "be", "have", "modals"):
            break
        end += 1
    if end >= len(tokens):
        return at if toward else end
    token = tokens[end]
    if not token.open:
        return end if toward or end - at > _NEXT_SUBJECT // 2 else at
    if token.lower in (",", ":", ".") or token.lower in DASHES or known.has(token.lower, "that"):
        return end
    return end if not toward and known.has(token.lower, "subjects") else at


def kind_of(tokens: Tokens, at: int, known: Vocabulary) -> str:
    """What a content begins with: `that`, `to`, `quote`, `clause`, `prep` or `np`."""
    word = tokens[at].lower
    if not tokens[at].open:
        return "quote"
    if known.has(word, "that", "questions"):
        return "that"
    if known.has(word, "to"):
        return "to"
    if known.has(word, "subjects") and not known.has(word, "objects"):
        return "clause"
    if known.has(word, "where", "as"):
        return "prep"
    return "clause" if has_verb(tokens, at, len(tokens), known) else "np"


def has_verb(tokens: Tokens, at: int, high: int, known: Vocabulary) -> bool:
    """Whether a helping verb follows within the noun phrase's clause: "the plan [would] fail"."""
    for token in tokens[at : min(at + _SUBJECT, high)]:
        if not token.open or not token.word or known.has(token.lower, "to", "that", "clause_ends"):
            return False
        if (
            known.has(token.lower, "be", "have", "modals")
            and token.lower not in known.lists["bare"]
        ):
            return True
    return False


def has_any_verb(tokens: Tokens, low: int, high: int, known: Vocabulary) -> bool:
    """Whether a verb that is known, or looks like one, or a quotation is among the tokens."""
    return any(
        not token.open
        or known.has(token.lower, "be", "have", "modals", "verbs")
        or (
            not token.capital
            and (token.lower in known.verbs or known.ends(token.lower, "past_endings"))
        )
        for token in tokens[low:high]
    )


def end(
    tokens: Tokens,
    start: int,
    kind: str,
    later: Sequence[Occurrence],
    known: Vocabulary,
    *,
    within: bool = False,
) -> int:
    """Where a content that begins at `start` ends: with its clause.

    `later` are the reporting verbs behind its own. Those of the same speaker end it ("…, adding
    that"). A clause `within` another ("Lee, who said that …, is") ends at the next comma.
    """
    stop = min(len(tokens), start + _LONGEST)
    begins = {one.first: one for one in later}
    depth = 0
    for at in range(start, stop):
        token = tokens[at]
        depth += (token.lower == "(") - (token.lower == ")")
        if not token.open or at == start:
            continue
        if token.lower == ";" or depth < 0:
            return trimmed(tokens, start, at, known)
        one = begins.get(at)
        if one and _goes_on(tokens[at - 1].lower, one, known):
            return trimmed(tokens, start, at - 1, known)
        if token.lower == "," and at + 1 < stop:
            if within or _leaves(tokens, at + 1, kind, later, known):
                return trimmed(tokens, start, at, known)
        elif kind not in CLAUSES and known.has(token.lower, "adjunct_breaks"):
            return trimmed(tokens, start, at, known)
    last = trimmed(tokens, start, stop, known)
    return start if last == start + 1 and known.has(tokens[start].lower, "that") else last


def _goes_on(before: str, verb: Occurrence, known: Vocabulary) -> bool:
    """True for ", adding" and "and denied": the same speaker's next reporting words."""
    if verb.form == "participle":
        return before == ","
    if verb.form != "finite" or "about" in verb.entry.frames:
        return False
    return known.has(before, "coordinators")


def _leaves(
    tokens: Tokens, at: int, kind: str, later: Sequence[Occurrence], known: Vocabulary
) -> bool:
    """True where what follows a comma is no longer what was said: ", according to", ", as"."""
    following = tokens[at].lower
    if according_at(tokens, at, known):
        return True
    if known.has(following, "that"):  # "rejected reports, that", as Russian has it
        return False
    if kind in CLAUSES:
        return known.has(following, "coordinators") and _other_speaker(tokens, at + 1, later)
    return known.has(
        following, "breaks", "subjects", "adjuncts", "articles", "possessives"
    ) or known.ends(following, "participle_endings")


def _other_speaker(tokens: Tokens, at: int, later: Sequence[Occurrence]) -> bool:
    """True for ", but she added": a new subject with reporting words of its own."""
    return any(
        at < one.first <= at + _NEXT_SUBJECT
        and one.form == "finite"
        and one.entry.speaks
        and all(token.word for token in tokens[at : one.first])
        for one in later
    )


def according_at(tokens: Tokens, at: int, known: Vocabulary) -> int:
    """How many tokens of "according to" stand at `at`; 0 where none does."""
    for phrase in known.according.get(tokens[at].lower, ()):
        if tuple(token.lower for token in tokens[at : at + len(phrase)]) == phrase:
            return len(phrase)
    return 0


def clause_start(tokens: Tokens, at: int) -> int:
    """Behind the last semicolon before `at`; the sentence's start where there is none."""
    for place in range(at - 1, 0, -1):
        if tokens[place].lower == ";" and tokens[place].open:
            return place + 1
    return 0


def is_within(tokens: Tokens, who: int, known: Vocabulary) -> bool:
    """True where the subject at token `who` begins a clause that ends at the next comma.

    "Lee, [who] said", "While [the army] said".
    """
    relative = (
        who > 0 and known.has(tokens[who].lower, "relatives") and tokens[who - 1].lower == ","
    )
    return relative or (who < _OPENS and known.has(tokens[0].lower, "subordinators"))


def trimmed(tokens: Tokens, start: int, stop: int, known: Vocabulary) -> int:
    """The end without the marks and the joining words that stand before it."""
    while stop > start and tokens[stop - 1].open:
        last = tokens[stop - 1]
        if last.word and not known.has(last.lower, "coordinators"):
            break
        if last.lower in _KEPT:
            break
        stop -= 1
    return stop
