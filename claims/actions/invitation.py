"""Invitations: made by an owner, taken up once by whoever has the link, or revoked."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import cast

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from claims.actions.journal import Act, Actor
from claims.actions.member import lock_seats
from claims.models import Invitation, Membership, User
from claims.records import Role

MOST = 100
"""Open invitations of one desk."""
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
ENDING = 4
LONGEST_NAME = 60
KEPT_AS = "invitation"
"""The secret in the session of who has opened the link, so that no other address holds it."""


class Over(Exception):
    """The link works no more: it was used, revoked, or has expired; or it never was one."""


def create(actor: Actor, name: str, role: Role) -> tuple[Invitation, str]:
    """An invitation and the secret of its link, which nobody can be shown again."""
    secret = secrets.token_urlsafe(32)
    with Act(actor, "member.invite", f"invited somebody as {role.label}") as act:
        lock_seats(actor)
        if Invitation.objects.within(actor.workspace).open().count() >= MOST:
            raise ValidationError(f"{MOST} invitations are open: revoke some first.")
        made = act.add(
            Invitation(
                workspace=actor.workspace,
                name=name,
                role=role.value,
                secret_hash=_print(secret),
                made_by=actor.user,
                expires_at=timezone.now() + timedelta(days=settings.INVITATION_DAYS),
            )
        )
    return made, secret


def revoke(actor: Actor, invitation: Invitation) -> None:
    """Its link works no more, unless this is undone before the invitation is over."""
    role = Role(invitation.role).label
    with Act(actor, "member.uninvite", f"revoked the invitation of somebody as {role}") as act:
        act.remove(act.lock(invitation))


def find(secret: str) -> Invitation:
    """The open invitation with this secret. Raises `Over` for any other, whatever the reason."""
    rows = Invitation.objects.open().select_related("workspace", "made_by")
    found: Invitation | None = rows.filter(secret_hash=_print(secret)).first()
    if found is None:
        raise Over
    return found


def join(invitation: Invitation, user: User) -> Membership:
    """Gives `user` the seat, and uses the link up. Raises `Over` when it works no more.

    Raises ValidationError, and leaves the link as it is, for who sits there already.
    """
    actor = Actor(invitation.workspace, user)
    role = Role(invitation.role)
    said = f"joined as {role.label}, invited by {invitation.made_by}"
    with Act(actor, "member.join", said) as act:
        lock_seats(actor)
        if Membership.objects.filter(workspace=actor.workspace, user=user).exists():
            raise ValidationError(f"You have a seat at {actor.workspace} already.")
        still_open = Invitation.objects.open().filter(pk=invitation.pk)
        if not still_open.update(used_at=timezone.now(), used_by=user):
            raise Over
        return act.add(Membership(workspace=actor.workspace, user=user, role=role.value))


def join_anew(invitation: Invitation, name: str, password: str) -> User:
    """A new account with its seat, both or neither, so that a link makes one account at the most.

    The name of the sign-in is made here and always ends by chance: one that was chosen, and taken,
    would tell that somebody has it. An e-mail that the owner gave can be signed in with too.
    """
    return _new_account(invitation, name, _mail(invitation.name), password)


@transaction.atomic
def join_from(
    invitation: Invitation, name: str, emails: Sequence[str], account: SocialAccount
) -> User:
    """The same for who comes from a provider: no password, and the e-mail it vouches for."""
    name = name.replace("\0", "").strip()[:150] or "Member"
    account.user = _new_account(invitation, name, emails[0].lower() if emails else "", None)
    account.save()
    return cast("User", account.user)


def _new_account(invitation: Invitation, name: str, email: str, password: str | None) -> User:
    user = User(username=_free_name(name), first_name=name, email=email)
    user.set_password(password)
    user.full_clean()
    with transaction.atomic():
        user.save()
        join(invitation, user)
    return user


def _print(secret: str) -> str:
    # No slow hash: 256 bits of chance can't be tried out.
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _mail(name: str) -> str:
    try:
        validate_email(name)
    except ValidationError:
        return ""
    return name.lower()  # as the door looks for it


def _free_name(name: str) -> str:
    stem = slugify(name, allow_unicode=True)[:LONGEST_NAME] or "member"
    while True:
        made = f"{stem}-{get_random_string(ENDING, LETTERS)}"
        if not User.objects.filter(username__iexact=made).exists():
            return made
