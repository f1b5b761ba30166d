"""Uploads on a disk, each there whole or not at all."""

from __future__ import annotations

import os
import secrets
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible

PARTS = ".parts"
ABANDONED = 3600.0
"""Seconds: no file is written for as long as that."""


@deconstructible(path="annotator.files.WholeFiles")
class WholeFiles(FileSystemStorage):
    """Django writes a file where it belongs, chunk by chunk, and leaves it to the system when.

    Whoever is killed meanwhile leaves half of an original under the name of the whole, which the
    next one takes for it; and a power cut takes what a row says is there. So it is written in a
    folder beside, brought to the disk, linked to where it belongs, and that is brought there too.
    """

    def _save(self, name: str, content: Any) -> str:
        part = f"{PARTS}/{secrets.token_hex(8)}"
        written = Path(self.path(part))
        try:
            super()._save(part, content)  # type: ignore[misc]
            _to_the_disk(written)
            while True:
                place = Path(self.path(name))
                place.parent.mkdir(parents=True, exist_ok=True)
                try:
                    os.link(written, place)
                except FileExistsError:  # somebody was faster
                    name = self.get_available_name(name)
                else:
                    self._to_the_disk(place.parent)
                    return str(name).replace("\\", "/")
        finally:
            written.unlink(missing_ok=True)

    def _to_the_disk(self, folder: Path) -> None:
        """This folder, and those in which it may be new."""
        root = Path(self.location)
        while True:
            _to_the_disk(folder)
            if folder == root:
                return
            folder = folder.parent

    def sweep(self) -> int:
        """Deletes what somebody who was killed had begun to write; how many files."""
        folder, swept = Path(self.path(PARTS)), 0
        for part in folder.iterdir() if folder.is_dir() else ():
            with suppress(FileNotFoundError):  # it was whole just now
                if part.stat().st_mtime < time.time() - ABANDONED:
                    part.unlink()
                    swept += 1
        return swept


def _to_the_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
