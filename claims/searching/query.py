"""What a person types, as what has to be found. Anything can be typed; nothing is an error."""

from __future__ import annotations

from typing import NamedTuple

import regex

from claims.searching.words import words

MOST_TERMS = 20
_QUOTES = '"“”„‟«»〝〞'
_PIECE = regex.compile(
    rf"[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)(?P<end>[{_QUOTES}]?)|[^\s{_QUOTES}]+"
)


class Term(NamedTuple):
    """Words that stand one after the other; of the last one, with `prefix`, the beginning."""

    words: tuple[str, ...]
    prefix: bool = False

    def says(self, typed: list[str]) -> str:
        """For a person: what the term finds; `typed` are its words as they were typed."""
        *before, last = typed
        if not self.prefix:
            return f"“{' '.join(typed)}” as a phrase" if before else f"the word “{last}”"
        begins = f"a word that begins with “{last}”"
        return f"“{' '.join(before)}” and, right after it, {begins}" if before else begins


class Query(NamedTuple):
    """All of `terms` have to be found; `told` says of each what it finds, for a person.

    `left_out` is how many more were typed.
    """

    terms: tuple[Term, ...] = ()
    told: tuple[str, ...] = ()
    left_out: int = 0


def parse(text: str) -> Query:
    """The query that `text` is.

    Every word counts, in any order; in quotation marks, or written together ("al-Qaim"), words
    count as a phrase. A word with `*` is a beginning, and so is the last one until a space or a
    closing mark ends it; a number is whole ("25" is not 250).
    """
    terms: dict[Term, str] = {}
    for piece in _PIECE.finditer(text):
        phrase = piece["phrase"]
        typed = piece.group() if phrase is None else phrase
        found = list(words(typed))
        if not found:
            continue
        open_ended = piece.end() == len(text) and not piece["end"] and not typed[-1].isspace()
        prefix = typed.endswith("*") or (open_ended and not found[-1].text.isdecimal())
        term = Term(tuple(word.text for word in found), prefix)
        places = dict.fromkeys((word.start, word.end) for word in found)
        terms.setdefault(term, term.says([typed[start:end] for start, end in places]))
    count = min(len(terms), MOST_TERMS)
    return Query(tuple(terms)[:count], tuple(terms.values())[:count], len(terms) - count)
