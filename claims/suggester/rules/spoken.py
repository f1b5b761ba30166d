"""Attributions by a reporting verb: "X said Y", "“Y,” said X", "Y, X said, Z"."""

from __future__ import annotations

from claims.suggester.rules import content, subject
from claims.suggester.rules.draft import Draft, Range
from claims.suggester.rules.tokens import Token
from claims.suggester.rules.verbs import Occurrence
from claims.suggester.rules.vocabulary import Vocabulary

_CLOSERS = frozenset("”»’'\"")


def attributions(
    tokens: tuple[Token, ...], verbs: list[Occurrence], known: Vocabulary
) -> list[Draft]:
    """One for each reporting verb that has a content."""
    found = []
    for number, verb in enumerate(verbs):
        if not verb.passive:
            draft = _of_verb(tokens, verbs, number, known)
            if draft:
                draft.word = verb.entry.phrase[0]
                found.append(draft)
    return found


def _of_verb(
    tokens: tuple[Token, ...], verbs: list[Occurrence], number: int, known: Vocabulary
) -> Draft | None:
    verb = verbs[number]
    if verb.form == "finite" and _closes(tokens, verb.first) or _stands_alone(tokens, verb, known):
        who = subject.behind(tokens, verb.end, len(tokens), known)
        if who:
            return _inverted(tokens, verbs, number, who, verb.first, who[1], known)
    if verb.form == "finite":
        who = subject.before(tokens, 0, verb.first, verbs[:number], known)
    else:
        who = subject.for_participle(
            tokens, verb.first, verbs[:number], known, infinitive=verb.form == "infinitive"
        )
    at = content.begin(tokens, verb, verb.end, known)
    if verb.form == "finite" and who and _is_after(tokens, who[0], at, verb, known):
        return _inverted(tokens, verbs, number, who, who[0], at, known)
    return _straight(tokens, verbs, number, who, at, known)


def _closes(tokens: tuple[Token, ...], at: int) -> bool:
    """True where a quotation ends right before the token: "“A,” said"."""
    return at > 0 and tokens[at - 1].quoted >= 0 and tokens[at - 1].lower in _CLOSERS


def _stands_alone(tokens: tuple[Token, ...], verb: Occurrence, known: Vocabulary) -> bool:
    """True for "…, said X": a comma before a verb of speech, and nothing but a name behind it."""
    n = len(tokens)
    if verb.form != "finite" or not verb.entry.speaks or verb.first != verb.verb or verb.end >= n:
        return False
    if not verb.first:
        return tokens[verb.end].capital
    if tokens[verb.first - 1].lower not in (",", "—", "–") or tokens[verb.end].quoted >= 0:
        return False
    if known.is_in(tokens[verb.end].lower, "that", "subjects", "where"):
        return False
    if not content.has_any_verb(tokens, 0, verb.first, known):
        return False
    who = subject.behind(tokens, verb.end, n, known)
    if who is None or content.has_verb(tokens, verb.end, n, known):
        return False
    at = who[1]
    return at >= n or not tokens[at].word or known.is_in(tokens[at].lower, "where", "days")


def _is_after(
    tokens: tuple[Token, ...], who: int, at: int, verb: Occurrence, known: Vocabulary
) -> bool:
    """True where the content stands before "X said": a comma or a quotation is between them."""
    if who < 2 or not verb.entry.speaks or tokens[who].lower in known.sets["relatives"]:
        return False
    before = tokens[who - 1]
    if before.quoted >= 0 and before.lower in _CLOSERS:
        return True
    if before.lower not in (",", "—", "–", ":"):
        return False
    following = tokens[at].lower if at < len(tokens) else ""
    if following != "," and not content.has_any_verb(tokens, 0, who - 1, known):
        return False
    if at >= len(tokens):
        return True
    token = tokens[at]
    if not token.word and token.quoted < 0:
        return token.lower != ":"
    return known.is_in(token.lower, "days", "where") and token.lower not in known.sets["that"]


