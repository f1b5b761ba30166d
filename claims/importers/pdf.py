"""A PDF as an article. It holds places of letters, not a text: what that loses is said."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import regex

from claims.anchoring.text import clean
from claims.anchoring.white import WHITE
from claims.importers import confined
from claims.importers.language import guess_language
from claims.importers.page import Page, ReadError
from claims.importers.reflow import joined

WAYS = [("pdf", "PDF, lines joined to paragraphs"), ("pdf-lines", "PDF, line by line")]

_SCAN = (
    "The PDF has no text: its pages are pictures (a scan). Run text recognition (OCR) on it first,"
    " or type the text and paste it."
)
_UNKEPT = regex.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE = regex.compile("[ﬀ-ﬆ]")
_RIGHT_TO_LEFT = regex.compile(r"[\p{Script=Arabic}\p{Script=Hebrew}]")
_PRIVATE = regex.compile(r"[\p{Co}\uFFFD]")
_TAG = regex.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_FILE_NAME = regex.compile(r"\.(?:docx?|pdf|odt|indd|qxd|rtf|pages|txt|html?)$|^untitled", regex.I)
_MOST_NUMBERS = 12


def read(data: bytes, way: str | None = None) -> Page:
    """The text of a PDF, with its paragraphs guessed, or line by line as it is set (`pdf-lines`).

    Columns, tables, captions and running heads come in the order of the file. `ReadError`: as
    `pdf_pages.pages`, when it takes too long, and when there is no text.
    """
    found = _pages(data)
    texts = [clean(_UNKEPT.sub("", page)) for page in found["pages"]]
    if not any(text.strip(WHITE) for text in texts):
        raise ReadError(_SCAN)
    notes = [_order(way)]
    empty = [str(number) for number, text in enumerate(texts, 1) if not text.strip(WHITE)]
    if empty:
        more = " and more" if len(empty) > _MOST_NUMBERS else ""
        which = ", ".join(empty[:_MOST_NUMBERS]) + more
        notes.append(f"Without text, perhaps pictures: page{'s'[: len(empty) > 1]} {which}.")
    plain = [_LIGATURE.sub(lambda found: _LIGATURES[found.group()], text) for text in texts]
    if plain != texts:
        notes.append("Letters that are set as one (ﬁ, ﬂ) are written as two.")
    if way == "pdf-lines":
        text = "\n".join(line.rstrip() for page in plain for line in page.split("\n") if line)
    else:
        text, mended = joined([page.split("\n") for page in plain])
        if mended:
            words = "1 word" if mended == 1 else f"{mended} words"
            notes.append(f"{words} broken at the end of a line: joined, the hyphen taken out.")
    text = text.strip("\n")
    notes += _doubts(text)
    return Page(
        text=text,
        title=_said(found["title"]),
        publisher="",
        byline=_said(found["author"]),
        published_on=None,
        language=_language(found["language"]) or guess_language(text),
        url="",
        encoding="pdf-lines" if way == "pdf-lines" else "pdf",
        sure=True,
        notes=tuple(notes),
    )


@lru_cache(maxsize=4)
def _pages(data: bytes) -> dict[str, Any]:
    """Kept for the next look at the same preview: each tick in it reads the file again."""
    return confined.run("claims.importers.pdf_pages", data)


def _order(way: str | None) -> str:
    lines = "Line ends are those of the page." if way == "pdf-lines" else "Paragraphs are guessed."
    return (
        f"A PDF does not say what belongs together. {lines} Columns, tables, captions and running"
        " heads can stand in another order than on the page: compare it with the file."
    )


def _doubts(text: str) -> list[str]:
    doubts = []
    if _RIGHT_TO_LEFT.search(text):
        doubts.append(
            "Right-to-left writing in a PDF can come out in the wrong order, or with its letters"
            " apart: compare each quote with the file."
        )
    if lost := len(_PRIVATE.findall(text)):
        signs = "1 sign has" if lost == 1 else f"{lost} signs have"
        doubts.append(f"{signs} no letter in the PDF’s own table and can’t be read.")
    return doubts


def _said(value: str) -> str:
    """One line of what the file says about itself; a name of a file is no title."""
    line = " ".join(_UNKEPT.sub("", value).split())[:300]
    return "" if _FILE_NAME.search(line) else line


def _language(value: str) -> str:
    return value if _TAG.fullmatch(value) else ""
