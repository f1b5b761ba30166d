"""Who a reporting verb belongs to: the noun phrase before it, or behind it.

Descriptions belong to it: "Amaq, an outlet close to the group, said".
"""

from __future__ import annotations

from collections.abc import Sequence

from claims.suggester.rules.draft import Range
from claims.suggester.rules.tokens import CLOSERS, DASHES, Token, Tokens, ends_speech
from claims.suggester.rules.verbs import Occurrence
from claims.suggester.rules.vocabulary import Vocabulary

_FARTHEST = 40  # tokens of the noun phrase
_STOPS = frozenset((*";:()[]…!?.", *DASHES))
_CLOSERS = frozenset('"”»')
_SHORT = 6  # tokens of a quotation that is part of a name: "the “caliph”"
_DESCRIPTIONS = 3  # "Lee, 40, a baker, said"
_BEFORE_AND = 8
_NEAR = 8


def before(tokens: Tokens, at: int, verbs: Sequence[Occurrence], known: Vocabulary) -> Range | None:
    """The subject that ends before token `at`; `verbs` are the reporting verbs before it."""
    end = at
    while end and (tokens[end - 1].lower == "," or _is_dash(tokens[end - 1])):
        end -= 1
    described = end < at
    if not end or (described and not tokens[end - 1].open):
        return None
    last = tokens[end - 1].lower
    if known.has(last, "coordinators") and not described:
        return shared(tokens, end - 1, verbs, known)
    if known.has(last, "relatives", "that") or (
        known.has(last, "pronouns") and not _is_joined(tokens, end - 1, known)
    ):
        return end - 1, end
    start = _walk(tokens, max(0, end - _FARTHEST), end, known)
    floor = max((one.end for one in verbs if one.end < end and one.finite), default=0)
    if start < floor and not any(
        known.has(token.lower, "relatives") for token in tokens[start:floor]
    ):
        start = floor
    speech = after_speech(tokens, end)
    if described and speech is not None and tokens[speech].capital:
        return speech, end
    if described:
        aside = known.has(tokens[start].lower, "adjuncts", "where", "openers")
        if aside and start > 1 and tokens[start - 1].lower == ",":  # "Lee, for his part, said"
            end = start - 1
            start = _walk(tokens, max(0, end - _FARTHEST), end, known)
        start = _over_descriptions(tokens, start, known)
    return _trimmed(tokens, start, end, known)


def after_speech(tokens: Tokens, end: int) -> int | None:
    """The first of the words between what somebody says in quotation marks and token `end`."""
    for at in range(end - 1, max(0, end - _FARTHEST), -1):
        if not tokens[at - 1].open:
            return at if tokens[at].open and ends_speech(tokens, at) else None
    return None


def of_participle(
    tokens: Tokens, verb: Occurrence, verbs: Sequence[Occurrence], known: Vocabulary
) -> Range | None:
    """Whose "saying" it is: the noun right before it, or the subject of the clause."""
    at = verb.first
    last = tokens[at - 1] if at else None
    if verb.form == "participle" and last and last.word and last.open:
        near = _walk(tokens, max(0, at - _NEAR), at, known)
        found = _trimmed(tokens, near, at, known)
        bound = known.has(last.lower, "where", "breaks", "prepositions", "adverbs", "objects")
        if found and not bound and last.lower not in known.verbs and not _touches(found, verbs):
            return found
    return shared(tokens, at, verbs, known)


def shared(tokens: Tokens, at: int, verbs: Sequence[Occurrence], known: Vocabulary) -> Range | None:
    """The subject of the clause before `at`: what stands before its first verb."""
    beyond = 0
    for place in range(1, at):
        token = tokens[place]
        if token.lower == "," and place >= beyond:
            beyond = _end_of_description(tokens, place, at, known)
        if not token.open or not token.word or place < beyond:
            continue
        verb = next((one for one in verbs if one.first <= place < one.end and one.finite), None)
        if verb is None and not _looks_finite(tokens, place, known):
            continue
        first = verb.first if verb else place
        found = before(tokens, first, (), known) if first else None
        if found and not known.has(tokens[found[0]].lower, "relatives"):
            return found
    return None


