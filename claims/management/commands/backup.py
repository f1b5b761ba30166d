"""`manage.py backup FILE`: all that the site holds, as one file, while everybody works on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.actions.keeping import Refused, backup
from claims.management.progress import Progress


class Command(BaseCommand):
    """The file appears under its name when it is whole, and never half of it. It is a secret."""

    help = "Writes the database and the uploads to one file, which any database can be made of."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="where to, such as 2026-11-28.counterclaim")

    def handle(self, *, file: Path, **options: Any) -> None:
        progress = Progress("backup", quiet=not options["verbosity"])
        try:
            missing = backup(file, progress.told)
        except (OSError, Refused) as error:
            raise CommandError(str(error)) from error
        for name in missing:
            self.stderr.write(f"The upload {name} is not there; the backup lacks it too.")
        self.stdout.write(f"{file}: {file.stat().st_size:,} bytes.")
