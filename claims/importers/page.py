"""What reading one file gives."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class ReadError(ValueError):
    """A file that gives no article; the message says what it is and what to do about it."""


class Page(NamedTuple):
    """An article as it was read from a file: proposals for a person to check.

    `text` is clean (`claims.anchoring.text.clean`), one paragraph a line, plain characters
    with no mark-up. `title`, `publisher` and `byline` are "" and `published_on` is None where
    the file does not say. `language` is a BCP 47 tag or "". `url` is an http(s) address or "".
    `encoding` is the way in which it was read: one of `decode.ENCODINGS`, or of the format's own
    `WAYS`; `sure` is False where it was guessed. `notes` are sentences on what the text is
    without, or may have wrong, compared with the file.
    """

    text: str
    title: str
    publisher: str
    byline: str
    published_on: date | None
    language: str
    url: str
    encoding: str
    sure: bool
    notes: tuple[str, ...] = ()
