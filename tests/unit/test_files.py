"""Files on the disk are whole, whatever happens while they are written."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile, File

from annotator.files import WholeFiles


class Half(io.BytesIO):
    """A file of which the second half never comes."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell():
            raise KeyboardInterrupt
        return super().read(4)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_nothing_has_the_name_of_a_file_that_is_not_whole(tmp_path: Path) -> None:
    storage = WholeFiles(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        storage.save("original/1/abc", File(Half(b"half and half")))
    assert names(tmp_path) == []
    assert storage.save("original/1/abc", ContentFile(b"half and half")) == "original/1/abc"
    assert (tmp_path / "original/1/abc").read_bytes() == b"half and half"


def test_a_file_is_on_the_disk_before_a_row_can_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought: list[str] = []
    link, fsync = os.link, os.fsync

    def traced(handle: int) -> None:
        brought.append(str(Path(f"/proc/self/fd/{handle}").readlink()))
        fsync(handle)

    def linked(whole: Path, place: Path) -> None:
        link(whole, place)
        brought.append("linked")

    monkeypatch.setattr(os, "fsync", traced)
    monkeypatch.setattr(os, "link", linked)
    WholeFiles(tmp_path).save("original/1/abc", ContentFile(b"all of it"))
    part, *places = brought
    assert Path(part).parent == tmp_path / ".parts"
    folders = [tmp_path / "original/1", tmp_path / "original", tmp_path]
    assert places == ["linked", *map(str, folders)]


def test_what_somebody_killed_had_begun_is_swept_after_an_hour(tmp_path: Path) -> None:
    storage = WholeFiles(tmp_path)
    assert storage.sweep() == 0
    storage.save("a.txt", ContentFile(b"whole"))
    for name, hours in (("old", 2), ("new", 0)):
        part = tmp_path / ".parts" / name
        part.write_bytes(b"half")
        os.utime(part, (time.time() - hours * 3600,) * 2)
    assert storage.sweep() == 1
    assert names(tmp_path) == ["a.txt", "new"]


def test_nothing_is_left_beside_it_and_nothing_is_written_over(tmp_path: Path) -> None:
    storage = WholeFiles(tmp_path)
    first = storage.save("a.txt", ContentFile(b"first"))
    other = storage._save("a.txt", ContentFile(b"second"))  # as if both had begun at once
    assert first == "a.txt" != other
    assert (tmp_path / first).read_bytes() == b"first"
    assert (tmp_path / other).read_bytes() == b"second"
    assert names(tmp_path) == sorted([first, other])
