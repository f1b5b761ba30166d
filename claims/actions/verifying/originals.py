"""Every original is there, byte for byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.core.files.storage import Storage

from claims.actions.verifying.shapes import Breach, Found
from claims.models import Revision, Workspace

PIECE = 1024 * 1024


def originals(desk: Workspace) -> Iterator[Found]:
    """The file of each revision has its sha256; a file that several have is read once."""
    rows = Revision.objects.within(desk).exclude(original="")
    storage = Revision._meta.get_field("original").storage
    files = rows.order_by("original", "original_sha256").values_list("original", "original_sha256")
    for name, sha256 in files.distinct().iterator():
        found = sha256_of(storage, name)
        if found != sha256:
            there = f"not {found}" if found else "it is not there"
            yield Breach(f"original {name}", f"expected a file with sha256 {sha256}, {there}")
        yield 1


def sha256_of(storage: Storage, name: str) -> str:
    """Of a stored file; empty where there is none."""
    digest = hashlib.sha256()
    try:
        with storage.open(name) as file:
            for piece in file.chunks(PIECE):
                digest.update(piece)
    except FileNotFoundError:
        return ""
    return digest.hexdigest()
