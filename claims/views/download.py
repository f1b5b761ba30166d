"""A file that is sent while it is read: nothing of it is kept, and no writer waits for it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone

from claims.snapshot import Format, Reader, reading
from claims.views.desk import DeskRequest
from claims.views.turns import let_pages_go_first

READ_AHEAD = 3
"""Pieces that are made before the answer begins: the header and the first rows.

What is wrong then is told on a page; later it can only break the download off.
"""

_NO_ONE = UUID(int=0)


class Pieces:
    """The pieces of a file, the first of them made already. Closing it ends the reading."""

    def __init__(self, pieces: Generator[bytes, None, None]) -> None:
        self._pieces = pieces
        self._ahead: list[bytes] = []
        for piece in pieces:
            self._ahead.append(piece)
            if len(self._ahead) == READ_AHEAD:
                break

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if self._ahead:
            return self._ahead.pop(0)
        let_pages_go_first()
        return next(self._pieces)

    def close(self) -> None:
        """Lets go of the database, in the middle of the file too: the reader has gone away."""
        self._ahead.clear()
        self._pieces.close()


def download(
    request: DeskRequest, kind: Format, write: Callable[[Reader], Iterator[bytes]]
) -> HttpResponseBase:
    """The answer with the file of this kind that `write` makes of a reader."""
    response = (
        HttpResponse()
        if request.method == "HEAD"
        else StreamingHttpResponse(Pieces(_read_by(write)))
    )
    name = f"{request.workspace.slug}-{kind.what}-{timezone.now():%Y-%m-%d}.{kind.ending}"
    response["Content-Type"] = kind.media_type
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    # nginx would hold the file back until it has all of it.
    response["X-Accel-Buffering"] = "no"
    return response


def _read_by(write: Callable[[Reader], Iterator[bytes]]) -> Generator[bytes, None, None]:
    with reading() as reader:
        yield from write(reader)


def permalinks(request: DeskRequest) -> Callable[[str], str]:
    """Uid -> the full address of the claim. The address is resolved once, not for each row."""
    address = request.build_absolute_uri(reverse("claim", args=[request.workspace.slug, _NO_ONE]))
    before, after = address.split(str(_NO_ONE))
    return lambda uid: before + uid + after
