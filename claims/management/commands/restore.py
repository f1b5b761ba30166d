"""`manage.py restore FILE`: a backup into an empty database, of whichever engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from claims.actions.keeping import Refused, restore
from claims.management.progress import Progress


class Command(BaseCommand):
    """Everything or nothing, and never over anything that is there."""

    help = "Puts a backup into a database without rows; its tables are made if there are none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a file that manage.py backup has written")
        parser.add_argument(
            "--without-keys",
            action="store_true",
            help="leave the keys of the API out: one that was revoked since would work again",
        )

    def handle(self, *, file: Path, without_keys: bool, **options: Any) -> None:
        progress = Progress("restore", quiet=not options["verbosity"])
        if not connection.introspection.table_names():
            call_command("migrate", interactive=False, verbosity=0)
        try:
            restore(file, progress.told, keys=not without_keys)
        except (OSError, Refused) as error:
            raise CommandError(f"{file}: {error}") from error
        self.stdout.write(f"{file} is restored. manage.py verify checks all of it.")
