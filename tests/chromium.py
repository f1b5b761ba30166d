"""Where Chromium is on this machine."""

from __future__ import annotations

import os
import shutil
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
HOW_TO_GET_IT = (
    "Browser tests were left out: no Chromium here. To get it: sudo apt-get install chromium, "
    "or set CHROMIUM=/path/to/chrome."
)


def find() -> str | None:
    """The path of a Chromium, or None: `CHROMIUM` first, then the usual names on the path."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


if __name__ == "__main__":
    sys.exit(find() is None)
