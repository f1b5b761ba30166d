"""The demo's people: made with random passwords, shown to who starts the site, taken out of use.

The passwords lie in a file beside the database, which only its owner reads.
"""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.utils.crypto import get_random_string

from claims.models import Membership, User, Workspace
from claims.records import Role

LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
"""No letter that looks like another: people type these."""
LENGTH = 16


def path() -> Path:
    """Where the passwords are kept."""
    return Path(settings.DATA_DIR) / "demo-accounts.txt"


def make() -> tuple[dict[Role, User], dict[Role, str]]:
    """One person of each role, named after it, and their passwords, which are kept nowhere yet.

    Raises ValidationError when somebody has one of the names.
    """
    there = User.objects.annotate(plain=Lower("username")).filter(plain__in=list(Role))
    if taken := list(there.values_list("username", flat=True)):
        raise ValidationError(f"The demo needs names that are taken: {', '.join(taken)}.")
    roles = list(reversed(Role))
    passwords = {role: get_random_string(LENGTH, LETTERS) for role in roles}
    people = {
        role: User.objects.create_user(
            role.value, f"{role.value}@example.org", passwords[role], is_demo=True
        )
        for role in roles
    }
    return people, passwords


def keep(passwords: dict[Role, str]) -> None:
    """Writes the file anew, readable by its owner alone from its first byte.

    To be done before the accounts are committed: a file too many does no harm, a password lost
    does.
    """
    new = path().with_suffix(".new")
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.writelines(f"{role.value}\t{password}\n" for role, password in passwords.items())
        file.flush()
        os.fsync(file.fileno())
    new.replace(path())


def sign_ins() -> list[str]:
    """The accounts that are there, as lines of name and password; none without any."""
    there = User.objects.filter(is_demo=True, is_active=True)
    names = set(there.values_list("username", flat=True))
    if not names:
        return []
    if not path().exists():
        return [f"The passwords are not in {path()}: `manage.py changepassword` sets one."]
    rows = [line.split("\t") for line in path().read_text(encoding="utf-8").splitlines()]
    return [f"{name:<10}{password}" for name, password in rows if name in names]


def desks_left() -> list[Workspace]:
    """The desks that would have no owner who can sign in, were the demo accounts gone."""
    owners = Membership.objects.filter(workspace=OuterRef("pk"), role=Role.OWNER.value)
    own = owners.filter(user__is_demo=True)
    others = owners.filter(user__is_demo=False, user__is_active=True)
    return list(Workspace.objects.filter(Exists(own)).exclude(Exists(others)))


def remove() -> list[User]:
    """Takes the accounts out of use; returns who they were. The caller is in `atomic()`.

    They are not deleted, since what they did stays under their names. Nobody signs in with them
    again, and sessions that are open end with the next request.
    """
    people = list(User.objects.select_for_update().filter(is_demo=True).order_by("id"))
    for user in people:
        user.is_demo = user.is_active = False
        user.set_unusable_password()
        user.save()
    return people
