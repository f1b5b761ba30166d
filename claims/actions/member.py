"""Who sits at the desk."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string

from claims.actions.journal import Act, Actor
from claims.actions.rows import plain
from claims.models import Membership, User, Workspace
from claims.records import Role

STALE = "stale"
"""The code of the error that says that somebody else was faster."""


def create_workspace(owner: User, values: dict[str, Any]) -> Workspace:
    """A new desk, with `owner` as its first member."""
    workspace = Workspace(**values)
    workspace.full_clean()
    with transaction.atomic():
        try:
            with transaction.atomic():
                workspace.save(force_insert=True)
        except IntegrityError as error:
            raise ValidationError({"slug": "Another desk has just taken this address."}) from error
        actor = Actor(workspace, owner)
        with Act(actor, "workspace.create", f"opened the desk {workspace.name}") as act:
            act.record(workspace, None, plain(workspace))
            act.add(Membership(workspace=workspace, user=owner, role=Role.OWNER.value))
    return workspace


def settings_seal(workspace: Workspace) -> str:
    """A short print of the settings as they are; `edit_workspace` compares it."""
    told = json.dumps(plain(workspace), sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def edit_workspace(actor: Actor, values: dict[str, Any], *, seal: str | None = None) -> Workspace:
    """Sets the desk's name and conventions.

    With the `seal` of the settings that the caller started from, raises ValidationError (code
    "stale") when somebody has set others meanwhile.
    """
    with Act(actor, "workspace.edit", "changed the desk's settings") as act:
        workspace = Workspace.objects.select_for_update().get(pk=actor.workspace.pk)
        if seal is not None and seal != settings_seal(workspace):
            raise ValidationError("Somebody changed the settings meanwhile.", code="stale")
        act.edit(workspace, **values)
    return workspace


def add(actor: Actor, name: str, role: Role) -> tuple[Membership, str]:
    """Adds a person by name or e-mail; an unknown name gets an account.

    Returns the membership and, for a new account, the password to hand over (else "").
    """
    name = name.strip()
    with Act(actor, "member.add", f"added {name} as {role.label}") as act:
        user, password = person(name)
        lock_seats(actor)
        if Membership.objects.filter(workspace=actor.workspace, user=user).exists():
            raise ValidationError({"name": f"{user} is a member already."})
        member = act.add(Membership(workspace=actor.workspace, user=user, role=role.value))
    return member, password


def person(name: str) -> tuple[User, str]:
    """Who has this name or e-mail; else a new account, with its password."""
    if not name:
        raise ValidationError({"name": "Say who: a user name or an e-mail address."})
    found = list(User.objects.filter(username__iexact=name)) or list(
        User.objects.filter(email__iexact=name)
    )
    if len(found) > 1:
        raise ValidationError({"name": "Several people have this e-mail: give the user name."})
    if found:
        if not found[0].is_active:
            raise ValidationError({"name": f"{found[0]} can't sign in any more."})
        return found[0], ""
    password = get_random_string(16)
    user = User(username=name, email=name if "@" in name else "")
    user.set_password(password)
    try:
        user.full_clean()
        with transaction.atomic():
            user.save()
    except ValidationError as error:
        raise ValidationError({"name": error.messages}) from error
    except IntegrityError as error:
        raise ValidationError({"name": "Somebody has just taken this name."}) from error
    return user, password


def set_role(actor: Actor, member: Membership, role: Role, *, was: str | None = None) -> None:
    """Gives a member another role; the last owner stays one (else ValidationError).

    With the role that the caller started from, raises ValidationError (code `STALE`) when somebody
    has given them another meanwhile.
    """
    with Act(actor, "member.role", f"gave {member.user} the role {role.label}") as act:
        act.edit(_seat(actor, member, was), role=role.value)
        an_owner_stays(actor)


def remove(actor: Actor, member: Membership, *, was: str | None = None) -> None:
    """Takes a member's seat away; their work stays. The last owner can't go. `was` as above."""
    with Act(actor, "member.remove", f"removed {member.user} from the desk") as act:
        act.remove(_seat(actor, member, was))
        an_owner_stays(actor)


def lock_seats(actor: Actor) -> list[Membership]:
    """All seats of the desk, locked, so that two owners can't remove each other at once."""
    Workspace.objects.select_for_update().get(pk=actor.workspace.pk)
    seats = Membership.objects.select_for_update().filter(workspace=actor.workspace)
    return list(seats.order_by("id"))


def an_owner_stays(actor: Actor) -> None:
    """Raises ValidationError when the desk would be left without an owner who can sign in."""
    owners = Membership.objects.filter(workspace=actor.workspace, role=Role.OWNER.value)
    if not owners.filter(user__is_active=True).exists():
        raise ValidationError("A desk needs an owner: make somebody else one first.")


def _seat(actor: Actor, member: Membership, was: str | None = None) -> Membership:
    for seat in lock_seats(actor):
        if seat.pk == member.pk:
            if was is not None and seat.role != was:
                now = Role(seat.role).label
                said = f"Somebody made {member.user} {now} meanwhile; nothing of yours was done."
                raise ValidationError(said, code=STALE)
            return seat
    raise ValidationError("That person is no longer a member.")
