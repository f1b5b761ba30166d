"""`manage.py token`: makes a token of the API for somebody."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.actions import token as tokens
from claims.models import User


class Command(BaseCommand):
    """The token alone on standard output, so that a script can take it from there."""

    help = "Makes a token of the API for somebody, and shows it this once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user", help="the user name of who is to have it")

    def handle(self, *, user: str, **options: Any) -> None:
        found = User.objects.filter(username=user, is_active=True).first()
        if found is None:
            raise CommandError(f"Nobody who may sign in is called {user}.")
        self.stdout.write(tokens.create(found))
