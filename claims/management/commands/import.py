"""`manage.py import`: the work of a file into a desk; says first what that would do."""  # noqa: N999

from __future__ import annotations

import io
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.actions import imports
from claims.actions import member as members
from claims.actions.import_foreign import FOREIGN, Brat, ForeignWork
from claims.actions.import_work import Asked, Work, WorkBundle, WorkLines
from claims.actions.importing import Plan, plan
from claims.actions.importing.past import is_owner
from claims.actions.journal import Actor
from claims.importers import brat
from claims.importers.choices import PARTS, Choices
from claims.importers.foreign import Foreign
from claims.importers.page import ReadError
from claims.models import Membership, User, Workspace
from claims.records import ImportState, Role

NEW = Workspace(pk=0)
"""Stands for a desk with nothing at it."""
KINDS: dict[str, Work] = {"csv": WorkBundle(), "jsonl": WorkLines()}
KINDS |= {one.key: one for one in FOREIGN}


def sent(name: str, path: Path) -> File[bytes]:
    """The file, open. With brat's `NAME.ann` goes the `NAME.txt` beside it, as in a ZIP."""
    if name != Brat.key or path.suffix not in brat.ENDINGS:
        return File(path.open("rb"), path.name)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for one in (path.with_suffix(".txt"), path):
            archive.write(one, one.name)
    return ContentFile(packed.getvalue(), path.name)


def meaning(said: str) -> tuple[str, str]:
    """A label and what it means, from `NAME=ROLE`. Raises CommandError for another form."""
    label, _, part = said.rpartition("=")
    if not label or part not in PARTS:
        raise CommandError(f"--label {said}: it is NAME=ROLE, where ROLE is {', '.join(PARTS)}.")
    return label, part


class Command(BaseCommand):
    """All of it or nothing: one act, which its owner can undo."""

    help = "Takes the work of a file into a desk. Its people stay names; they get no accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("workspace", help="the desk's part of the address, such as anbar")
        parser.add_argument("file", help="the file to read")
        parser.add_argument("--format", required=True, choices=list(KINDS), dest="name")
        parser.add_argument("--as", dest="user", help="who imports it: else an owner of the desk")
        parser.add_argument("--create", action="store_true", help="open the desk, for --as")
        parser.add_argument(
            "--label",
            action="append",
            default=[],
            dest="labels",
            metavar="NAME=ROLE",
            help=f"what a label of another tool means, whatever its name: {', '.join(PARTS)}",
        )
        parser.add_argument(
            "--twice", action="store_true", help="make claims once more that stand there already"
        )
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
        labels: list[str],
        twice: bool,
        **options: Any,
    ) -> None:
        kind = KINDS[name]
        choices = Choices(dict(map(meaning, labels)), twice)
        if any(choices) and not isinstance(kind, ForeignWork):
            raise CommandError("--label and --twice are for annotations of other tools.")
        desk, person = self.desk_and_person(workspace, user, create=create)
        try:
            # Not in a transaction, in which others could not write.
            with (
                sent(name, Path(file)) as opened,
                closing(kind.open(opened, Path(file).name, Asked(desk, person, choices))) as work,
            ):
                owner = desk.pk == NEW.pk or is_owner(Actor(desk, person))
                planned = plan(desk, work, owner=owner)
                for note in getattr(work, "notes", ()):
                    self.stdout.write(note)
                for label, count in work.offers.labels if isinstance(work, Foreign) else ():
                    part = choices.labels.get(label, "a claim of its own, its label in a comment")
                    self.stdout.write(f"Label “{label}”, {count:,} times: {part}.")
        except (OSError, ReadError) as error:
            raise CommandError(f"{file}: {error}") from error
        self.say(planned, dry_run=dry_run)
        if planned.makes and not dry_run:
            if desk.pk == NEW.pk:
                desk = members.create_workspace(person, {"slug": workspace, "name": workspace})
            with sent(name, Path(file)) as opened:
                job = imports.bring_in(Actor(desk, person), kind, opened, planned, choices)
            if job.state != ImportState.DONE:
                raise CommandError(job.why_failed)
            self.stdout.write(self.style.SUCCESS("All of it is in."))

    def desk_and_person(
        self, slug: str, name: str | None, *, create: bool
    ) -> tuple[Workspace, User]:
        """The desk, which is `NEW` where it is yet to be opened, and who acts there."""
        desk = Workspace.objects.filter(slug=slug).first()
        person = User.objects.filter(username=name).first() if name else None
        if name and person is None:
            raise CommandError(f"There is nobody called {name}.")
        if desk is None:
            if not create or person is None:
                raise CommandError(f"There is no desk {slug}: --create --as NAME opens it.")
            return NEW, person
        seats = Membership.objects.filter(workspace=desk).select_related("user")
        seat = seats.filter(user=person).first() if person else None
        seat = seat or (None if person else seats.filter(role=Role.OWNER.value).first())
        if seat is None or seat.role == Role.VIEWER:
            raise CommandError("Who imports must be an analyst, reviewer or owner of the desk.")
        return desk, seat.user

    def say(self, planned: Plan, *, dry_run: bool) -> None:
        """What it did or would do, and what is wrong."""
        verb = "would be made" if dry_run else "to be made"
        for table in planned.new:
            there = f", {planned.there[table]:,} there already" if planned.there[table] else ""
            if planned.differ[table]:
                there += f" ({planned.differ[table]:,} not as in the file: what is here stays)"
            gone = f", {planned.deleted[table]:,} as deleted" if planned.deleted[table] else ""
            if planned.new[table] or gone or there:
                self.stdout.write(f"{table}: {planned.new[table]:,} {verb}{gone}{there}")
        for note in (*planned.notes, *planned.differences):
            self.stdout.write(note)
        if planned.wrong:
            told = [str(problem) for problem in planned.problems]
            told.append(f"Wrong: {planned.wrong:,}. Nothing can be imported.")
            raise CommandError("\n".join(told))
