"""A language's words, read from its data file and made into patterns.

`languages/<code>.toml` holds the words and nothing else: reporting verbs by what they do
(`says`, `denies`, `demands`, `judges`; `finite` forms need a subject beside them,
`participle` forms share the main verb's, `weak` forms are nouns as often as verbs and need
"that" or a quotation after them), the words around them, and the words of dates. The tables
`numbers` and `figures` are optional: without them no figure is proposed; `rules` is what the
rules look for besides when they read a whole text (docs/suggestions.md).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "languages"
_SCRIPTS = {"ar": re.compile(r"[\u0600-\u06ff]"), "ru": re.compile(r"[\u0400-\u04ff]")}
_LETTER = re.compile(r"[^\W\d_]")

EFFECTS = ("says", "denies", "demands", "judges")


@dataclass(frozen=True)
class Lexicon:
    """One language: `words(key)` gives a list of the data file, the rest is derived."""

    code: str
    data: dict[str, Any]

    @property
    def subject_first(self) -> bool:
        """True where the subject stands before its verb ("officials said")."""
        return bool(self.data["subject"] == "before")

    def table(self, name: str) -> dict[str, Any]:
        """A table of the data file; empty where the language has none."""
        found = self.data.get(name, {})
        return found if isinstance(found, dict) else {}

    def words(self, *path: str) -> tuple[str, ...]:
        """The list at `path` in the data file; empty where there is none."""
        value: Any = self.data
        for key in path:
            value = value.get(key, {})
        return split(value) if isinstance(value, str) else ()

    def effect(self, verb: str) -> tuple[str, str]:
        """`(effect, form)` of a reporting word as it stands in the text."""
        return _effects(self.code)[" ".join(verb.casefold().split())]

    def any_of(self, *path: str) -> str:
        """A pattern that matches any word of the list at `path`; never, where it is empty."""
        return alternation(self.words(*path))


@cache
def split(value: str) -> tuple[str, ...]:
    """The entries of a comma-separated list."""
    return tuple(" ".join(entry.split()) for entry in value.split(",") if entry.strip())


@cache
def alternation(words: tuple[str, ...]) -> str:
    """A pattern for any of the words, longest first, with any white space between their parts."""
    if not words:
        return r"(?!)"
    ordered = sorted(words, key=len, reverse=True)
    return (
        "(?:"
        + "|".join(re.escape(w).replace(r"\ ", r"\s+").replace("'", "['’]") for w in ordered)
        + ")"
    )


@cache
def available() -> tuple[str, ...]:
    """Codes of the languages that have a data file."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@cache
def load(code: str) -> Lexicon:
    """The words of a language that has a data file; `FileNotFoundError` where there is none."""
    data = tomllib.loads((_FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    return Lexicon(code, data)


@cache
def _effects(code: str) -> dict[str, tuple[str, str]]:
    lexicon = load(code)
    found = {}
    for effect in EFFECTS:
        for form in ("weak", "participle", "finite"):
            for verb in lexicon.words(effect, form):
                found[verb.casefold().replace("’", "'")] = (effect, form)
    for phrase in lexicon.words("according", "phrases"):
        found[phrase] = ("says", "according")
    for noun in lexicon.words("reported_nouns"):
        found.setdefault(noun, ("says", "noun"))
    return found


def lexicon(language: str | None, sample: str = "") -> Lexicon | None:
    """The words for a BCP 47 tag; None where there is no data file for that language.

    Without a tag the script of `sample` decides: mostly Arabic letters mean Arabic, mostly
    Cyrillic ones Russian, all else English.
    """
    if language:
        code = language.split("-")[0].split("_")[0].casefold()
        return load(code) if code in available() else None
    letters = len(_LETTER.findall(sample))
    for code, script in _SCRIPTS.items():
        if letters and 2 * len(script.findall(sample)) > letters:
            return load(code)
    return load("en")
