"""That a worker lives, told across processes and machines by the shared cache."""

from __future__ import annotations

import time

from django.core.cache import cache
from django.db import connection

KEY = "worker-seen"
EVERY = 15.0
"""Seconds between two signs of life."""
KEPT = 7 * 24 * 60 * 60

_last = -EVERY


def beat() -> None:
    """A sign of life, at most one in `EVERY` seconds.

    None within a transaction: it would make other workers wait for the end of that.
    """
    global _last  # noqa: PLW0603 - one worker is one process
    if time.monotonic() - _last >= EVERY and not connection.in_atomic_block:
        cache.set(KEY, time.time(), KEPT)
        _last = time.monotonic()


def seen() -> int | None:
    """Seconds since the last sign of life of any worker; None where there was none for a week."""
    at, now = cache.get(KEY), time.time()
    if at is None or at > now + EVERY:  # before the clock stepped back; a living one tells it anew
        return None
    return max(0, int(now - at))
