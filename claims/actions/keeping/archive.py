"""The file of a backup: a ZIP of tables as JSON lines and of uploads, with the hash of each."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

FORM = "counterclaim backup 1"
MANIFEST = "manifest.json"
FILES = "files.jsonl"
PIECE = 1024 * 1024
LIGHTLY = 1
"""As fast as it can be compressed; more takes twice the time for a tenth of the size."""
MODE = 0o600 << 16

Told = Callable[[str, int], None]
"""Hears which part is at work, and how far it is."""
BROKEN = (BadZipFile, zlib.error, EOFError, KeyError, ValueError, NotImplementedError)


class Refused(Exception):
    """It can't be done, and nothing was touched; says why."""


def table_member(table: str) -> str:
    """The name of the part that holds this table."""
    return f"tables/{table}.jsonl"


def file_member(name: str) -> str:
    """The name of the part that holds this upload."""
    return f"files/{name}"


def write(archive: ZipFile, name: str, pieces: Iterable[bytes]) -> tuple[int, str]:
    """Adds a part; its size and its SHA-256."""
    info = ZipInfo(name)
    info.external_attr = MODE
    # Uploads are mostly packed already.
    info.compress_type = ZIP_STORED if name.startswith("files/") else ZIP_DEFLATED
    size, digest = 0, hashlib.sha256()
    with archive.open(info, "w", force_zip64=True) as member:
        for piece in pieces:
            member.write(piece)
            digest.update(piece)
            size += len(piece)
    return size, digest.hexdigest()


def write_json(archive: ZipFile, name: str, value: Any) -> None:
    """Adds a small part."""
    write(archive, name, [json.dumps(value, indent=1, sort_keys=True).encode()])


def manifest(archive: ZipFile) -> dict[str, Any]:
    """What the file says that it holds. Raises Refused where it is no backup."""
    try:
        found = json.loads(archive.read(MANIFEST))
    except BROKEN as error:
        raise Refused(f"It is no backup, or a broken one: {error}") from error
    if not isinstance(found, dict) or found.get("form") != FORM:
        raise Refused(f"It is no backup of this form ({FORM}).")
    return found


def pieces(member: IO[bytes]) -> Iterator[bytes]:
    """The content of a part, so much at a time."""
    while piece := member.read(PIECE):
        yield piece


def check(archive: ZipFile, name: str, sha256: str) -> None:
    """Raises Refused unless the part is there and has this hash."""
    digest = hashlib.sha256()
    try:
        with archive.open(name) as member:
            for piece in pieces(member):
                digest.update(piece)
    except BROKEN as error:
        raise Refused(f"{name} is broken: {error}") from error
    if digest.hexdigest() != sha256:
        raise Refused(f"{name} is broken: its SHA-256 is not that of the manifest.")
