"""The pages of a PDF as text; run in a process of its own (`confined`)."""

from __future__ import annotations

import io
import logging
import sys
from typing import Any

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, PdfReadError

from claims.importers import confined
from claims.importers.decode import MAX_BYTES
from claims.importers.page import ReadError

MAX_PAGES = 500
_LOCKED = "The PDF is encrypted. Save it without a password, or copy its text and paste it."


def pages(data: bytes) -> dict[str, Any]:
    """`pages`: the text of each, a line a line; and `title`, `author`, `language`, or "".

    Raises ReadError for one that is encrypted, damaged, or has too many pages or too much text.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise ReadError(_LOCKED)
        count = len(reader.pages)
    except DependencyError as error:
        raise ReadError(_LOCKED) from error
    except PdfReadError as error:
        raise ReadError(confined.DAMAGED) from error
    if count > MAX_PAGES:
        raise ReadError(f"The PDF has {count:,} pages; the most that can be read is {MAX_PAGES}.")
    found, size = [], 0
    for page in reader.pages:
        found.append(page.extract_text())
        size += len(found[-1].encode(errors="replace"))
        if size > MAX_BYTES:
            raise ReadError("The PDF has more than 5 MB of text, the most that can be read.")
    about = reader.metadata
    return {
        "pages": found,
        "title": str((about and about.title) or ""),
        "author": str((about and about.author) or ""),
        "language": str(reader.root_object.get("/Lang", "")),
    }


if __name__ == "__main__":
    confined.limit()
    sys.stdout.write(confined.answer(pages, sys.stdin.buffer.read()))