def _inverted(
    tokens: tuple[Token, ...],
    verbs: list[Occurrence],
    number: int,
    who: Range,
    until: int,
    at: int,
    known: Vocabulary,
) -> Draft | None:
    """The content before "X said", and what goes on behind it."""
    verb = verbs[number]
    n = len(tokens)
    start = 0
    end = content.trimmed(tokens, 0, until, known)
    while start < end and known.is_in(tokens[start].lower, "coordinators") and tokens[start].quoted < 0:
        start += 1
    at = content.begin(tokens, verb, at, known) if at >= verb.end else at
    pieces: list[Range] = []
    after: list[Range] = []
    quote = _next_quote(tokens, at)
    if quote is not None:
        stop = _end_of_quote(tokens, quote)
        after = [(quote, stop)]
    elif at < n and tokens[at].lower in (",", ";") and at + 1 < n and not _starts_other(tokens, at + 1, verbs, known):
        complete = content.has_any_verb(tokens, start, end, known)
        stop = content.trimmed(tokens, at + 1, n, known)
        if not complete or tokens[at].lower == ";" or content.has_verb(tokens, at + 1, n, known):
            after = [(at + 1, stop)]
    left_quoted = end > start and tokens[end - 1].quoted >= 0
    # A sentence that only ends in a quotation: what is before it in the sentence belongs to it
    # unless it has a verb of speech of its own.
    if left_quoted:
        start = max(start, _own_start(tokens, start, end, verbs, number, known))
    if end > start and not (after and quote is not None and not left_quoted):
        pieces.append((start, end))
    pieces += [piece for piece in after if piece[1] > piece[0]]
    if not pieces:
        return None
    opens = tokens[pieces[-1][1] - 1].quoted >= 0
    kind = "quote" if opens or left_quoted else "split" if len(pieces) > 1 else "clause"
    return Draft(
        [who],
        [(verb.first, verb.end)],
        pieces,
        f"speech after {kind}",
        opens or left_quoted,
    )


def _own_start(
    tokens: tuple[Token, ...],
    start: int,
    end: int,
    verbs: list[Occurrence],
    number: int,
    known: Vocabulary,
) -> int:
    """Where the words that belong to a quotation begin: not before another's attribution."""
    quoted = end
    while quoted > start and tokens[quoted - 1].quoted == tokens[end - 1].quoted:
        quoted -= 1
    for one in verbs[:number]:
        if one.end <= quoted and one.form == "finite" and one.entry.speaks:
            return quoted
    return start


def _next_quote(tokens: tuple[Token, ...], at: int) -> int | None:
    """The quotation that follows right behind a comma or a colon."""
    n = len(tokens)
    if at < n and tokens[at].lower in (",", ":", "—", "–") and tokens[at].quoted < 0:
        at += 1
    return at if at < n and tokens[at].quoted >= 0 else None


def _end_of_quote(tokens: tuple[Token, ...], at: int) -> int:
    """Where it ends, with all quotations that follow with a word or two between them."""
    end, quoted = at, tokens[at].quoted
    while end < len(tokens) and tokens[end].quoted == quoted:
        end += 1
    return end


def _starts_other(
    tokens: tuple[Token, ...], at: int, verbs: list[Occurrence], known: Vocabulary
) -> bool:
    """True where what follows "X said," belongs to no content: "adding that", "a day after"."""
    word = tokens[at].lower
    if any(one.first == at for one in verbs):
        return True
    return (
        word.endswith("ing")
        or known.is_in(word, "coordinators", "days")
        or word in known.sets["where"]
        and word not in ("for", "about", "of")
        or word in ("who", "which", "whose")
    )


def _straight(
    tokens: tuple[Token, ...],
    verbs: list[Occurrence],
    number: int,
    who: Range | None,
    at: int,
    known: Vocabulary,
) -> Draft | None:
    """The content behind the reporting words."""
    verb = verbs[number]
    n = len(tokens)
    if at < n and tokens[at].lower == ":" and tokens[at].quoted < 0:
        at += 1
    elif at + 1 < n and tokens[at].lower == "," and tokens[at + 1].quoted >= 0:
        at += 1
    elif at + 1 < n and tokens[at].lower == "," and (tokens[at + 1].lower in known.sets["that"]):
        at += 1
    if at >= n or (not tokens[at].word and tokens[at].quoted < 0 and tokens[at].lower not in "$#@"):
        return None
    kind = content.kind_of(tokens, at, known)
    if kind == "np" and tokens[verb.verb].lower in known.sets["says"]:
        kind = "clause"
    relative = bool(
        who
        and who[0] > 0
        and tokens[who[0]].lower in known.sets["relatives"]
        and tokens[who[0] - 1].lower == ","
    )
    end = content.end(
        tokens, at, kind, verbs, number, known, relative=relative, first=who[0] if who else verb.first
    )
    if end <= at:
        return None
    return Draft(
        [who] if who else [],
        [(verb.first, verb.end)],
        [(at, end)],
        f"{_frame(verb, kind)} {verb.form} {kind}" + ("" if who else " nowho"),
        tokens[end - 1].quoted >= 0,
    )


_PREFERRED = {
    "that": ("speech", "utter", "mind", "judge", "wish", "back", "about"),
    "to": ("wish", "speech", "mind", "utter", "judge", "back", "about"),
    "np": ("judge", "back", "speech", "about", "wish", "mind", "utter"),
}


def _frame(verb: Occurrence, kind: str) -> str:
    """Which of the things that a verb may take it takes here."""
    order = _PREFERRED.get(kind) or _PREFERRED["that" if kind in content.CLAUSES else "np"]
    return next(frame for frame in order if frame in verb.entry.frames)
