"""`manage.py second_factor`: for somebody who has lost theirs, recovery codes included."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.models import User


class Command(BaseCommand):
    """Says which factors somebody has, and with `--remove` takes them off."""

    help = "Lists somebody's second factors, or takes them off with --remove."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user", help="the user name")
        parser.add_argument("--remove", action="store_true", help="take all of them off")

    def handle(self, *, user: str, remove: bool, **options: Any) -> None:
        found = User.objects.filter(username=user).first()
        if found is None:
            raise CommandError(f"Nobody is called {user}.")
        rows = Authenticator.objects.filter(user=found)
        kinds = sorted(rows.values_list("type", flat=True))
        self.stdout.write(f"{user} has: {', '.join(kinds) or 'none'}.")
        if remove:
            rows.delete()
            self.stdout.write("Taken off: the password alone lets them in.")
