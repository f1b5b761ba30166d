"""What a stored text is, and its paragraphs."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import regex

from claims.anchoring.white import WHITE

_UNSTORABLE = regex.compile(r"[\x00\ud800-\udfff]")


class TextError(ValueError):
    """A text that cannot be stored; the message is for people."""


class Paragraph(NamedTuple):
    """One line of a text that is not blank.

    `number` counts from 1 over all lines, blank ones too; `start` and `end` are code-point
    offsets, without the line feed; `text` is the line.
    """

    number: int
    start: int
    end: int
    text: str


def clean(text: str) -> str:
    """The text as it is stored: CRLF and CR become LF, and nothing else changes.

    No Unicode normalisation: a quote must stay what the publisher wrote. Raises `TextError`
    on NUL (databases and browsers drop it) and on lone surrogates (no UTF-8 for them).
    """
    found = _UNSTORABLE.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        if found.group() == "\0":
            raise TextError(f"Line {line} holds a NUL character, which no text can keep.")
        raise TextError(f"Line {line} holds half a character (a lone surrogate).")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def sha256(text: str) -> str:
    """The hexadecimal SHA-256 of the text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a text, in order; blank lines are counted but left out."""
    found = []
    start = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip(WHITE):
            found.append(Paragraph(number, start, start + len(line), line))
        start += len(line) + 1
    return found


def paragraph_at(source: str | Sequence[Paragraph], offset: int) -> Paragraph | None:
    """The paragraph at an offset, or None on a blank line or outside the text.

    The line feed that ends a paragraph belongs to it. `source` is a text or its
    `paragraphs(text)`: pass the latter where many offsets are asked for.
    """
    found = paragraphs(source) if isinstance(source, str) else source
    at = bisect_right(found, offset, key=lambda paragraph: paragraph.start) - 1
    if at < 0 or offset > found[at].end:
        return None
    return found[at]
