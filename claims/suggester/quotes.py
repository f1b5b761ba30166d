"""Quotations: which parts of a paragraph stand in quotation marks.

Marks are read within one paragraph, because a quotation that runs on is opened again at the
start of the next one. Straight marks tell nothing of their side; it is read from the white
space beside them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from claims.records import Speech

# opening mark -> what may close it
_PAIRS = {
    "“": "”“",
    "„": "“”„",
    "«": "»",
    "»": "«",
    "‘": "’",
    "‚": "‘’",
    "‹": "›",
    "「": "」",
    "『": "』",
    '"': '"',
    "'": "'’",
}
_TYPED = ("''", "``")  # two strokes for a double mark, as old wires and typewriters set it
_MARK = re.compile(
    "|".join(_TYPED)
    + "|["
    + "".join({c for pair in _PAIRS.items() for c in pair[0] + pair[1]})
    + "]"
)
_WORD = re.compile(r"\w+(?:['’.\-]\w+)*")
_LONGEST_PARAGRAPH = 20_000
# Marks that always open one; the others only where white space or a bracket stands before.
_CLEAR = "“„«「『‹"


def quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The insides of the quotations in the paragraphs that `text[start:end]` touches.

    Offsets are code points of the whole text, without the marks, outermost quotations only.
    A clear opening mark that is never closed runs to the end of its paragraph, and so does any
    that the paragraph begins with.
    """
    first = max(text.rfind("\n", 0, start) + 1, start - _LONGEST_PARAGRAPH)
    last = text.find("\n", end)
    last = min(len(text) if last < 0 else last, end + _LONGEST_PARAGRAPH)
    found = []
    while first < last:
        stop = text.find("\n", first, last)
        stop = last if stop < 0 else stop
        found += _of_paragraph(text, first, stop)
        first = stop + 1
    return found


def speech(
    text: str, start: int, end: int, inside: Sequence[tuple[int, int]] | None = None
) -> Speech:
    """Direct when every word of `text[start:end]` is quoted, mixed when some are.

    `inside` are the quotations of the text, for who has looked them up already.

    The length is that of the selection: "fully liberated", selected with its marks or
    without, is direct; selected with the words around it, mixed.
    """
    if inside is None:
        inside = quotations(text, start, end)
    words = [match.span() for match in _WORD.finditer(text, start, end)]
    quoted = 0
    for first, last in words:
        at = bisect_right(inside, (first, len(text))) - 1
        quoted += at >= 0 and last <= inside[at][1]
    if not quoted:
        return Speech.INDIRECT
    return Speech.DIRECT if quoted == len(words) else Speech.MIXED


def _of_paragraph(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    opened = -1
    closers = ""
    for match in _MARK.finditer(text, start, end):
        at, mark = match.start(), match.group()
        if mark in _TYPED:
            if opened < 0:
                opened, closers = match.end(), "''"
            elif closers == "''":
                found.append((opened, at))
                opened = -1
        elif opened < 0:
            if mark in _PAIRS and _opens(text, at, start, end):
                opened, closers = at + 1, _PAIRS[mark]
        elif closers != "''" and mark in closers and _closes(text, at, start, end):
            found.append((opened, at))
            opened = -1
    if opened > 0 and (text[opened - 1] in _CLEAR or closers == "''" or opened == start + 1):
        found.append((opened, end))
    return found


def _opens(text: str, at: int, start: int, end: int) -> bool:
    if at + 1 >= end or text[at + 1].isspace():
        return text[at] == "«" and at + 1 < end  # French sets a space inside
    return text[at] in _CLEAR or at == start or not text[at - 1].isalnum()


def _closes(text: str, at: int, start: int, end: int) -> bool:
    if text[at] in "'’‘":  # an apostrophe has a letter after it, or a space before
        return not text[at - 1].isspace() and (at + 1 >= end or not text[at + 1].isalnum())
    return (
        text[at] in "»«"
        or not text[at - 1].isspace()
        or at + 1 >= end
        or not text[at + 1].isalnum()
    )
