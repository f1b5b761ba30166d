"""Who sits at the desk."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.crypto import get_random_string

from claims.actions.journal import Act, Actor
from claims.models import Membership, User, Workspace
from claims.records import Role


def create_workspace(owner: User, values: dict[str, Any]) -> Workspace:
    """A new desk, with `owner` as its first member."""
    workspace = Workspace(**values)
    workspace.full_clean()
    actor = Actor(workspace, owner)
    workspace.save(force_insert=True)
    with Act(actor, "workspace.create", f"opened the desk {workspace.name}") as act:
        act.add(Membership(workspace=workspace, user=owner, role=Role.OWNER))
    return workspace


def edit_workspace(actor: Actor, values: dict[str, Any]) -> Workspace:
    """Sets the desk's name and conventions."""
    with Act(actor, "workspace.edit", "changed the desk's settings") as act:
        workspace = Workspace.objects.select_for_update().get(pk=actor.workspace.pk)
        act.edit(workspace, **values)
    return workspace


def add(actor: Actor, name: str, role: Role) -> tuple[Membership, str]:
    """Adds a person by name or e-mail; an unknown name gets an account.

    Returns the membership and, for a new account, the password to hand over (else "").
    """
    password = ""
    with Act(actor, "member.add", f"added {name} as {role.label}") as act:
        user = User.objects.filter(Q(username__iexact=name) | Q(email__iexact=name)).first()
        if user is None:
            password = get_random_string(16)
            email = name if "@" in name else ""
            user = User(username=name, email=email)
            user.set_password(password)
            user.full_clean()
            user.save()
        if Membership.objects.filter(workspace=actor.workspace, user=user).exists():
            raise ValidationError({"name": f"{user} is a member already."})
        member = act.add(Membership(workspace=actor.workspace, user=user, role=role))
    return member, password


def set_role(actor: Actor, member: Membership, role: Role) -> None:
    """Gives a member another role; the last owner stays one (else ValidationError)."""
    with Act(actor, "member.role", f"{member.user} is now {role.label}") as act:
        member = _locked(actor, member)
        act.edit(member, role=role.value)
        _an_owner_stays(actor)


def remove(actor: Actor, member: Membership) -> None:
    """Takes a member's seat away; their work stays. The last owner can't go."""
    with Act(actor, "member.remove", f"{member.user} is no longer a member") as act:
        act.remove(_locked(actor, member))
        _an_owner_stays(actor)


def _locked(actor: Actor, member: Membership) -> Membership:
    # All seats are locked, so that two owners can't remove each other at once.
    seats = list(
        Membership.objects.select_for_update().filter(workspace=actor.workspace).order_by("id")
    )
    for seat in seats:
        if seat.pk == member.pk:
            return seat
    raise ValidationError("That person is no longer a member.")


def _an_owner_stays(actor: Actor) -> None:
    if not Membership.objects.filter(workspace=actor.workspace, role=Role.OWNER).exists():
        raise ValidationError("A desk needs an owner: make somebody else one first.")