def behind(tokens: Tokens, at: int, known: Vocabulary, *, plain: bool = False) -> Range | None:
    """The noun phrase that begins at `at`: "said X, a Y", "according to X".

    A `plain` one ends at the next comma.
    """
    described = False  # within "who fled the town in May", which ends at a comma, and only there
    end = at
    while end < len(tokens):
        token = tokens[end]
        described = described or known.has(token.lower, "who")
        closed = _past_aside(tokens, end) if end > at else end
        if closed > end:
            end = closed
            continue
        if token.lower == ",":
            if plain or described or not _begins_description(tokens, end + 1, known):
                break
        elif token.lower in _STOPS or (
            end > at
            and ((not token.open and tokens[end - 1].open) or _ends(tokens, end, described, known))
        ):
            break
        end += 1
    while end > at and not tokens[end - 1].word and tokens[end - 1].lower not in (")", *CLOSERS):
        end -= 1
    if end == at or known.has(tokens[at].lower, "that", "where", "adverbs"):
        return None
    return at, end


def _walk(tokens: Tokens, low: int, end: int, known: Vocabulary) -> int:
    """Where the noun phrase that ends at `end` begins."""
    start = end
    while start > low:
        token = tokens[start - 1]
        opened = _before_aside(tokens, low, start)
        if opened < start:
            start = opened
            continue
        if not token.open or token.lower == "," or token.lower in _STOPS:
            break
        if known.has(token.lower, "and"):
            if start == end or not _joins_names(tokens, low, start, known):
                break
        elif known.has(token.lower, "relatives"):
            if start == end or start - 1 == low or _opens_clause(tokens[start], known):
                break
        elif known.has(token.lower, "breaks"):
            break
        start -= 1
    return start


def _opens_clause(token: Token, known: Vocabulary) -> bool:
    """True for "a blast which | the army said"; not for "residents who fled said"."""
    return token.capital or known.has(token.lower, "subjects", "articles", "possessives")


def _is_joined(tokens: Tokens, at: int, known: Vocabulary) -> bool:
    """True for "Lee and I"."""
    return at > 0 and known.has(tokens[at - 1].lower, "and")


def _before_aside(tokens: Tokens, low: int, end: int) -> int:
    """Where brackets, or a short quotation, that end at `end` begin; `end` where none does."""
    last = tokens[end - 1]
    start = end - 1
    if not last.open:
        while start > low and tokens[start - 1].quoted == last.quoted:
            start -= 1
        return start if end - start <= _SHORT and not ends_speech(tokens, end) else end
    if last.lower == ")":
        while start > low and tokens[start].lower != "(":
            start -= 1
        return start if tokens[start].lower == "(" else end
    return end


def _past_aside(tokens: Tokens, at: int) -> int:
    """Behind brackets, or a short quotation, that begin at `at`; `at` where none does."""
    first, end = tokens[at], at
    if not first.open and tokens[at - 1].quoted != first.quoted:
        while end < len(tokens) and tokens[end].quoted == first.quoted:
            end += 1
        return end if end - at <= _SHORT else at
    if first.lower == "(":
        window = [token.lower for token in tokens[at : at + _SHORT]]
        return at + window.index(")") + 1 if ")" in window else at
    return at


def _joins_names(tokens: Tokens, low: int, start: int, known: Vocabulary) -> bool:
    """True for "Trump and Clinton", "the army and the police"; not for two clauses."""
    ahead = tokens[max(low, start - _BEFORE_AND) : start - 1]
    if not ahead or known.has(tokens[start].lower, "subjects"):
        return False
    for token in reversed(ahead):
        if token.lower == "," or known.has(token.lower, "breaks"):
            break
        if known.has(token.lower, "be", "have", "modals", "verbs") or token.lower in known.verbs:
            return False
    return ahead[-1].word


