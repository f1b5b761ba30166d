"""Attributions by a reporting verb: "X said Y", "“Y,” said X", "Y, X said, Z"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.suggester.rules import content, subject
from claims.suggester.rules.draft import Draft, Range, sources
from claims.suggester.rules.tokens import CLOSERS, DASHES, Tokens, ends_speech
from claims.suggester.rules.verbs import Occurrence
from claims.suggester.rules.vocabulary import Vocabulary

_LONGEST_ASIDE = 12  # tokens
_MAY_BEGIN = frozenset("$#@")
_PREFERRED = {  # which of the things that a verb may take it takes here, most likely first
    "that": ("speech", "utter", "mind", "judge", "wish", "back", "about"),
    "to": ("wish", "speech", "mind", "utter", "judge", "back", "about"),
    "np": ("judge", "back", "speech", "about", "wish", "mind", "utter"),
}


def attributions(tokens: Tokens, verbs: Sequence[Occurrence], known: Vocabulary) -> Iterator[Draft]:
    """One for each reporting verb that has a content."""
    for number, verb in enumerate(verbs):
        if not verb.passive:
            draft = _of_verb(tokens, verbs, number, known)
            if draft:
                yield draft


def announced(tokens: Tokens, verbs: Sequence[Occurrence], known: Vocabulary) -> Iterator[Draft]:
    """Whoever speaks in the paragraph that follows: "Lee continued:"; the content is there."""
    finite = [one for one in verbs if one.finite]
    if tokens[-1].lower == ":" and finite:
        who = subject.before(tokens, finite[-1].first, finite[:-1], known)
        if who:
            cue = finite[-1].first, finite[-1].end
            yield Draft("next paragraph", (who,), cue, (), opens=True)


def _of_verb(
    tokens: Tokens, verbs: Sequence[Occurrence], number: int, known: Vocabulary
) -> Draft | None:
    verb, earlier = verbs[number], verbs[:number]
    if verb.finite and (_follows_quote(tokens, verb.first) or _stands_alone(tokens, verb, known)):
        who = subject.behind(tokens, verb.end, known)
        if who:
            return _inverted(tokens, verbs, number, who, verb.first, who[1], known)
    if not known.subject_first:
        return _verb_first(tokens, verbs, number, known)
    if verb.finite:
        who = subject.before(tokens, verb.first, earlier, known)
    else:
        who = subject.of_participle(tokens, verb, earlier, known)
    at = content.begin(tokens, verb, verb.end, known)
    if verb.finite and verb.entry.speaks and who is None:  # "Said Lee, who fled: “A”"
        who = subject.behind(tokens, verb.end, known)
        behind = _past_marks(tokens, who[1], known) if who else 0
        if who is None or behind == who[1]:
            who = None
        else:
            return _straight(tokens, verbs, number, who, behind, known)
    if verb.finite and who and _is_after(tokens, who[0], at, verb, known):
        return _inverted(tokens, verbs, number, who, who[0], at, known)
    return _straight(tokens, verbs, number, who, at, known)


def _verb_first(
    tokens: Tokens, verbs: Sequence[Occurrence], number: int, known: Vocabulary
) -> Draft | None:
    """Where the subject stands behind its verb: what is said comes behind both."""
    verb = verbs[number]
    who = _behind_or_before(tokens, verbs, number, known) if verb.finite else None
    for earlier in range(number - 1, -1, -1):  # "and said", "adding": the subject of the one before
        if who is None and verbs[earlier].finite:
            who = _behind_or_before(tokens, verbs, earlier, known)
    at = who[1] if who and who[0] >= verb.end else verb.end
    return _straight(tokens, verbs, number, who, content.begin(tokens, verb, at, known), known)


def _behind_or_before(
    tokens: Tokens, verbs: Sequence[Occurrence], number: int, known: Vocabulary
) -> Range | None:
    verb = verbs[number]
    closed = len(verb.entry.phrase) > 1  # "spoke of": what it is about follows
    who = None if closed else subject.behind(tokens, verb.end, known, plain=True)
    if who is None and verb.first and tokens[verb.first - 1].word:
        return subject.before(tokens, verb.first, verbs[:number], known)
    if who and "about" in verb.entry.frames:  # "demanded the speaker with-an-inquiry"
        for at in range(who[0] + 1, who[1]):
            if known.begins(tokens[at].lower, "attached"):
                return who[0], at
    return who


def _follows_quote(tokens: Tokens, at: int) -> bool:
    """True where speech in quotation marks ends right before the token: "“A,” said", "«A», — said".

    Not for a name in them: "the “prince of the hills” said".
    """
    end = at
    while end and tokens[end - 1].open and tokens[end - 1].lower in (",", *DASHES):
        end -= 1
    if end == at:
        return ends_speech(tokens, at)
    return end > 0 and not tokens[end - 1].open and tokens[end - 1].lower in CLOSERS


def _stands_alone(tokens: Tokens, verb: Occurrence, known: Vocabulary) -> bool:
    """True for "…, said X": a comma before a verb of speech, and nothing but a name behind it."""
    if not verb.entry.speaks or verb.first != verb.verb or verb.end >= len(tokens):
        return False
    if known.has(tokens[verb.verb].lower, "tells"):
        return False
    if not verb.first:
        return known.subject_first and tokens[verb.end].capital
    before = tokens[verb.first - 1].lower
    if not (before == "," or before in DASHES) or not tokens[verb.end].open:
        return False
    if known.has(tokens[verb.end].lower, "that", "subjects", "where"):
        return False
    if not content.has_any_verb(tokens, 0, verb.first, known):
        return False
    speech = subject.after_speech(tokens, verb.first)
    if speech is not None and tokens[speech].capital:  # "“A,” Lee, a baker, said"
        return False
    who = subject.behind(tokens, verb.end, known)
    if who is None or content.has_verb(tokens, verb.end, len(tokens), known):
        return False
    if any(known.has(token.lower, "verbs") for token in tokens[verb.end : who[1]]):
        return False
    after = tokens[who[1]] if who[1] < len(tokens) else None
    return after is None or not after.word or known.has(after.lower, "where", "days")


def _is_after(tokens: Tokens, who: int, at: int, verb: Occurrence, known: Vocabulary) -> bool:
    """True where the content stands before "X said": a comma or a quotation is between them."""
    if not who or not verb.entry.speaks or known.has(tokens[who].lower, "relatives"):
        return False
    before = tokens[who - 1]
    if not before.open:
        return ends_speech(tokens, who)
    if before.lower not in (",", ":") and before.lower not in DASHES:
        return False
    if at >= len(tokens):
        return content.has_any_verb(tokens, 0, who - 1, known)
    token = tokens[at]
    if token.lower != "," and not content.has_any_verb(tokens, 0, who - 1, known):
        return False
    if not token.word and token.open:
        return token.lower != ":"
    return known.has(token.lower, "days", "where") and not known.has(token.lower, "that")


def _inverted(
    tokens: Tokens,
    verbs: Sequence[Occurrence],
    number: int,
    who: Range,
    until: int,
    at: int,
    known: Vocabulary,
) -> Draft | None:
    """The content before "X said", which ends by token `until`, and what goes on from `at`."""
    verb = verbs[number]
    start, end = 0, content.trimmed(tokens, 0, until, known)
    while start < end and tokens[start].open and known.has(tokens[start].lower, "coordinators"):
        start += 1
    quoted = end > start and not tokens[end - 1].open
    if quoted:
        start = _own_start(tokens, start, end, verbs[:number])
    else:
        start = max(start, content.clause_start(tokens, end))
    at = content.begin(tokens, verb, at, known)
    after = _after(tokens, at, (start, end), verbs, known)
    pieces = [(start, end)] if end > start else []
    if after:
        # Words before "X said, “A”" are not said; words before "X said, A" are.
        pieces = [after] if not quoted and not tokens[after[0]].open else [*pieces, after]
    if not pieces:
        return None
    opens = not tokens[pieces[-1][1] - 1].open
    kind = "quote" if opens or quoted else "split" if len(pieces) > 1 else "clause"
    return Draft(
        f"speech after {kind}",
        (who,),
        (verb.first, verb.end),
        tuple(pieces),
        opens=opens or quoted,
    )


def _own_start(tokens: Tokens, start: int, end: int, earlier: Sequence[Occurrence]) -> int:
    """Where the words that belong to the quotation before `end` begin.

    The sentence's words before it are part of what is said, but not another's attribution.
    """
    quoted = end
    while quoted > start and tokens[quoted - 1].quoted == tokens[end - 1].quoted:
        quoted -= 1
    other = any(one.end <= quoted and one.finite and one.entry.speaks for one in earlier)
    return quoted if other else start


def _after(
    tokens: Tokens, at: int, ahead: Range, verbs: Sequence[Occurrence], known: Vocabulary
) -> Range | None:
    """What goes on behind "Y, X said": a quotation, or the rest of the clause."""
    quote = _past_marks(tokens, at, known)
    if quote == at < len(tokens) and tokens[at].open and tokens[at].lower in DASHES:
        quote = at + 1
    if quote < len(tokens) and not tokens[quote].open:
        end = quote
        while end < len(tokens) and tokens[end].quoted == tokens[quote].quoted:
            end += 1
        return quote, end
    if at + 1 >= len(tokens) or tokens[at].lower not in (",", ";"):
        return None
    if _starts_other(tokens, at + 1, verbs, known):
        return None
    complete = tokens[at].lower == "," and content.has_any_verb(tokens, *ahead, known)
    onward = known.has(tokens[at + 1].lower, "agent")  # "It was caused, Lee said, by a bomb"
    if complete and not onward and not content.has_verb(tokens, at + 1, len(tokens), known):
        return None
    end = content.trimmed(tokens, at + 1, len(tokens), known)
    return (at + 1, end) if end > at + 1 else None


def _starts_other(tokens: Tokens, at: int, verbs: Sequence[Occurrence], known: Vocabulary) -> bool:
    """True where what follows "X said," belongs to no content: "adding that", "in Riga"."""
    word = tokens[at].lower
    if any(one.first == at for one in verbs) or known.ends(word, "participle_endings"):
        return True
    if known.has(word, "coordinators", "days", "relatives"):
        return True
    return known.has(word, "where") and not known.has(word, "name_links", "agent")


def _straight(
    tokens: Tokens,
    verbs: Sequence[Occurrence],
    number: int,
    who: Range | None,
    at: int,
    known: Vocabulary,
) -> Draft | None:
    """The content behind the reporting words."""
    verb = verbs[number]
    at = _past_marks(tokens, at, known)
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.open and not token.word and token.lower not in _MAY_BEGIN:
        return None
    kind = content.kind_of(tokens, at, known)
    if kind == "np" and known.has(tokens[verb.verb].lower, "says"):
        kind = "clause"
    within = who is not None and content.is_within(tokens, who[0], known)
    end = content.end(tokens, at, kind, verbs[number + 1 :], known, within=within)
    if end <= at:
        return None
    family = f"{_frame(verb, kind)} {verb.form} {kind}" + ("" if who else " nowho")
    return Draft(
        family, sources(who), (verb.first, verb.end), ((at, end),), opens=not tokens[end - 1].open
    )


def _past_marks(tokens: Tokens, at: int, known: Vocabulary) -> int:
    """Behind the comma or colon that a content stands behind, and an aside before that.

    "Lee said: A", "Lee said, “A”", "Lee denied, in a statement, that A", "said Lee, who fled: “A”".
    """
    if at + 1 >= len(tokens) or not tokens[at].open:
        return at
    if tokens[at].lower == ":":
        return at + 1
    if tokens[at].lower != ",":
        return at
    if _opens_content(tokens, at + 1, known):
        return at + 1
    for place in range(at + 1, min(at + 1 + _LONGEST_ASIDE, len(tokens) - 1)):
        token = tokens[place]
        if not token.open or token.lower in (".", ";"):
            break
        if token.lower in (",", ":") and _opens_content(tokens, place + 1, known):
            return place + 1
    return at


def _opens_content(tokens: Tokens, at: int, known: Vocabulary) -> bool:
    return not tokens[at].open or known.has(tokens[at].lower, "that")


def _frame(verb: Occurrence, kind: str) -> str:
    order = _PREFERRED.get(kind) or _PREFERRED["that" if kind in content.CLAUSES else "np"]
    return next(frame for frame in order if frame in verb.entry.frames)
