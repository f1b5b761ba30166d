"""What a file of many articles gives, one after the other."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from claims.records import ArticleType


class Many(NamedTuple):
    """One article of a file; `where` says in which file of the ZIP, or in which line.

    `original` is kept byte for byte under `original_name`; `encoding` is how it was read, and
    `notes` what the text is without, as in `Page`.
    """

    number: int
    where: str
    title: str
    text: str
    publisher: str
    url: str
    archive_url: str
    byline: str
    published_on: date | None
    language: str
    type: str
    original: bytes
    original_name: str
    media_type: str
    encoding: str
    notes: tuple[str, ...] = ()


class Problem(NamedTuple):
    """Why an item of the file gives no article; `field` may be empty."""

    number: int
    where: str
    field: str
    why: str


class Note(NamedTuple):
    """What a person should know of the file as a whole."""

    text: str


Found = Many | Problem | Note
ARTICLE = ArticleType.ARTICLE.value
