"""`manage.py seal`: seals the journal by hand, and tells the head of the chain."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.actions import sealing
from claims.models import Workspace


class Command(BaseCommand):
    """For before a head is kept elsewhere; the worker seals within a minute by itself."""

    help = "Seals what was done and is in no seal yet; with --head, prints the head of each chain."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--workspace", help="one desk's part of the address, such as anbar")
        parser.add_argument("--head", action="store_true", help="print the head, to be kept")

    def handle(self, *, workspace: str | None, head: bool, **options: Any) -> None:
        desks = Workspace.objects.order_by("id")
        if workspace:
            desks = desks.filter(slug=workspace)
            if not desks:
                raise CommandError(f"There is no desk {workspace}.")
        for desk in desks:
            made = sealing.seal_all(desk)
            newest = sealing.head(desk)
            if head and newest:
                self.stdout.write(sealing.head_to_keep(newest))
            elif not head:
                self.stdout.write(f"{desk.slug}: {made} new, {newest or 'nothing to seal yet'}")
