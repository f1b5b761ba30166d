"""Attributions without a reporting verb: "according to", nouns, adjectives, colons, passives."""

from __future__ import annotations

from claims.suggester.rules import content, subject
from claims.suggester.rules.draft import Draft, Range
from claims.suggester.rules.tokens import Token
from claims.suggester.rules.verbs import Occurrence
from claims.suggester.rules.vocabulary import Phrase, Vocabulary


def phrase_at(tokens: tuple[Token, ...], at: int, phrases: dict[str, tuple[Phrase, ...]]) -> int:
    """How many tokens of a listed phrase begin at `at`; 0 where none does."""
    for phrase in phrases.get(tokens[at].lower, ()):
        if tuple(token.lower for token in tokens[at : at + len(phrase)]) == phrase:
            return len(phrase)
    return 0


def according(tokens: tuple[Token, ...], known: Vocabulary) -> list[Draft]:
    """"According to X, Y" and "Y, according to X"."""
    found = []
    n = len(tokens)
    for at, token in enumerate(tokens):
        if token.quoted >= 0:
            continue
        length = phrase_at(tokens, at, known.phrases["according"])
        if not length:
            continue
        who = subject.behind(tokens, at + length, n, known)
        if who is None:
            continue
        before = content.trimmed(tokens, 0, at, known)
        start = _clause_start(tokens, at, known)
        if before - start > 1:
            pieces = [(start, before)]
        else:
            rest = who[1]
            while rest < n and not (tokens[rest].lower == "," and tokens[rest].quoted < 0):
                rest += 1
            pieces = [(rest + 1, content.trimmed(tokens, rest + 1, n, known))] if rest + 1 < n else []
        pieces = [piece for piece in pieces if piece[1] > piece[0]]
        if pieces:
            found.append(Draft([who], [(at, at + length)], pieces, "according", word="according"))
    return found


def _clause_start(tokens: tuple[Token, ...], at: int, known: Vocabulary) -> int:
    start = 0
    while start < at and (not tokens[start].word and tokens[start].quoted < 0 or known.is_in(tokens[start].lower, "coordinators")):
        start += 1
    for place in range(at - 1, start, -1):
        if tokens[place].lower == ";" and tokens[place].quoted < 0:
            return place + 1
    return start


def nouns(tokens: tuple[Token, ...], verbs: list[Occurrence], known: Vocabulary) -> list[Draft]:
    """"X's claim that Y", "accusations by X of Y", "the belief that Y"."""
    found = []
    n = len(tokens)
    taken = {at for one in verbs for at in range(one.verb, one.end)}
    for at, token in enumerate(tokens[:-1]):
        if token.quoted >= 0 or token.capital or at in taken or token.lower not in known.sets["nouns"]:
            continue
        nxt = tokens[at + 1].lower
        if nxt not in known.sets["noun_links"] or tokens[at + 1].quoted >= 0:
            continue
        who = _possessor(tokens, at, known)
        start = at + 1
        kind = "noun " + (nxt if nxt in ("that", "to", "of") else "prep")
        link = nxt not in ("that", "to", "whether")
        if nxt == "by":
            who = subject.behind(tokens, at + 2, n, known)
            if who is None or who[1] >= n or tokens[who[1]].lower not in known.sets["that"]:
                continue
            start, kind, link = who[1], "noun that", False
        first = start + 1 if link else start
        if first >= n:
            continue
        end = content.end(
            tokens, first, "that" if nxt == "that" else "np", verbs, _number(verbs, at), known, relative=False, first=n
        )
        if end > first:
            cue_end = at + 2 if link else at + 1
            found.append(
                Draft(
                    [who] if who else [],
                    [(at, cue_end)],
                    [(first, end)],
                    kind + ("" if who else " nowho"),
                    word=token.lower,
                )
            )
    return found


def _number(verbs: list[Occurrence], at: int) -> int:
    return sum(one.verb < at for one in verbs) - 1


def _possessor(tokens: tuple[Token, ...], at: int, known: Vocabulary) -> Range | None:
    """"Trump's", "his" before a noun, adjectives between."""
    place = at - 1
    while place >= 0 and at - place < 4 and tokens[place].word and tokens[place].quoted < 0:
        word = tokens[place].lower
        if word in known.sets["possessives"]:
            return place, place + 1
        if word.endswith(("'s", "s'")):
            start = place
            while start > 0 and (tokens[start - 1].capital and tokens[start - 1].word and tokens[start - 1].quoted < 0):
                start -= 1
            if start and known.is_in(tokens[start - 1].lower, "articles"):
                start -= 1
            return start, place + 1
        if known.is_in(word, "articles", "breaks", "where"):
            return None
        place -= 1
    return None


