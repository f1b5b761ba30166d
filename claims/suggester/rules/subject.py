"""Who a reporting verb belongs to: its subject, before it or behind it."""

from __future__ import annotations

from claims.suggester.rules.tokens import Token
from claims.suggester.rules.verbs import Occurrence
from claims.suggester.rules.vocabulary import Vocabulary

Range = tuple[int, int]  # token numbers, half-open

_FARTHEST = 40
_STOPS = frozenset(";:—–-()[]…!?")
_SHORT = 4  # words of a quotation that is part of a name ("the “caliph”")


def before(
    tokens: tuple[Token, ...], low: int, at: int, verbs: list[Occurrence], known: Vocabulary
) -> Range | None:
    """The noun phrase that ends before token `at`, no further left than `low`."""
    end = at
    while end > low and tokens[end - 1].lower in (",", "–", "—", "-", '"', "”"):
        end -= 1
    apposed = end < at and tokens[end].lower in (",", "–", "—", "-")
    if end <= low or tokens[end - 1].quoted >= 0 and end < at:
        return None
    last = tokens[end - 1].lower
    if known.is_in(last, "coordinators") and not apposed:
        return shared(tokens, low, end - 1, verbs, known)
    if last in known.sets["relatives"] or last in known.sets["that"]:
        return end - 1, end
    floor = max((one.end for one in verbs if one.end < end and one.form == "finite"), default=low)
    start = _walk(tokens, max(low, end - _FARTHEST), end, known)
    if start < floor < end and not any(
        tokens[at].lower in known.sets["relatives"] for at in range(start, floor)
    ):
        start = floor
    if apposed and start > low:
        start = _over_apposition(tokens, low, start, end, known)
    return _trimmed(tokens, start, end, known)


def _walk(tokens: tuple[Token, ...], low: int, end: int, known: Vocabulary) -> int:
    """Where the noun phrase that ends at `end` begins."""
    start = end
    while start > low:
        token = tokens[start - 1]
        if token.quoted >= 0:
            opened = start - 1
            while opened > low and tokens[opened - 1].quoted == token.quoted:
                opened -= 1
            if start - opened > _SHORT + 2 or start == end and False:
                break
            start = opened
            continue
        if token.lower == "," or token.lower in _STOPS:
            if token.lower == ")" :
                opened = start - 1
                while opened > low and tokens[opened].lower != "(":
                    opened -= 1
                if tokens[opened].lower == "(":
                    start = opened
                    continue
            break
        if token.lower == "and" and start < end:
            if not _joins_names(tokens, low, start, end, known):
                break
        elif token.lower in known.sets["relatives"] and start < end and start - 1 > low:
            start -= 1
            continue
        elif known.is_in(token.lower, "breaks"):
            break
        start -= 1
    return start


def _joins_names(
    tokens: tuple[Token, ...], low: int, start: int, end: int, known: Vocabulary
) -> bool:
    """True for "Trump and Clinton", "the army and the police"; not for two clauses."""
    ahead = tokens[max(low, start - 8) : start - 1]
    if not ahead or known.is_in(tokens[start].lower, "subjects"):
        return False
    for token in reversed(ahead):
        if token.lower == "," or known.is_in(token.lower, "breaks"):
            break
        if known.is_in(token.lower, "be", "have", "modals", "verbs") or token.lower in known.verbs:
            return False
    return ahead[-1].word


def _over_apposition(
    tokens: tuple[Token, ...], low: int, start: int, end: int, known: Vocabulary
) -> int:
    """The start of "Amaq, an outlet close to the group," from that of "an outlet"."""
    for _ in range(3):
        if start - 1 <= low or tokens[start - 1].lower not in (",", "–", "—", "-"):
            return start
        ahead = _walk(tokens, max(low, start - 1 - _FARTHEST), start - 1, known)
        if ahead >= start - 1:
            return start
        first = tokens[ahead].lower
        if known.is_in(first, "adjuncts") or first in known.sets["days"]:
            return start
        start = ahead
    return start


def _trimmed(tokens: tuple[Token, ...], start: int, end: int, known: Vocabulary) -> Range | None:
    """Without the words before a noun phrase that belong to no name: "On Tuesday", "still"."""
    while start < end:
        word = tokens[start].lower
        if not tokens[start].word or known.is_in(word, "openers", "coordinators", "adverbs", "days"):
            start += 1
            continue
        if known.is_in(word, "adjuncts", "where") and word not in ("all", "both"):
            inner = _after_adjunct(tokens, start, end, known)
            if inner is None:
                return None
            start = inner
            continue
        if word.endswith("ly") and not tokens[start].capital and end - start > 1:
            start += 1
            continue
        break
    while end > start and not tokens[end - 1].word and tokens[end - 1].lower not in ")”\"":
        end -= 1
    return (start, end) if start < end else None


