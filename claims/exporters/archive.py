"""A ZIP that is written as it is read: memory holds one piece, and some 430 bytes for each entry.

Entries carry a fixed time, so that the same work gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

CHUNK = 64 * 1024
"""Bytes that are gathered before a piece is given out."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


class File(NamedTuple):
    """A file in a ZIP: its path, and its bytes in pieces."""

    path: str
    chunks: Iterable[bytes]


def zipped(files: Iterable[File]) -> Iterator[bytes]:
    """The ZIP in pieces, the first of them as soon as there is anything.

    Raises ValueError for a path that comes twice. A ZIP has its directory at the end, so one that
    broke off is never taken for whole.
    """
    drain = _Drain()
    enough = 1
    with ZipFile(drain, "w", ZIP_DEFLATED) as archive:
        for path, chunks in files:
            if path in archive.NameToInfo:
                raise ValueError(f"{path} is in the file twice.")
            # Its size is not known yet: it may pass the 4 GB that a plain entry can hold.
            with archive.open(_entry(path), "w", force_zip64=True) as entry:
                for chunk in chunks:
                    entry.write(chunk)
                    if drain.size >= enough:
                        yield drain.take()
                        enough = CHUNK
    yield drain.take()


def _entry(path: str) -> ZipInfo:
    entry = ZipInfo(path, _EPOCH)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = _UNIX
    entry.external_attr = 0o100644 << 16
    return entry


class _Drain:
    """Where the ZIP is written to: no way back, and emptied at every piece."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.size = 0

    def write(self, piece: bytes, /) -> int:
        self._pieces.append(bytes(piece))
        self.size += len(piece)
        return len(piece)

    def flush(self) -> None:
        """Nothing to do: pieces leave by `take`."""

    def close(self) -> None:
        """Nothing to do: there is no file behind it."""

    def take(self) -> bytes:
        piece = b"".join(self._pieces)
        self._pieces.clear()
        self.size = 0
        return piece
