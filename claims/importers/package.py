"""ZIP files that somebody else has made: opened, and read no further than is safe."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import IO, Any, BinaryIO

from claims.importers.page import ReadError

_LOCKED = 0x1
_TOO_LARGE = "Unpacked, {what} would be larger than {most} MB."
_BROKEN = "{what} is damaged: it can’t be unpacked."
_MB = 1024 * 1024
MOST_NAMES = 8 * _MB
"""Bytes; 20,000 files with long names have less."""


class _Names:
    """A file of which no piece larger than `MOST_NAMES` is read until `all_read` is true.

    `zipfile` reads the list of an archive's files in one piece, before anybody can count them; of
    200 MB of list it makes gigabytes of objects.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.all_read = False

    def read(self, size: int = -1) -> bytes:
        if self.all_read:
            return self._file.read(size)
        data = self._file.read(min(size, MOST_NAMES + 1) if size >= 0 else MOST_NAMES + 1)
        if len(data) > MOST_NAMES:
            raise ReadError("The list of files in the ZIP is too long: pack fewer together.")
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def names_of_zip(file: IO[bytes]) -> zipfile.ZipFile:
    """The archive. ReadError where its list of files is too long; else as `zipfile.ZipFile`."""
    names: Any = _Names(file)
    archive = zipfile.ZipFile(names)
    names.all_read = True
    return archive


def open_zip(data: bytes | BinaryIO, what: str, members: int) -> zipfile.ZipFile:
    """The archive. ReadError when it is damaged, or has more than `members` files."""
    try:
        archive = names_of_zip(io.BytesIO(data) if isinstance(data, bytes) else data)
    except ReadError:
        raise
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ReadError(_BROKEN.format(what=what)) from error
    if len(archive.infolist()) > members:
        raise ReadError(f"{what} holds more than {members:,} files.")
    return archive


def unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, what: str, most: int) -> bytes:
    """One file of an archive. ReadError when it has more than `most` bytes, or is locked.

    What an archive says of a size can be a lie: no more than `most` is ever unpacked.
    """
    if member.flag_bits & _LOCKED:
        raise ReadError(f"{what} is locked with a password.")
    if member.file_size > most:
        raise ReadError(_TOO_LARGE.format(what=what, most=most // _MB))
    try:
        with archive.open(member) as file:
            return file.read(most)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise ReadError(_BROKEN.format(what=what)) from error
