"""`manage.py work`: does what takes long, beside the pages. `make run` starts it."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from claims import tasks
from claims.actions import heartbeat
from claims.management import parent

IDLE = 1.0  # seconds between two looks for work


class Command(BaseCommand):
    """Ends by itself when it is told to, or when whoever started it is gone."""

    help = (
        "Imports, webhooks, suggestions, seals: what waits. Several may run; each piece is one’s."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="end when nothing is left to do")
        parent.add_option(parser)

    def handle(self, **options: Any) -> None:
        ending = parent.ending(with_parent=options["with_parent"])

        def stop() -> bool:
            heartbeat.beat()
            return ending()

        while not stop():
            if not tasks.work_once(stop):
                if options["once"] and not tasks.is_learning():
                    return
                close_old_connections()
                time.sleep(IDLE)
        tasks.stop_learning()
