"""A disk that runs full, and has room again."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.disk import mount, unmount
from tests.faults.load import Load
from tests.faults.site import Site

SIZE = 24
"""MB."""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of `SIZE`."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount(folder, f"size={SIZE}m")
    yield folder
    unmount(folder)


def test_what_was_acknowledged_before_it_was_full_is_there(
    on_sqlite: None, small_disk: Path, new_site: Callable[..., Site], chance: random.Random
) -> None:
    site = new_site(small_disk)
    # It takes space by itself, and is not what is tested.
    site.log = small_disk.parent / "log"
    site.start()
    stuff = small_disk / "stuff"
    with Load(site, chance) as load:
        for _ in range(2):
            time.sleep(chance.uniform(0.3, 1))
            _fill(stuff)
            time.sleep(1)
            stuff.unlink()
        site.wait()
        time.sleep(0.5)
    assert load.told[503], f"It was never full. {load.told}"
    load.check(excuses=(503,))


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(64 * 1024))
        except OSError:
            return
