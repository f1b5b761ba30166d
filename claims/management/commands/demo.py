"""`manage.py demo`: loads the demo workspace, shows its sign-ins, takes its accounts out of use."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from claims.demo import accounts, files
from claims.demo.load import load
from claims.models import Claim, User, Workspace


class Command(BaseCommand):
    """Options: what to do; without any, the demo is loaded if it is not there."""

    help = "Loads the demo workspace, shows its sign-ins, or takes its accounts out of use."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="load only where nobody has an account or desk"
        )
        parser.add_argument("--sign-ins", action="store_true", help="show names and passwords")
        parser.add_argument(
            "--remove-accounts",
            action="store_true",
            help="nobody signs in with a demo account again; what they did stays",
        )
        parser.add_argument(
            "--yes", action="store_true", help="remove them even if a desk is left without owner"
        )

    def handle(
        self, *, if_empty: bool, sign_ins: bool, remove_accounts: bool, yes: bool, **options: Any
    ) -> None:
        if remove_accounts:
            self.remove(yes=yes)
            return
        if if_empty or not sign_ins:
            self.load(if_empty=if_empty)
        if sign_ins and (lines := accounts.sign_ins()):
            self.stdout.write("\n  ".join(["Sign in to the demo as (name, password):", *lines]))

    def load(self, *, if_empty: bool) -> None:
        """All of it, or nothing."""
        slug = files.read("workspace.toml")["workspace"]["slug"]
        try:
            with transaction.atomic():
                if if_empty and (Workspace.objects.exists() or User.objects.exists()):
                    return
                if Workspace.objects.filter(slug=slug).exists():
                    self.stdout.write(f"The workspace {slug} is here already.")
                    return
                people, passwords = accounts.make()
                desk = load(people)
                accounts.keep(passwords)
                count = Claim.objects.within(desk).count()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(
            f"Loaded the demo workspace “{desk}”: {count} claims. "
            f"Its sign-ins are in {accounts.path()}."
        )

    def remove(self, *, yes: bool) -> None:
        """All accounts, or none."""
        with transaction.atomic():
            if (left := accounts.desks_left()) and not yes:
                slugs = ", ".join(desk.slug for desk in left)
                raise CommandError(
                    f"Without the demo accounts nobody owns {slugs}. Give it an owner first "
                    f"(`manage.py workspace {left[0].slug} --owner NAME`), or add --yes."
                )
            people = accounts.remove()
        accounts.path().unlink(missing_ok=True)
        if not people:
            self.stdout.write("There are no demo accounts.")
        for user in people:
            count = user.changes.count()
            stays = (
                "1 change under this name stays"
                if count == 1
                else (
                    f"{count} changes under this name stay"
                    if count
                    else "no change is under this name"
                )
            )
            self.stdout.write(f"{user.username} can't sign in any more; {stays}.")
