"""`manage.py verify`: whether all that is kept is as it says of itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims import custody
from claims.actions.verifying import verify
from claims.management.progress import Progress
from claims.models import Workspace


class Command(BaseCommand):
    """Goes beside the site; exit status 1 where something is wrong, each breach on a line."""

    help = "Checks texts, originals, links, history, states, search, and the chain of seals."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--workspace", help="one desk's part of the address, such as anbar")
        parser.add_argument("--head", type=Path, help="the head of a chain that was kept elsewhere")

    def handle(self, *, workspace: str | None, head: Path | None, **options: Any) -> None:
        kept = _read(head) if head else None
        desks = Workspace.objects.order_by("id")
        if workspace:
            desks = desks.filter(slug=workspace)
        if kept:
            desks = desks.filter(uid=kept.desk_id)
        if not desks and (workspace or kept):
            raise CommandError("There is no such desk here.")
        quiet = not options["verbosity"]
        count = 0
        for desk in desks:
            progress = Progress(desk.slug, quiet=quiet)
            for name, breach in verify(desk, kept, progress.told):
                count += 1
                self.stdout.write(f"{desk.slug}: {name}: {breach}")
        if count:
            sys.exit(1)
        self.stdout.write("All is as it should be.")


def _read(path: Path) -> custody.Head:
    try:
        return custody.read(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{path}: {error}") from error
