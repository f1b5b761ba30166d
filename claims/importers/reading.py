"""Which reader a file takes, and in which ways it can be read."""

from __future__ import annotations

import re

from claims.importers import docx, eml, html, pdf, text
from claims.importers.decode import ENCODINGS
from claims.importers.page import Page, ReadError

# A text that was pasted is kept as a file too: its bytes in UTF-8.
PASTED = {
    "name": "pasted.txt",
    "media_type": "text/plain; charset=utf-8",
    "read_as": "utf-8",
}
MAX_FILE = 20 * 1024 * 1024
"""Of a PDF, a Word file or a message, whose pictures and attachments count; a text has 5 MB."""
ACCEPTED = ".txt,.html,.htm,.pdf,.docx,.eml,text/plain,text/html,application/pdf,message/rfc822"

_READERS = {"pdf": pdf.read, "docx": docx.read, "eml": eml.read, "html": html.read}
_HTML_NAME = re.compile(r"\.x?html?$", re.IGNORECASE)
_HTML_START = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
_SEARCHED = 1024  # a PDF may have some bytes before its mark (ISO 32000-2, annex on readers)


def kind(name: str, content: bytes) -> str:
    """`pdf`, `docx`, `eml`, `html` or `text`: by how a file begins, else by its name."""
    ending = name.lower().rpartition(".")[2]
    if b"%PDF-" in content[:_SEARCHED] and ending not in ("txt", "eml"):
        return "pdf"
    if docx.is_docx(content):
        return "docx"
    if ending == "eml":
        return "eml"
    if _HTML_NAME.search(name):
        return "html"
    return "html" if ending != "txt" and _HTML_START.match(content[:_SEARCHED]) else "text"


def ways(name: str, content: bytes) -> list[tuple[str, str]]:
    """In which ways the file can be read, as (value, label): encodings, or ways of a PDF."""
    return {"pdf": pdf.WAYS, "docx": docx.WAYS}.get(kind(name, content), ENCODINGS)


def read(name: str, content: bytes, way: str = "") -> Page:
    """The article in a file. Raises ReadError when there is none, with what to do about it.

    `way` is one of `ways`; empty: the reader finds out.
    """
    if len(content) > MAX_FILE:
        raise ReadError(
            f"The file is {len(content) / 1024 / 1024:.1f} MB; the most that can be read is 20 MB."
        )
    return _READERS.get(kind(name, content), text.read)(content, way or None)
