"""When a process that works beside the pages has to end."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from django.core.management.base import CommandParser


def add_option(parser: CommandParser) -> None:
    """`--with-parent`, for who starts the process for its own ends."""
    parser.add_argument("--with-parent", action="store_true", help="end when its parent ends")


def ending(*, with_parent: bool) -> Callable[[], bool]:
    """Tells whether it has to end: somebody has told it to, or whoever started it is gone."""
    parent = os.getppid()
    told: list[int] = []
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda number, _: told.append(number))
    return lambda: bool(told) or (with_parent and os.getppid() != parent)
