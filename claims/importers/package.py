"""ZIP files that somebody else has made: opened, and read no further than is safe."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import BinaryIO

from claims.importers.page import ReadError

_LOCKED = 0x1
_TOO_LARGE = "Unpacked, {what} would be larger than {most} MB."
_BROKEN = "{what} is damaged: it can’t be unpacked."
_MB = 1024 * 1024


def open_zip(data: bytes | BinaryIO, what: str, members: int) -> zipfile.ZipFile:
    """The archive. ReadError when it is damaged, or has more than `members` files."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data)
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
