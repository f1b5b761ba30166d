"""Who says it: the noun phrase that belongs to reporting words."""

from __future__ import annotations

import re
from functools import cache

from claims.anchoring.span import trim
from claims.suggester.lexicon import Lexicon, load
from claims.suggester.times import phrase_pattern

Piece = tuple[int, int]

_MOST_WORDS = 25
_LOOK_BACK = 60
_EDGES = " \t,;:–—-()[]\"'“”«»„‘’.…!?\u00a0\u060c\u061b"


def before(text: str, low: int, verb: int, words: Lexicon) -> Piece | None:
    """The subject that ends at `verb`, no further left than `low`.

    "Amaq, an outlet close to the group, said": what stands between commas before the verb
    is apposition, and the subject is before it.
    """
    low = max(low, _clause_start(text, low, verb, words))
    pieces = _pieces(text, low, verb)
    if not pieces:
        return None
    apposed = text[low:verb].rstrip().endswith((",", "–", "—", ")", "،"))
    if apposed and len(pieces) > 1 and not text[low:verb].rstrip().endswith(")"):
        started = [at for at, piece in enumerate(pieces) if _opens_clause(text, piece, words)]
        pieces = pieces[started[-1] :] if started and started[-1] else pieces
        kept = [piece for piece in pieces if not _is_adjunct(text, piece, words)] or pieces
        if len(kept) > 1 and _is_title(text, kept[0], words) and _is_name(text, kept[1], words):
            kept[0] = kept[0][0], kept[1][1]
        return _clean(text, kept[0], words)
    return _clean(text, pieces[-1], words)


def before_in_second_clause(text: str, low: int, verb: int, words: Lexicon) -> Piece | None:
    """The subject that ends at `verb`, where reporting words stand right before `low`.

    "The army said [the dead were fighters while residents] said": between the two is what was
    said first, and the subject is behind the word that joins the clauses.
    """
    found = before(text, low, verb, words)
    clause = _main_verb(words.code).search(text, *found) if found else None
    if not (found and clause):
        return found
    joins = [
        match.end()
        for match in _conjunction(words.code).finditer(text, clause.end(), found[1])
        if match.group().casefold() not in words.words("prepositions")
    ]
    return _clean(text, (joins[-1], found[1]), words) if joins else found


def is_joined(text: str, low: int, verb: int, words: Lexicon) -> bool:
    """True for "and added", "but on Monday denied": no subject stands before the verb."""
    return bool(_joint(words.code).search(text, max(low, verb - _LOOK_BACK), verb))


def after(text: str, start: int, high: int, words: Lexicon) -> Piece | None:
    """The noun phrase that begins at `start` ("according to X", "said X")."""
    for match in _end_of_phrase(words.code).finditer(text, start, high):
        if match.start() == start:
            return None
        if match.group().strip() == "." and _abbreviated(text, start, match.start(), words):
            continue
        high = match.start()
        break
    return _clean(text, (start, high), words)


def first(text: str, start: int, high: int, words: Lexicon) -> Piece | None:
    """The subject of a main clause that holds no reporting verb ("Amaq released a video")."""
    pieces = _pieces(text, start, high)
    while len(pieces) > 1 and _is_adjunct(text, pieces[0], words):
        del pieces[0]
    if not pieces:
        return None
    low, end = pieces[0]
    verb = _main_verb(words.code).search(text, _skip_openers(text, low, end, words), end)
    if verb is None and is_joined(text, start, high, words):
        return None  # "The mayor rang the army and": where the subject ends is not known
    return _clean(text, (low, verb.start() if verb else end), words)


def _pieces(text: str, low: int, high: int) -> list[Piece]:
    """What stands between commas, dashes and semicolons, without the empty pieces."""
    found = []
    for match in re.finditer(r"(?:(?!\s[-–—]\s|[,;:–—،؛“”\"«»\n]).)+", text[low:high]):
        piece = _strip(text, low + match.start(), low + match.end())
        if piece:
            found.append(piece)
    return found


def _strip(text: str, start: int, end: int) -> Piece | None:
    while start < end and (text[start] in _EDGES or text[start].isspace()) and text[start] != "(":
        start += 1
    while end > start and (text[end - 1] in _EDGES or text[end - 1].isspace()):
        if text[end - 1] == ")" and "(" in text[start:end]:
            break
        if text[end - 1] == "." and text[start:end].endswith((".S.", ".K.", ".N.")):
            break
        end -= 1
    return trim(text, start, end) if start < end else None


def _clean(text: str, piece: Piece, words: Lexicon) -> Piece | None:
    """The phrase without the words around it: conjunctions, adverbs, days, "who fled"."""
    start, end = piece
    start = _skip_openers(text, start, end, words)
    cut = _relative(words.code).search(text, start, end)
    if cut and cut.start() > start:
        end = cut.start()
    found = _strip(text, start, end)
    if found is None or len(text[found[0] : found[1]].split()) > _MOST_WORDS:
        return None
    parts = text[found[0] : found[1]].casefold().split()
    empty = {*words.words("stops"), *words.words("auxiliaries"), *words.words("prepositions")}
    empty.update(words.words("conjunctions"), words.words("adjuncts"), words.words("articles"))
    said = [part for part in parts if part not in empty and any(c.isalpha() for c in part)]
    return found if said else None