def _after_adjunct(tokens: tuple[Token, ...], start: int, end: int, known: Vocabulary) -> int | None:
    """Where the subject begins in "in a statement Trump", "at one point the crowd"."""
    for at in range(end - 1, start, -1):
        word = tokens[at].lower
        if known.is_in(word, "subjects") and at == end - 1:
            return at
        if known.is_in(word, "articles", "possessives") and tokens[at - 1].word and not known.is_in(
            tokens[at - 1].lower, "prepositions", "where"
        ):
            return at
    at = end
    while at > start + 1 and tokens[at - 1].capital:
        at -= 1
    if at < end and not known.is_in(tokens[at - 1].lower, "prepositions", "where", "articles"):
        return at
    return None


def for_participle(
    tokens: tuple[Token, ...],
    at: int,
    verbs: list[Occurrence],
    known: Vocabulary,
    *,
    infinitive: bool = False,
) -> Range | None:
    """Whose "saying" it is: the noun right before it, or the subject of the clause."""
    if not infinitive and at and tokens[at - 1].word and tokens[at - 1].quoted < 0:
        before_it = tokens[at - 1].lower
        if not known.is_in(before_it, "where", "breaks", "prepositions", "adverbs", "objects") and (
            tokens[at - 1].lower not in known.verbs
        ):
            near = _walk(tokens, max(0, at - 8), at, known)
            found = _trimmed(tokens, near, at, known)
            if found and not any(one.first < found[1] and found[0] < one.end for one in verbs):
                return found
    return shared(tokens, 0, at, verbs, known)


def shared(
    tokens: tuple[Token, ...], low: int, at: int, verbs: list[Occurrence], known: Vocabulary
) -> Range | None:
    """The subject of the clause before `at`: what stands before its first verb."""
    for place in range(low, at):
        token = tokens[place]
        if token.quoted >= 0 or not token.word:
            continue
        starts = known.is_in(token.lower, "be", "have", "modals", "verbs") and token.lower != "to"
        if not starts and place > low:
            starts = any(verb.first <= place < verb.end and verb.form == "finite" for verb in verbs)
            starts = starts or (
                token.lower.endswith("ed")
                and not token.capital
                and not known.is_in(tokens[place - 1].lower, "articles", "possessives", "prepositions")
            )
        if starts:
            if place == low:
                return None
            verb = next((one for one in verbs if one.first <= place < one.end), None)
            first = verb.first if verb else place
            if first <= low:
                continue
            found = before(tokens, low, first, [], known)
            if found and not known.is_in(tokens[found[0]].lower, "relatives"):
                return found
    return None


def behind(tokens: tuple[Token, ...], at: int, high: int, known: Vocabulary) -> Range | None:
    """The noun phrase that begins at `at`: "said X, a Y", "according to X"."""
    end = at
    described = False  # within "who fled the town in May"
    while end < high:
        token = tokens[end]
        described = described or token.lower in ("who", "whose")
        if token.lower == "(":
            closed = end
            while closed < high and tokens[closed].lower != ")":
                closed += 1
            if closed - end <= 6 and closed < high:
                end = closed + 1
                continue
        if token.quoted >= 0 and end > at and tokens[end - 1].quoted < 0:
            closed = end
            while closed < high and tokens[closed].quoted == token.quoted:
                closed += 1
            if closed - end > _SHORT + 2:
                break
            end = closed
            continue
        if token.lower == ",":
            if described or not _apposed(tokens, end + 1, high, known):
                break
        elif token.lower in _STOPS or token.lower == ".":
            break
        elif end > at and not described and _ends(tokens, at, end, known):
            break
        end += 1
    while end > at and not tokens[end - 1].word and tokens[end - 1].lower != ")":
        end -= 1
    if end == at or known.is_in(tokens[at].lower, "that", "where"):
        return None
    return at, end


def _ends(tokens: tuple[Token, ...], at: int, end: int, known: Vocabulary) -> bool:
    word = tokens[end].lower
    if word in ("of", "for", "from", "with", "by", "and", "who", "whose"):
        return word == "and" and end + 1 < len(tokens) and tokens[end + 1].lower in known.verbs
    if word in ("in", "at") and end + 1 < len(tokens) and (tokens[end + 1].capital):
        return False
    return known.is_in(word, "where", "breaks", "that", "days")


def _apposed(tokens: tuple[Token, ...], at: int, high: int, known: Vocabulary) -> bool:
    """True where a comma goes on with a description: "Rasool, a general", "Lee, who fled"."""
    if at >= high or tokens[at].quoted >= 0:
        return False
    word = tokens[at].lower
    if word in ("who", "whose"):
        return True
    if known.is_in(word, "articles", "possessives"):
        return True
    if known.is_in(word, "where", "breaks", "adverbs", "coordinators", "modals", "be", "have"):
        return False
    if word in known.verbs or word in known.sets["activities"]:
        return False
    return tokens[at].word and not known.is_in(word, "subjects", "adjuncts", "days")
