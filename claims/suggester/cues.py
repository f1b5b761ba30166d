"""Reporting words: where they are in a stretch of text, and what each does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from claims.suggester.lexicon import EFFECTS, Lexicon, alternation, load
from claims.suggester.times import phrase_pattern

_WORD = re.compile(r"\w")
_WORD_BEFORE = re.compile(r"([\w'’.-]+)\s*\Z")
_LOOK_BACK = 60


@dataclass(frozen=True)
class Cue:
    """Reporting words at `start:end`; the verb itself at `verb_start:verb_end`.

    `effect` is one of `lexicon.EFFECTS`; `form` is `finite`, `participle`, `weak`,
    `according` or `noun`. `negated` where the words say that it was not said ("declined to
    confirm"); `passive` where the subject is not the speaker ("was reported by").
    """

    start: int
    end: int
    verb_start: int
    verb_end: int
    effect: str
    form: str
    negated: bool
    passive: bool


def cues(text: str, start: int, end: int, words: Lexicon, limit: int = -1) -> list[Cue]:
    """The reporting words within `text[start:end]`, in order.

    None of them reaches over `limit`, the start of the content, when they begin before it.
    """
    found: list[Cue] = []
    for match in _pattern(words.code).finditer(text, start, end):
        if found and match.start("verb") < found[-1].end:
            continue  # the object of the verb before it: "rejected allegations"
        effect, form = words.effect(match["verb"].replace("’", "'"))
        stop = limit if match.end() <= limit else end
        if not _is_reporting(text, match, form, stop, words):
            continue
        opens = words.subject_first and not _WORD.search(text, start, match.start())
        if opens and form == "finite":  # "Asked about the fire, the mayor said"
            form = "participle"
        passive = _ends_in_passive(match["lead"], words)
        if passive and form in ("participle", "weak"):  # "is saying"; "there were reports"
            form, passive = ("finite" if form == "participle" else "noun"), False
        tail = _tail(words.code).match(text, match.end("verb"), stop)
        last = tail.end() if tail else match.end("verb")
        first = match.start("lead") if match["lead"] and form != "noun" else match.start("verb")
        negated = _negated(text, start, match.start("verb"), words)
        found.append(Cue(first, last, *match.span("verb"), effect, form, negated, passive))
    return found


@cache
def _pattern(code: str) -> re.Pattern[str]:
    words = load(code)
    verbs = [
        v for e in EFFECTS for f in ("finite", "participle", "weak") for v in words.words(e, f)
    ]
    verbs += [*words.words("according", "phrases"), *words.words("reported_nouns")]
    ending = words.data["adverb_ending"]
    adverb = rf"(?!{words.any_of('not_adverbs')}\s)(?-i:[a-z]{{3,}}{ending})" if ending else r"(?!)"
    proclitic = f"[{words.data['proclitics']}]?" if "proclitics" in words.data else ""
    helpers = rf"{words.any_of('auxiliaries')}|{words.any_of('negations')}"
    lead = rf"(?P<lead>(?:(?:{helpers}|{adverb})\s+){{0,4}})"
    verb = rf"(?P<verb>{alternation(tuple(verbs))})"
    return re.compile(rf"(?<![\w’'-]){lead}{proclitic}{verb}(?![\w-])", re.IGNORECASE)


@cache
def _tail(code: str) -> re.Pattern[str]:
    words = load(code)
    nouns = rf"(?:{words.any_of('noun_openers')}\s+)*{words.any_of('reported_nouns')}"
    extra = rf"(?:(?i:{words.any_of('adverbials')}|{nouns})|{phrase_pattern(code)})"
    return re.compile(rf"(?:\s+{extra}(?!\w)){{1,3}}")


@cache
def _opening(code: str) -> re.Pattern[str]:
    words = load(code)
    that = words.any_of("that")
    return re.compile(rf"\s*(?:{that}\b|[“\"«„:])", re.IGNORECASE)


def _is_reporting(text: str, match: re.Match[str], form: str, stop: int, words: Lexicon) -> bool:
    """False for words that look like reporting and are not: "the alleged raid", "a report"."""
    before = _WORD_BEFORE.search(text, max(0, match.start() - _LOOK_BACK), match.start())
    word = before[1].casefold() if before else ""
    modifier = word in words.words("articles") or word in words.words("possessives")
    if form == "finite":
        return not modifier or bool(match["lead"])
    if form not in ("weak", "noun"):
        return True
    tail = _tail(words.code).match(text, match.end(), stop)
    after = tail.end() if tail else match.end()
    at_content = not text[after:stop].strip() if stop - after < _LOOK_BACK else False
    opens = bool(_opening(words.code).match(text, after)) or at_content
    if form == "noun":
        return opens
    possessive = word.endswith(("'s", "’s", "s'", "s’"))
    noun = possessive or word in words.words("determiners") or word in words.words("prepositions")
    return opens and not noun


def _ends_in_passive(lead: str, words: Lexicon) -> bool:
    passive = set(words.words("passive"))
    verbs = [word for word in lead.casefold().split() if word in words.words("auxiliaries")]
    return any(word in passive for word in verbs)


def _negated(text: str, start: int, verb: int, words: Lexicon) -> bool:
    before = text[max(start, verb - _LOOK_BACK) : verb]
    negation = words.any_of("negations")
    adverb = rf"(?:\w+{words.data['adverb_ending']}\s+)?" if words.data["adverb_ending"] else ""
    pattern = rf"(?<!\w){negation}\s+{adverb}(?:\w+\s+)?\Z"
    return bool(re.search(pattern, before.replace("’", "'"), re.IGNORECASE))
