"""Which reader a file takes: a saved web page, or plain text."""

from __future__ import annotations

import re

from claims.importers import html, text
from claims.importers.page import Page

# A text that was pasted is kept as a file too: its bytes in UTF-8.
PASTED = {
    "name": "pasted.txt",
    "media_type": "text/plain; charset=utf-8",
    "read_as": "utf-8",
}
_HTML_NAME = re.compile(r"\.x?html?$", re.IGNORECASE)
_HTML_START = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)


def is_html(name: str, content: bytes) -> bool:
    """By the file's name; where that says nothing, by how the file begins."""
    if _HTML_NAME.search(name):
        return True
    return not name.lower().endswith(".txt") and bool(_HTML_START.match(content[:1024]))


def read(name: str, content: bytes, encoding: str = "") -> Page:
    """The article in a file. Raises ReadError when there is none, with what to do about it."""
    reader = html.read if is_html(name, content) else text.read
    return reader(content, encoding or None)
