"""A plain text file as an article."""

from __future__ import annotations

from claims.anchoring.text import clean
from claims.importers.decode import decode
from claims.importers.language import guess_language
from claims.importers.page import Page


def read(data: bytes, encoding: str | None = None) -> Page:
    """The text as it stands in the file, with line ends made LF and nothing else changed.

    A text file names no title, publisher or date, so those are empty; the language is
    guessed. `encoding` (a value of `decode.ENCODINGS`) overrules what would be found.
    Raises `ReadError`.
    """
    decoded = decode(data, encoding)
    text = clean(decoded.text)  # never a TextError: `decode` lets no NUL or surrogate through
    return Page(
        text=text,
        title="",
        publisher="",
        byline="",
        published_on=None,
        language=guess_language(text),
        url="",
        encoding=decoded.encoding,
        sure=decoded.sure,
    )
