"""How far a long command is, on standard error."""

from __future__ import annotations

import sys
import time

EVERY = 2.0
"""Seconds between two lines."""


class Progress:
    """A line every two seconds, and at each new part."""

    def __init__(self, of: str, *, quiet: bool) -> None:
        self.of = of
        self.quiet = quiet
        self.name = ""
        self.last = 0.0

    def told(self, name: str, count: int) -> None:
        """So many of this part are done."""
        now = time.monotonic()
        if self.quiet or (name == self.name and now - self.last < EVERY):
            return
        self.name, self.last = name, now
        sys.stderr.write(f"{self.of}: {name} … {count:,}\n")