def _skip_openers(text: str, start: int, end: int, words: Lexicon) -> int:
    while match := _opener(words.code).match(text, start, end):
        start = match.end()
    return start


def _clause_start(text: str, low: int, verb: int, words: Lexicon) -> int:
    """Where the clause of the verb begins, when a "that" stands before it."""
    starts = [m.end() for m in _that(words.code).finditer(text, low, verb)]
    return starts[-1] if starts and text[starts[-1] : verb].strip() else low


def _opens_clause(text: str, piece: Piece, words: Lexicon) -> bool:
    return bool(_conjunction(words.code).match(text, *piece))


def _is_adjunct(text: str, piece: Piece, words: Lexicon) -> bool:
    return bool(_adjunct(words.code).match(text, *piece))


def _is_title(text: str, piece: Piece, words: Lexicon) -> bool:
    """True for "the mayor": a description, whose name may follow."""
    return text[piece[0] : piece[1]].split(maxsplit=1)[0].casefold() in words.words("articles")


def _is_name(text: str, piece: Piece, words: Lexicon) -> bool:
    """True for two capitalised words or more, and nothing else."""
    parts = text[piece[0] : piece[1]].split()
    return len(parts) > 1 and all(part[:1].isupper() or "-" in part for part in parts)


def _abbreviated(text: str, start: int, dot: int, words: Lexicon) -> bool:
    word = text[start:dot].rsplit(None, 1)[-1:] or [""]
    known = word[0] in words.words("abbreviations") or len(word[0]) == 1
    return known or "." in word[0]


@cache
def _end_of_phrase(code: str) -> re.Pattern[str]:
    words = load(code)
    stops = words.any_of("stops", *())
    joined = rf"|(?<!\w){words.any_of('that')}(?!\w)"
    return re.compile(
        rf"[,;:!?\n“”\"«»،؛؟]|\.|\s[-–—]\s|[–—]|\s\((?![A-Z]{{2,}}\))"
        rf"|\s{stops}(?!\w){joined}|\s(?={phrase_pattern(code)})"
    )


@cache
def _opener(code: str) -> re.Pattern[str]:
    words = load(code)
    keys = ("conjunctions", "openers", "adverbials")
    entries = "|".join(words.any_of(key) for key in keys)
    ending = words.data["adverb_ending"]
    adverb = (
        rf"|(?!(?i:{words.any_of('not_adverbs')})\s)[A-Za-z][a-z]{{3,}}{ending}\s" if ending else ""
    )
    return re.compile(rf"\s*(?:(?i:{entries})\s|{phrase_pattern(code)}\s{adverb})\s*")


@cache
def _relative(code: str) -> re.Pattern[str]:
    words = load(code)
    return re.compile(rf"[\s,]+{words.any_of('relatives')}(?!\w)", re.IGNORECASE)


@cache
def _that(code: str) -> re.Pattern[str]:
    words = load(code)
    opened = "|".join(words.any_of(key) for key in ("pronouns", "articles", "possessives"))
    # "a blast which it said", not "residents who fled said" or "Amaq, which the army bans, said"
    relative = rf"{words.any_of('relatives')}(?=\s+(?:(?:{opened})(?!\w)|(?-i:[A-Z]))[^,،]*\Z)"
    return re.compile(rf"(?<!\w)(?:{words.any_of('that')}|{relative})(?!\w)", re.IGNORECASE)


@cache
def _conjunction(code: str) -> re.Pattern[str]:
    words = load(code)
    return re.compile(rf"(?<!\w){words.any_of('conjunctions')}(?!\w)", re.IGNORECASE)


@cache
def _joint(code: str) -> re.Pattern[str]:
    words = load(code)
    joint = rf"(?<!\w)(?i:{words.any_of('coordinators')})"
    return re.compile(rf"{joint}(?:\s+{phrase_pattern(code)})?[\s,]*\Z")


@cache
def _adjunct(code: str) -> re.Pattern[str]:
    words = load(code)
    entries = rf"{words.any_of('adjuncts')}|{words.any_of('openers')}"
    return re.compile(rf"(?i:(?:{entries})(?!\w))|{phrase_pattern(code)}\s*\Z|\d+\s*\Z")


@cache
def _main_verb(code: str) -> re.Pattern[str]:
    words = load(code)
    endings = words.any_of("verb_endings")
    article = "".join(rf"(?<!\b{a} )" for a in words.words("articles"))
    regular = (
        rf"{article}(?<![-\w])[a-z]{{2,}}{endings}" if words.words("verb_endings") else r"(?!)"
    )
    return re.compile(rf"(?<=\s)(?:{words.any_of('verbs')}|{regular})(?!\w)")