def adjectives(tokens: tuple[Token, ...], verbs: list[Occurrence], known: Vocabulary) -> list[Draft]:
    """"X is confident that Y", "they were worried about Y"."""
    found = []
    n = len(tokens)
    for at, token in enumerate(tokens[:-1]):
        if token.quoted >= 0 or token.lower not in known.sets["adjectives"] or at == 0:
            continue
        nxt = tokens[at + 1].lower
        if nxt not in known.sets["adjective_links"]:
            continue
        first = at
        while first and at - first < 5 and (known.is_in(tokens[first - 1].lower, "adverbs", "have") or tokens[first - 1].lower.endswith("ly") or tokens[first - 1].lower in ("very", "more", "less", "so", "too", "deeply", "quite", "increasingly")):
            first -= 1
        if not first or not known.is_in(tokens[first - 1].lower, "be", "seems"):
            continue
        first -= 1
        while first and known.is_in(tokens[first - 1].lower, "modals", "have", "adverbs"):
            first -= 1
        who = subject.before(tokens, 0, first, [one for one in verbs if one.end <= first], known)
        link = nxt not in ("that", "to", "whether", "if")
        start = at + 2 if link else at + 1
        if start >= n:
            continue
        end = content.end(tokens, start, "that" if nxt == "that" else "np", verbs, _number(verbs, at), known, relative=False, first=n)
        if end > start:
            found.append(
                Draft([who] if who else [], [(first, at + 2 if link else at + 1)], [(start, end)], "adjective " + (nxt if nxt in ("that", "to") else "prep") + ("" if who else " nowho"), word=token.lower)
            )
    return found


def passives(tokens: tuple[Token, ...], verbs: list[Occurrence], known: Vocabulary) -> list[Draft]:
    """"X was accused of Y", "the raid is expected to Y", "it was reported by X"."""
    found = []
    n = len(tokens)
    for number, verb in enumerate(verbs):
        if not verb.passive or verb.form != "finite" or verb.end >= n:
            continue
        subject_of = subject.before(tokens, 0, verb.first, verbs[:number], known)
        if subject_of is None:
            continue
        nxt = tokens[verb.end].lower
        if nxt == "by":
            who = subject.behind(tokens, verb.end + 1, n, known)
            if who:
                found.append(Draft([who], [(verb.first, verb.end)], [subject_of], "passive by", word=verb.entry.phrase[0]))
            continue
        if nxt in ("to", "as", "of", "for", "that", "in", "not"):
            end = content.end(tokens, verb.end, "np", verbs, number, known, relative=False, first=n)
            if end > verb.end:
                pieces = [subject_of, (verb.end, end)]
                if tokens[subject_of[0]].lower == "it" and nxt == "that":
                    pieces = pieces[1:]
                found.append(Draft([], [(verb.first, verb.end)], pieces, f"passive {nxt}", word=verb.entry.phrase[0]))
    return found


def colon(tokens: tuple[Token, ...], known: Vocabulary, *, heading: bool) -> list[Draft]:
    """"Army: strike hit fighters" and "Strike hit fighters: army"."""
    n = len(tokens)
    places = [at for at, token in enumerate(tokens[:14]) if token.lower == ":" and token.quoted < 0]
    if not places:
        return []
    at = places[0]
    if not 0 < at or at + 1 >= n:
        return []
    name = tokens[:at]
    if not all(t.word or t.lower in ".,()-’'" for t in name) or at > 9:
        return []
    if any(known.is_in(t.lower, "be", "have", "modals", "where") or t.lower in known.verbs for t in name):
        return []
    capitals = sum(t.capital for t in name if t.word)
    if capitals < max(1, sum(t.word for t in name) - 1):
        return []
    if name[0].lower.isdigit() or tokens[at - 1].lower.isdigit():
        return []
    end = content.trimmed(tokens, at + 1, n, known)
    if end - at < 4:
        return []
    return [Draft([(0, at)], [(at, at + 1)], [(at + 1, end)], "colon heading" if heading else "colon", tokens[end - 1].quoted >= 0, word=":")]
