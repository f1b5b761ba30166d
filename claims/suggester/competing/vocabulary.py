"""A language's words for what claims are about, read from its data file.

`languages/<code>.toml` holds lists and nothing else: `stops` (words that tell nothing), `endings`
and `prefixes` (taken off before words are compared), `negations`, `doubt` (words on whether
something can be believed), and facets, each a table of concepts. Concepts have the same names in
every language, so that "car bomb" and "سيارة مفخخة" are one. `opposites` are pairs of lists of
which only one can be so; `time` has the words of the clock, in minutes of the day.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

_FOLDER = Path(__file__).parent / "languages"
_TOKEN = re.compile(r"\w+")
_SAME = str.maketrans("ىةـ", "يه ", "'’‘ʼ`´")
_SCRIPTS = {"ar": re.compile(r"[\u0600-\u06ff]"), "ru": re.compile(r"[\u0400-\u04ff]")}
_SHORTEST_STEM = 3
_KEY = 2

FACETS = ("cause", "victim", "place", "topic")


class Hit(NamedTuple):
    """A concept in a text: the tokens it stands on, half-open."""

    start: int
    end: int
    name: str


@lru_cache(maxsize=65_536)
def tokens(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: without case, accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", text.translate(_SAME).casefold())
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return tuple(_TOKEN.findall(bare))


class Lists:
    """Phrases by name; `find` takes the longest first, and no word for two of them."""

    def __init__(self, table: dict[str, str]) -> None:
        self._by_start: dict[str, list[tuple[tuple[str, ...], bool, str]]] = defaultdict(list)
        for name, entries in table.items():
            for entry in split(entries):
                phrase = tokens(entry.rstrip("*"))
                self._by_start[phrase[0][:_KEY]].append((phrase, entry.endswith("*"), name))
        for found in self._by_start.values():
            found.sort(key=lambda one: (-len(one[0]), one[1], -len(one[0][-1])))

    def find(self, words: tuple[str, ...]) -> list[Hit]:
        """The phrases in `words`, in order."""
        hits, at = [], 0
        while at < len(words):
            hit = self._at(words, at)
            if hit:
                hits.append(hit)
            at = hit.end if hit else at + 1
        return hits

    def _at(self, words: tuple[str, ...], at: int) -> Hit | None:
        for phrase, begins, name in self._by_start.get(words[at][:_KEY], ()):
            end = at + len(phrase)
            *whole, last = phrase
            if end > len(words) or words[at : end - 1] != tuple(whole):
                continue
            if words[end - 1] == last or (begins and words[end - 1].startswith(last)):
                return Hit(at, end, name)
        return None


@dataclass(frozen=True)
class Vocabulary:
    """One language, ready to read with."""

    stops: frozenset[str]
    endings: tuple[str, ...]
    prefixes: tuple[str, ...]
    facets: dict[str, Lists]
    opposites: dict[str, Lists]
    negations: Lists
    doubt: Lists
    clock: dict[str, Any]

    def stem(self, word: str) -> str:
        """The word without what its language puts before and behind it."""
        for prefix in self.prefixes:
            if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST_STEM:
                word = word.removeprefix(prefix)
                break
        for ending in self.endings:
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
                return word.removesuffix(ending)
        return word


@cache
def split(value: str) -> tuple[str, ...]:
    """The entries of a comma-separated list."""
    return tuple(" ".join(entry.split()) for entry in value.split(",") if entry.strip())


def _folded(entries: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for entry in entries for word in tokens(entry))


@cache
def load(code: str) -> Vocabulary:
    """The words of a language; of one without a data file, nothing but the words themselves."""
    path = _FOLDER / f"{code}.toml"
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    said_of_no = {"no": data.get("negations", ""), "": data.get("not_negating", "")}
    pairs = data.get("opposites", {})
    return Vocabulary(
        stops=frozenset(_folded(split(data.get("stops", "")))),
        endings=_folded(split(data.get("endings", ""))),
        prefixes=_folded(split(data.get("prefixes", ""))),
        facets={facet: Lists(data.get(facet, {})) for facet in FACETS},
        opposites={name: Lists({"0": one, "1": other}) for name, (one, other) in pairs.items()},
        negations=Lists(said_of_no),
        doubt=Lists({"doubt": data.get("doubt", "")}),
        clock={"before": data.get("before", ""), "after": data.get("after", "")}
        | data.get("time", {}),
    )


def vocabulary(language: str, sample: str) -> Vocabulary:
    """The words for a BCP 47 tag; without one, the script of `sample` decides."""
    if language:
        return load(re.split("[-_]", language.casefold())[0])
    letters = sum(c.isalpha() for c in sample)
    for code, script in _SCRIPTS.items():
        if 2 * len(script.findall(sample)) > letters:
            return load(code)
    return load("en")
