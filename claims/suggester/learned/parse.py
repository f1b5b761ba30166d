"""The parse of spaCy, where it and a model for the language are installed. Nothing needs it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

Parse = Callable[[Sequence[str]], list[tuple[str, str]]]
"""For each word of a passage its part of speech, and what it is to the word it depends on."""


@dataclass(frozen=True)
class Aids:
    """What helps to read a language beside what was learned.

    `code` names its word lists, `parser` an installed model of spaCy; empty for none.
    """

    code: str = ""
    parser: str = ""

    @property
    def parse(self) -> Parse | None:
        """The parser; None where there is none."""
        return _load(self.parser) if self.parser else None


def installed() -> list[str]:
    """The names of spaCy's models on this machine."""
    try:
        spacy = import_module("spacy")
    except ImportError:
        return []
    return sorted(spacy.util.get_installed_models())


def parser_for(language: str) -> str:
    """The first installed model for a language; empty where there is none."""
    return next((name for name in installed() if name.startswith(f"{language}_")), "")


@lru_cache(maxsize=2)
def _load(name: str) -> Parse:
    spacy = import_module("spacy")
    read = spacy.load(name, exclude=["ner", "lemmatizer"])

    def parse(words: Sequence[str]) -> list[tuple[str, str]]:
        made = read(spacy.tokens.Doc(read.vocab, words=list(words)))
        return [(str(word.pos_), str(word.dep_)) for word in made]

    return parse