def _over_descriptions(tokens: Tokens, start: int, known: Vocabulary) -> int:
    """The start of "Amaq, an outlet close to the group," from that of "an outlet"."""
    for _ in range(_DESCRIPTIONS):
        comma = start - 1
        if comma < 1 or not (tokens[comma].lower == "," or _is_dash(tokens[comma])):
            break
        ahead = _walk(tokens, max(0, comma - _FARTHEST), comma, known)
        if ahead >= comma or known.has(tokens[ahead].lower, "adjuncts", "days"):
            break
        start = ahead
    return start


def _trimmed(tokens: Tokens, start: int, end: int, known: Vocabulary) -> Range | None:
    """Without the words before a noun phrase that belong to no name: "On Tuesday", "still"."""
    while start < end:
        token = tokens[start]
        empty = known.has(token.lower, "openers", "coordinators", "adverbs", "days")
        adverb = end - start > 1 and not token.capital and known.is_adverb(token.lower)
        if not token.word or empty or adverb:
            start += 1
        elif known.has(token.lower, "adjuncts", "where"):
            inner = _after_adjunct(tokens, start, end, known)
            if inner is None:
                return None
            start = inner
        else:
            break
    while end > start and not tokens[end - 1].word and tokens[end - 1].lower not in (")", *CLOSERS):
        end -= 1
    return (start, end) if start < end else None


def _after_adjunct(tokens: Tokens, start: int, end: int, known: Vocabulary) -> int | None:
    """Where the subject begins in "in a statement Trump", "at one point the crowd"."""
    if end - 1 > start and known.has(tokens[end - 1].lower, "subjects"):
        return end - 1
    for at in range(end - 1, start, -1):
        opens = known.has(tokens[at].lower, "articles", "possessives")
        if (
            opens
            and tokens[at - 1].word
            and not known.has(tokens[at - 1].lower, "prepositions", "where")
        ):
            return at
    at = end
    while at > start + 1 and tokens[at - 1].capital and not known.has(tokens[at - 1].lower, "days"):
        at -= 1
    bound = known.has(tokens[at - 1].lower, "prepositions", "where", "articles")
    return None if at == end or bound else at


def _looks_finite(tokens: Tokens, at: int, known: Vocabulary) -> bool:
    """Whether a word is a helping verb, or looks like the past of one."""
    token = tokens[at]
    if known.has(token.lower, "be", "have", "modals", "verbs"):
        return True
    past = known.ends(token.lower, "past_endings") and not token.capital
    return past and not known.has(tokens[at - 1].lower, "articles", "possessives", "prepositions")


def _end_of_description(tokens: Tokens, comma: int, high: int, known: Vocabulary) -> int:
    """Behind ", a channel close to the rebels," at a comma; the comma itself where none begins."""
    if comma + 1 < high and known.has(tokens[comma + 1].lower, "articles", "relatives"):
        for place in range(comma + 1, min(high - 1, comma + _FARTHEST)):
            if tokens[place].lower == "," and tokens[place].open:
                return place + 1
    return comma


def _ends(tokens: Tokens, at: int, described: bool, known: Vocabulary) -> bool:
    """True where a noun phrase ends before `at`: "said Lee | on Monday", not "of the army"."""
    word = tokens[at].lower
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if described:
        return False
    if known.has(word, "and"):
        return bool(following and following.lower in known.verbs)
    if known.has(word, "name_links"):
        return False
    if known.has(word, "places") and following and following.capital:
        return known.has(following.lower, "days")
    return known.has(word, "where", "breaks", "that", "days")


def _begins_description(tokens: Tokens, at: int, known: Vocabulary) -> bool:
    """True where a comma goes on with a description: "Rasool, a general", "Lee, who fled"."""
    if at >= len(tokens) or not tokens[at].open:
        return False
    word = tokens[at].lower
    if known.has(word, "who", "articles", "possessives"):
        return True
    if word in known.verbs or known.has(word, "activities", "subjects", "adjuncts", "days"):
        return False
    other = known.has(word, "where", "breaks", "adverbs", "coordinators", "modals", "be", "have")
    return tokens[at].word and not other


def _touches(found: Range, verbs: Sequence[Occurrence]) -> bool:
    return any(one.first < found[1] and found[0] < one.end for one in verbs)


def _is_dash(token: Token) -> bool:
    return token.open and token.lower in DASHES
