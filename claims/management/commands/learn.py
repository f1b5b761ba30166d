"""`manage.py learn`: the machine learns from one desk's claims. The worker starts it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from claims.actions import learning
from claims.management import parent


class Command(BaseCommand):
    """In a process of its own: it takes memory and long, and the worker has other things to do."""

    help = "Learns from the approved claims of one desk, where that was asked for or is due."

    def add_arguments(self, parser: CommandParser) -> None:
        parent.add_option(parser)

    def handle(self, **options: Any) -> None:
        stop = parent.ending(with_parent=options["with_parent"])

        def step() -> None:
            if stop():
                raise learning.Stopped

        row = learning.take()
        if row is not None:
            learning.run(row, step)
