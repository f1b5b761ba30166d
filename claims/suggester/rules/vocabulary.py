"""The words of a language's data file as the rules look them up: by a token's lower case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from claims.suggester.lexicon import EFFECTS, Lexicon, load
from claims.suggester.times import names

FRAMES = ("speech", "utter", "judge", "mind", "wish", "back", "about")
SPEAKS = frozenset(("speech", "utter"))
FORMS = ("base", "finite", "perfect", "participle")
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Verb:
    """One form of a reporting verb: the words of it, what it may take, and which form it is."""

    phrase: Phrase
    frames: frozenset[str]
    form: str

    @property
    def speaks(self) -> bool:
        """Whether it is a verb of speech, which may stand behind what is said."""
        return not SPEAKS.isdisjoint(self.frames)


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language; every set holds casefolded words."""

    words: Lexicon
    verbs: dict[str, tuple[Verb, ...]]  # by first word, longest phrase first
    sets: dict[str, frozenset[str]]
    phrases: dict[str, dict[str, tuple[Phrase, ...]]]  # by list, then by first word

    def is_in(self, word: str, *names: str) -> bool:
        """Whether a word is in one of the lists named."""
        return any(word in self.sets[name] for name in names)


LISTS = (
    "that articles passive possessives not_adverbs pronouns conjunctions coordinators prepositions relatives openers"
    " auxiliaries negations adjuncts verbs documents"
).split()


@cache
def vocabulary(code: str) -> Vocabulary:
    """The vocabulary of a language that has a data file."""
    words = load(code)
    rules = words.table("rules")
    frames: dict[tuple[Phrase, str], set[str]] = {}
    for frame in FRAMES:
        for form in FORMS:
            for phrase in words.words("rules", frame, form):
                frames.setdefault((tuple(phrase.casefold().split()), form), set()).add(frame)
    known = {phrase for phrase, _ in frames}
    for effect in EFFECTS:
        for form in ("finite", "participle"):
            for phrase in words.words(effect, form):
                parts = tuple(phrase.casefold().split())
                if parts not in known:
                    frames.setdefault((parts, form), set()).add("speech")
    verbs: dict[str, list[Verb]] = {}
    for (phrase, form), each in frames.items():
        verbs.setdefault(phrase[0], []).append(Verb(phrase, frozenset(each), form))
    sets = {name: frozenset(word.casefold() for word in words.words(name)) for name in LISTS}
    for name in rules.get("words", {}):
        sets[name] = frozenset(word.casefold() for word in words.words("rules", "words", name))
    sets["according"] = frozenset(p.casefold() for p in words.words("according", "phrases"))
    sets["days"] = frozenset((*names(words, "weekdays"), *names(words, "months")))
    return Vocabulary(
        words,
        {word: _longest(each) for word, each in verbs.items()},
        sets,
        {
            name: _by_first(tuple(word.casefold().split()) for word in sorted(sets[name]))
            for name in sets
        },
    )


def _longest(verbs: Iterable[Verb]) -> tuple[Verb, ...]:
    return tuple(sorted(verbs, key=lambda verb: -len(verb.phrase)))


def _by_first(phrases: Iterable[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        found.setdefault(phrase[0], []).append(phrase)
    return {word: tuple(sorted(each, key=len, reverse=True)) for word, each in found.items()}
