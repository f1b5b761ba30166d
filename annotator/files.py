"""Uploads on a disk, each there whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible(path="annotator.files.WholeFiles")
class WholeFiles(FileSystemStorage):
    """Django writes a file where it belongs, chunk by chunk.

    Whoever is killed meanwhile leaves half of an original under the name of the whole, which the
    next one takes for it. So it is written beside that place first, and then linked there.
    """

    def _save(self, name: str, content: Any) -> str:
        beside = Path(name).with_name(f".part-{secrets.token_hex(8)}")
        part = super()._save(str(beside), content)  # type: ignore[misc]
        written = Path(self.path(part))
        try:
            while True:
                try:
                    os.link(written, self.path(name))
                except FileExistsError:  # somebody was faster
                    name = self.get_available_name(name)
                else:
                    return str(name).replace("\\", "/")
        finally:
            written.unlink()
