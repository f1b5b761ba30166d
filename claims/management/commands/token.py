"""`manage.py token`: makes a token of the API for somebody."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from claims.actions import token as tokens
from claims.models import User, Workspace


class Command(BaseCommand):
    """The token alone on standard output, so that a script can take it from there."""

    help = "Makes a token of the API for somebody, and shows it this once."

    def add_arguments(self, parser: CommandParser) -> None:
        days = settings.API_TOKEN_DAYS
        parser.add_argument("user", help="the user name of who is to have it")
        parser.add_argument("--workspace", required=True, metavar="SLUG", help="the desk it opens")
        parser.add_argument("--read-only", action="store_true", help="it may write nothing")
        parser.add_argument("--days", type=int, default=days, help=f"how long; {days} at the most")

    def handle(
        self, *, user: str, workspace: str, read_only: bool, days: int, **options: Any
    ) -> None:
        found = User.objects.filter(username=user, is_active=True).first()
        if found is None:
            raise CommandError(f"Nobody who may sign in is called {user}.")
        desk = Workspace.objects.filter(slug=workspace).first()
        if desk is None:
            raise CommandError(f"There is no desk {workspace}.")
        if days not in range(1, settings.API_TOKEN_DAYS + 1):
            raise CommandError(f"--days is from 1 to {settings.API_TOKEN_DAYS}.")
        until = timezone.now().date() + dt.timedelta(days=days)
        try:
            token = tokens.create(found, desk, read_only=read_only, until=until)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(token)
