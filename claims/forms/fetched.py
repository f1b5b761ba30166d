"""A web address as a file: fetched by this server, where the site allows it."""

from __future__ import annotations

import mimetypes
import re
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError

from claims.importers.decode import canonical
from claims.importers.reading import MAX_FILE
from claims.outgoing import Guard, OutgoingError

GUARD = Guard(most_bytes=MAX_FILE)
HEADERS = {
    "User-Agent": "Counterclaim (a person asked for this page)",
    "Accept": "text/html,application/xhtml+xml,text/plain,application/pdf;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "identity",
}
_OK = 200
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_ENDINGS = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt"}


def fetch(url: str) -> dict[str, Any]:
    """`name`, `media_type`, `content`, `read_as` and `url` of what is there.

    Raises ValidationError: why it was not asked, or what it answered.
    """
    try:
        answer = GUARD.get(url, HEADERS)
    except OutgoingError as error:
        raise ValidationError(str(error)) from error
    if answer.status != _OK:
        raise ValidationError(f"The other server answers with status {answer.status}.")
    said = answer.headers.get("content-type", "")
    media_type = said.partition(";")[0].strip().lower()[:100] or "application/octet-stream"
    return {
        "name": _name(answer.url, media_type),
        "media_type": media_type,
        "content": answer.body,
        "read_as": _encoding(said, answer.body),
        "url": answer.url.partition("#")[0],
    }


def _name(url: str, media_type: str) -> str:
    """A file's name: the end of the path, with an ending that fits what it is said to be."""
    parts = urlsplit(url)
    name = unquote(parts.path.rstrip("/").rpartition("/")[2]) or parts.hostname or "page"
    name = "".join(c if c.isprintable() and c not in '/\\:"' else "_" for c in name)[-150:]
    ending = _ENDINGS.get(media_type) or mimetypes.guess_extension(media_type) or ""
    return name if ending in ("", ".bin") or name.lower().endswith(ending) else name + ending


def _encoding(content_type: str, body: bytes) -> str:
    """What the server says, which counts for more than what the page says (HTML, 13.2.3.2)."""
    found = _CHARSET.search(content_type)
    if found is None or body.startswith(_MARKS):
        return ""
    return canonical(found.group(1)) or ""
