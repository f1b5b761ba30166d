"""`manage.py import`: the work of a file into a desk; says first what that would do."""  # noqa: N999

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from claims.actions import member as members
from claims.actions.importing import Plan, apply, plan
from claims.actions.importing.past import is_owner
from claims.actions.journal import Actor
from claims.importers.bundle import Bundle
from claims.importers.jsonl import Jsonl
from claims.importers.page import ReadError
from claims.models import Membership, User, Workspace
from claims.records import Role

READERS: dict[str, Callable[[IO[bytes]], Bundle | Jsonl]] = {"csv": Bundle, "jsonl": Jsonl}


class Command(BaseCommand):
    """All of it or nothing: one act, which its owner can undo."""

    help = "Takes the work of a file into a desk. Its people stay names; they get no accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("workspace", help="the desk's part of the address, such as anbar")
        parser.add_argument("file", help="the file to read")
        parser.add_argument("--format", required=True, choices=list(READERS), dest="name")
        parser.add_argument("--as", dest="user", help="who imports it: else an owner of the desk")
        parser.add_argument("--create", action="store_true", help="open the desk, for --as")
        parser.add_argument("--dry-run", action="store_true", help="only say what it would do")

    def handle(
        self,
        *,
        workspace: str,
        file: str,
        name: str,
        user: str | None,
        create: bool,
        dry_run: bool,
        **options: Any,
    ) -> None:
        try:
            with closing(READERS[name](Path(file).open("rb"))) as work, transaction.atomic():
                actor = self.actor(workspace, user, create=create)
                owner = is_owner(actor)
                planned = plan(actor.workspace, work, owner=owner) if dry_run else None
                planned = planned or apply(actor, work, Path(file).name, self.told)
                self.say(planned, dry_run=dry_run)
                transaction.set_rollback(dry_run)
        except (OSError, ReadError) as error:
            raise CommandError(f"{file}: {error}") from error
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error

    def actor(self, slug: str, name: str | None, *, create: bool) -> Actor:
        """Who acts, at the desk that is there or is opened."""
        desk = Workspace.objects.filter(slug=slug).first()
        person = User.objects.filter(username=name).first() if name else None
        if name and person is None:
            raise CommandError(f"There is nobody called {name}.")
        if desk is None:
            if not create or person is None:
                raise CommandError(f"There is no desk {slug}: --create --as NAME opens it.")
            desk = members.create_workspace(person, {"slug": slug, "name": slug})
        seats = Membership.objects.filter(workspace=desk).select_related("user")
        seat = seats.filter(user=person).first() if person else None
        seat = seat or (None if person else seats.filter(role=Role.OWNER.value).first())
        if seat is None or seat.role == Role.VIEWER:
            raise CommandError("Who imports must be an analyst, reviewer or owner of the desk.")
        return Actor(desk, seat.user)

    def told(self, table: str, made: int) -> None:
        """Progress, a table a line."""
        self.stdout.write(f"{table}: {made:,} more", self.style.HTTP_INFO)

    def say(self, planned: Plan, *, dry_run: bool) -> None:
        """What it did or would do, and what is wrong."""
        verb = "would be made" if dry_run else "made"
        for table in planned.new:
            there = f", {planned.there[table]:,} there already" if planned.there[table] else ""
            gone = f", {planned.deleted[table]:,} as deleted" if planned.deleted[table] else ""
            if planned.new[table] or gone or there:
                self.stdout.write(f"{table}: {planned.new[table]:,} {verb}{gone}{there}")
        for note in planned.notes:
            self.stdout.write(note)
        for problem in planned.problems:
            self.stdout.write(str(problem))
        if planned.wrong:
            raise CommandError(f"{planned.wrong:,} problems: nothing can be imported.")
