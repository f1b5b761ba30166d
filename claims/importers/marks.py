"""What annotation tools put on texts: marks, ties between them, and remarks."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from claims.anchoring.text import sha256
from claims.importers.places import Ground, Place
from claims.records import SpanRole
from claims.records.cells import ID_PATTERN

MOST_MARKS = 200_000
"""Of one file; what becomes of each is held in memory until all are known."""
_UNREADABLE = re.compile("[\0\ud800-\udfff]")
_OF_OURS = re.compile(ID_PATTERN)
_DIGITS = re.compile(r"\d+", re.ASCII)
_MOST_ORDER = 0xFFFFFFF


class There(NamedTuple):
    """A text that the desk has: of which article, and as which of its texts.

    `newest`: no later text of the article is there. `deleted`: the article is.
    """

    article_id: str
    number: int
    revision_id: str
    title: str
    text: str
    newest: bool = True
    deleted: bool = False


class Standing(NamedTuple):
    """What the desk has already of a file: by claim its incident ("" for none), and the links.

    Deleted ones are among them, a deleted claim with no incident. `pairs` are the links between
    these claims that are not deleted: the relation, and both claims in its direction.
    """

    incidents: dict[str, str]
    links: set[str]
    pairs: AbstractSet[tuple[str, str, str]] = frozenset()


class Said(NamedTuple):
    """A claim of the desk: on which text, of whom, and where its words stand (code points)."""

    claim_id: str
    kind: str
    source_id: str
    source: str
    revision_id: str
    places: tuple[tuple[int, int], ...]


Noted = tuple[str, str]
"""A claim, and the text of a comment on it."""


class Library(Protocol):
    """What a reader may ask of the desk that it reads for."""

    def by_text(self, digest: str, article_id: str = "") -> There | None:
        """The text with this SHA-256, of this article if it has it."""
        ...

    def by_revision(self, uid: str) -> There | None:
        """A text by its public id."""
        ...

    def by_address(self, url: str) -> list[There]:
        """The newest texts of the articles that were published, or are archived, there."""
        ...

    def has_article(self, uid: str) -> bool:
        """Whether an article of this public id is there, deleted or not."""
        ...

    def standing(self, claims: list[str], links: list[str]) -> Standing:
        """Which of these the desk has."""
        ...

    def said(self, revisions: list[str]) -> list[Said]:
        """The claims on these texts, the oldest first: those that who imports may see."""
        ...

    def noted(self, claims: list[str]) -> set[Noted]:
        """What is noted on these claims."""
        ...


class Shelf:
    """A library of texts that are given; without any, of a desk with nothing at it."""

    def __init__(self, *texts: There) -> None:
        self.texts = texts

    def by_text(self, digest: str, article_id: str = "") -> There | None:
        found = [one for one in self.texts if sha256(one.text) == digest]
        own = [one for one in found if one.article_id == article_id]
        return next(iter(own or found), None)

    def by_revision(self, uid: str) -> There | None:
        return next((one for one in self.texts if one.revision_id == uid), None)

    def by_address(self, url: str) -> list[There]:
        return []

    def has_article(self, uid: str) -> bool:
        return any(one.article_id == uid for one in self.texts)

    def standing(self, claims: list[str], links: list[str]) -> Standing:
        return Standing({}, set())

    def said(self, revisions: list[str]) -> list[Said]:
        return []

    def noted(self, claims: list[str]) -> set[Noted]:
        return set()


@dataclass
class Sheet:
    """A text that something is marked on, on a line of a file.

    `there`: the desk has it. Else it is made, from `original`, the bytes that it came as.
    """

    file: str
    line: int
    ground: Ground
    original: bytes = b""
    original_name: str = ""
    title: str = ""
    article_id: str = ""
    there: There | None = None
    digest: str = ""
    scope: str = ""

    def __post_init__(self) -> None:
        self.digest = self.digest or sha256(self.ground.text)


@dataclass
class Mark:
    """Words with labels. `key` is its own in the whole file, `id` on its text.

    `own` are the columns of a claim of ours, where the mark is one; `figures` go with it. `part`:
    what of an attribution its labels name, once they are read.
    """

    key: str
    id: str
    line: int
    sheet: Sheet
    places: list[Place]
    labels: list[str]
    by: str = ""
    at: datetime | None = None
    own: dict[str, Any] | None = None
    figures: Any = field(default_factory=list)
    part: SpanRole | None = None


@dataclass
class Tie:
    """A relation of a type from one mark to another, or `more`; `own` as with marks."""

    id: str
    line: int
    file: str
    name: str
    start: str
    end: str
    more: tuple[str, ...] = ()
    both_ways: bool = False
    by: str = ""
    at: datetime | None = None
    own: dict[str, Any] | None = None


class Remark(NamedTuple):
    """What is told of a mark, or of a text as a whole: it is kept as a comment."""

    id: str
    line: int
    file: str
    text: str
    on: str | Sheet
    by: str = ""
    at: datetime | None = None


def text_of(sheet: Sheet) -> There:
    """Where the text of a sheet is, or will be, at the desk."""
    assert sheet.there is not None  # noqa: S101 - every sheet that is given out has one
    return sheet.there


def uid(digest: str, noun: str, id: str = "") -> str:
    """A public id that the same thing of the same text always gets (a UUID of version 8).

    Those of a text sort by the number in the id, so that what is numbered keeps its order.
    """
    made = hashlib.sha256(f"{digest}\x00{noun}\x00{id}".encode("utf-8", "surrogatepass"))
    found = made.hexdigest()
    number = _DIGITS.search(id)
    order = f"{min(int(number.group()[:9]), _MOST_ORDER) if number else 0:07x}"
    variant = "89ab"[int(found[0], 16) % 4]
    return f"{digest[:8]}-{order[:4]}-8{order[4:]}-{variant}{found[1:4]}-{found[4:16]}"


def is_uid(value: Any) -> bool:
    """Whether it is written as public ids are."""
    return isinstance(value, str) and bool(_OF_OURS.fullmatch(value))


def readable(text: str) -> str:
    """The text with what no text can hold (a NUL, half a character) shown as U+FFFD."""
    return _UNREADABLE.sub("\ufffd", text)
