"""The words of a language's data file as the rules look them up: by a token's lower case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from claims.suggester.lexicon import EFFECTS, load
from claims.suggester.times import names

FRAMES = ("speech", "utter", "judge", "mind", "wish", "back", "about")
FORMS = ("base", "finite", "perfect", "participle")
Phrase = tuple[str, ...]

_SHORT = 3
_SPEAKS = frozenset(("speech", "utter"))
_SHARED = (  # lists that the proposals for a selection use as well
    "that articles possessives coordinators prepositions relatives openers adjuncts verbs"
    " not_adverbs agent as pronouns"
).split()
_ALIKE = {"where": ("adjuncts",), "subjects": ("pronouns",), "breaks": ("that",)}


@dataclass(frozen=True)
class Verb:
    """One form of a reporting verb: the words of it, what it may take, and which form it is."""

    phrase: Phrase
    frames: frozenset[str]
    form: str

    @property
    def speaks(self) -> bool:
        """Whether it is a verb of speech, which may stand behind what is said."""
        return not _SPEAKS.isdisjoint(self.frames)


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language, casefolded; a list that it does not have is empty."""

    verbs: Mapping[str, tuple[Verb, ...]]  # by first word, longest phrase first
    lists: Mapping[str, frozenset[str]]
    according: Mapping[str, tuple[Phrase, ...]]  # by first word
    subject_first: bool
    adverb_ending: str
    proclitics: str

    def has(self, word: str, *lists: str) -> bool:
        """Whether a word is in one of the lists named."""
        return any(word in self.lists[name] for name in lists)

    def ends(self, word: str, endings: str) -> bool:
        """Whether a word has one of the endings of a list."""
        return word.endswith(tuple(self.lists[endings]))

    def begins(self, word: str, beginnings: str) -> bool:
        """Whether a word of some length begins with one of a list's letters."""
        return len(word) > _SHORT and word.startswith(tuple(self.lists[beginnings]))

    def bare(self, word: str) -> str:
        """A verb without the "and" that some languages join to it."""
        if self.proclitics and word not in self.verbs and word[:1] in self.proclitics:
            return word[1:]
        return word

    def is_adverb(self, word: str) -> bool:
        """Whether a word ends as adverbs do: "flatly", not "family"."""
        ending = self.adverb_ending
        return bool(ending) and word.endswith(ending) and word not in self.lists["not_adverbs"]


@cache
def vocabulary(code: str) -> Vocabulary:
    """The vocabulary of a language that has a data file."""
    words = load(code)
    lists: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for name in _SHARED:
        lists[name] = frozenset(word.casefold() for word in words.words(name))
    for name in words.table("rules").get("words", {}):
        lists[name] = frozenset(word.casefold() for word in words.words("rules", "words", name))
    for name, shared in _ALIKE.items():
        lists[name] |= frozenset().union(*(lists[one] for one in shared))
    lists["days"] = frozenset((*names(words, "weekdays"), *names(words, "months")))
    according = [tuple(p.casefold().split()) for p in words.words("according", "phrases")]
    return Vocabulary(
        verbs=_verbs(code),
        lists=lists,
        according=_by_first(according),
        subject_first=words.subject_first,
        adverb_ending=words.data["adverb_ending"],
        proclitics=words.data.get("proclitics", ""),
    )


def _verbs(code: str) -> dict[str, tuple[Verb, ...]]:
    """Those of the tables `rules`, and the verbs that the proposals know besides."""
    words = load(code)
    frames: dict[tuple[Phrase, str], set[str]] = {}
    for frame in FRAMES:
        for form in FORMS:
            for entry in words.words("rules", frame, form):
                frames.setdefault((tuple(entry.casefold().split()), form), set()).add(frame)
    known = {phrase for phrase, _ in frames}
    for effect in EFFECTS:
        for form in ("finite", "participle"):
            for entry in words.words(effect, form):
                parts = tuple(entry.casefold().split())
                if parts not in known:
                    frames.setdefault((parts, form), set()).add("speech")
    verbs: defaultdict[str, list[Verb]] = defaultdict(list)
    for (phrase, form), each in frames.items():
        verbs[phrase[0]].append(Verb(phrase, frozenset(each), form))
    return {
        word: tuple(sorted(each, key=lambda verb: -len(verb.phrase)))
        for word, each in verbs.items()
    }


def _by_first(phrases: Iterable[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    found: defaultdict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        found[phrase[0]].append(phrase)
    return {word: tuple(sorted(each, key=len, reverse=True)) for word, each in found.items()}
