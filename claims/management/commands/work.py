"""`manage.py work`: does what takes long, beside the pages. `make run` starts it."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from claims import tasks
from claims.actions import heartbeat

IDLE = 1.0  # seconds between two looks for work


class Command(BaseCommand):
    """Ends by itself when it is told to, or when whoever started it is gone."""

    help = (
        "Imports, webhooks, suggestions, seals: what waits. Several may run; each piece is one’s."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="end when nothing is left to do")
        parser.add_argument("--with-parent", action="store_true", help="end when its parent ends")

    def handle(self, **options: Any) -> None:
        parent = os.getppid()
        told: list[int] = []
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda number, _: told.append(number))

        def stop() -> bool:
            heartbeat.beat()
            return bool(told) or (options["with_parent"] and os.getppid() != parent)

        while not stop():
            if not tasks.work_once(stop):
                if options["once"]:
                    return
                close_old_connections()
                time.sleep(IDLE)
