"""A file system in memory, as small as one likes."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

HOW_TO_GET_IT = (
    "Left out: the test of a full disk. It needs to mount a tmpfs, which root may (in a container, "
    "with CAP_SYS_ADMIN)."
)


def mount(folder: Path, options: str) -> bool:
    """Whether it could be mounted there."""
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def unmount(folder: Path) -> None:
    """At once for new users, and as soon as the last file is closed for the others."""
    subprocess.run(["umount", "--lazy", folder], check=True)


@cache
def can_mount() -> bool:
    """Tried, since no permission says so."""
    with TemporaryDirectory() as folder:
        if done := mount(Path(folder), "size=64k"):
            unmount(Path(folder))
    return done
