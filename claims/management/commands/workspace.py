"""`manage.py workspace`: opens a desk, or gives one that is there an owner who can sign in."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from claims.actions import member as members
from claims.actions.journal import Actor
from claims.models import Membership, User, Workspace
from claims.records import Role


class Command(BaseCommand):
    """With a name it opens the desk; without, `--owner` becomes an owner of the one there."""

    help = "Opens a desk with its first owner, or makes somebody an owner of one that is there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the desk's part of the address, such as anbar")
        parser.add_argument("name", nargs="?", help="its name; none for a desk that is there")
        parser.add_argument("--owner", required=True, help="who; an unknown name gets an account")

    def handle(self, *, slug: str, name: str | None, owner: str, **options: Any) -> None:
        try:
            with transaction.atomic():
                user, password = members.person(owner)
                if name:
                    desk = members.create_workspace(user, {"slug": slug, "name": name})
                else:
                    desk = seat(slug, user)
        except Workspace.DoesNotExist as error:
            raise CommandError(f"There is no desk {slug}: give it a name to open it.") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{user} owns the desk {desk} at {desk.get_absolute_url()}.")
        if password:
            self.stdout.write(f"Password, shown this once: {password}")


def seat(slug: str, user: User) -> Workspace:
    """Makes `user` an owner of the desk, as whatever they sat there before.

    Raises Workspace.DoesNotExist, or ValidationError when they own it already.
    """
    desk: Workspace = Workspace.objects.get(slug=slug)
    actor = Actor(desk, user)
    member = Membership.objects.filter(workspace=desk, user=user).first()
    if member is None:
        members.add(actor, user.username, Role.OWNER)
    elif member.role == Role.OWNER:
        raise ValidationError(f"{user} owns the desk {desk} already.")
    else:
        members.set_role(actor, member, Role.OWNER)
    return desk
