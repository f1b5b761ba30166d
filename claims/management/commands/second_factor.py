"""`manage.py second_factor`: for somebody who has lost theirs, and for a key that has changed."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.actions import factor
from claims.models import User


class Command(BaseCommand):
    """Says which factors somebody has, and with `--remove` takes them off; `--seal` is for all."""

    help = "Lists somebody's second factors, or takes them off with --remove."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user", nargs="?", default="", help="the user name")
        parser.add_argument("--remove", action="store_true", help="take all of them off")
        parser.add_argument(
            "--seal", action="store_true", help="seal everybody's with the SECRET_KEY of today"
        )

    def handle(self, *, user: str, remove: bool, seal: bool, **options: Any) -> None:
        if seal:
            self.stdout.write(f"Sealed anew: {factor.seal_all()}.")
            return
        found = User.objects.filter(username=user).first()
        if found is None:
            raise CommandError(f"Nobody is called {user}.")
        rows = Authenticator.objects.filter(user=found)
        kinds = sorted(rows.values_list("type", flat=True))
        self.stdout.write(f"{user} has: {', '.join(kinds) or 'none'}.")
        if remove:
            rows.delete()
            self.stdout.write("Taken off: the password alone lets them in.")
