"""Sentences within a paragraph, by rules.

A proposal needs the sentence around a selection, and the cursor steps by sentences. Rules
with a list of abbreviations are enough for that, and give the same answer every time.
"""

from __future__ import annotations

import regex

from claims.anchoring.abbreviations import BEFORE_A_NUMBER, MAY_END, NEVER_END, STARTERS
from claims.anchoring.white import WHITE

_CLOSERS = "\"'”’»›“‘)\\]}】」』》"  # “ and ‘ close a quotation in German and Czech
_OPENERS = WHITE + "\"'“‘„«‹([{【「『《¿¡\u200e\u200f\u202a\u202b\u2066\u2067"
_END = regex.compile(
    rf"(?:[.!?…؟۔।॥։።]+[{_CLOSERS}\u200e\u200f\u202c\u2069]*(?:\[\d+\])*(?=[{WHITE}]|\Z)"
    rf"|[。！？｡．]+[{_CLOSERS}]*)"
)
_LAST_WORD = regex.compile(r"[\p{L}\p{M}\p{N}.’'-]*\Z")
_NEXT_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_DOTTED = regex.compile(r"\p{L}(?:\.\p{L})+")  # U.S, a.m, т.е
_LONGEST_WORD = 40


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of `text[start:end]`, in order, as trimmed (start, end) offsets.

    A line feed always ends a sentence. Raises nothing: offsets outside the text are cut.
    """
    found: list[tuple[int, int]] = []
    line_start, end = max(start, 0), min(end, len(text))
    while line_start < end:
        line_end = text.find("\n", line_start, end)
        line_end = end if line_end < 0 else line_end
        found.extend(_of_line(text, line_start, line_end))
        line_start = line_end + 1
    return found


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """The offsets of the sentence, or run of sentences, that holds `text[start:end]`.

    It never reaches over the paragraphs that the span itself touches, and always holds the
    whole span.
    """
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", max(start, end - 1))
    line_end = len(text) if line_end < 0 else line_end
    touched = [
        (first, last)
        for first, last in sentences(text, line_start, line_end)
        if first < max(end, start + 1) and last > start
    ]
    if not touched:
        return start, end
    return min(start, touched[0][0]), max(end, touched[-1][1])


def _of_line(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    begin = _skip_white(text, start, end)
    for mark in _END.finditer(text, start, end):
        if mark.end() > begin and _ends(text, begin, mark.start(), mark.end(), end):
            found.append((begin, mark.end()))
            begin = _skip_white(text, mark.end(), end)
    if begin < end:
        found.append((begin, start + len(text[start:end].rstrip(WHITE))))
    return found


def _skip_white(text: str, start: int, end: int) -> int:
    while start < end and text[start] in WHITE:
        start += 1
    return start


def _ends(text: str, begin: int, mark: int, after: int, end: int) -> bool:
    """True where the mark at `mark` (through `after`) ends the sentence begun at `begin`."""
    following = after
    while following < end and text[following] in _OPENERS:
        following += 1
    if following >= end:
        return True
    if text[following].islower() and text[mark] not in "。！？｡．":
        return False  # “Why?” he asked
    if text[mark] != "." or after - mark > 1:
        return True
    last = _LAST_WORD.search(text, max(begin, mark - _LONGEST_WORD), mark)
    word = last.group().lstrip("'’-") if last else ""
    if word.isdecimal():
        return mark - len(word) > begin  # "1. First point" is one sentence
    following_word = _NEXT_WORD.match(text, following, end)
    return _word_ends(word, following_word.group() if following_word else "")


def _word_ends(word: str, following: str) -> bool:
    """True where a full stop after `word`, with `following` next, ends a sentence."""
    lower = word.lower()
    if lower in NEVER_END:
        return False
    if lower in BEFORE_A_NUMBER:
        return not following[:1].isdecimal()
    initial = len(word) == 1 and word.isalpha() and not word.islower()
    if lower in MAY_END or initial or _DOTTED.fullmatch(word):
        return following.lower() in STARTERS
    return True
