"""Tokens of the API: a person's own, at one desk, like a password; only hashes are kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from claims.models import Membership, Token, User, Workspace

SHOWN = 8
"""How many of a token's first characters tell it from the others."""


def create(
    user: User, workspace: Workspace, *, read_only: bool = False, until: dt.date | None = None
) -> str:
    """A new token, which nobody can be shown again; it works through the day `until`, in UTC.

    Raises ValidationError where they have no seat at the desk, or for a day that can't be.
    """
    if not Membership.objects.filter(user=user, workspace=workspace).exists():
        raise ValidationError({"workspace": f"{user} has no seat at {workspace}."})
    now, last = timezone.now(), last_day()
    until = until or last
    if not now.date() <= until <= last:
        raise ValidationError({"until": f"Give a day from today to {last:%-d %B %Y}."})
    over = dt.datetime.combine(until + dt.timedelta(days=1), dt.time(), dt.UTC)
    _, token = Token.objects.create(user, over - now, workspace=workspace, read_only=read_only)
    return str(token)


def last_day() -> dt.date:
    """The last day that a token made today may work."""
    return timezone.now().date() + dt.timedelta(days=settings.API_TOKEN_DAYS)


def of(user: User) -> list[dict[str, Any]]:
    """Those that work, the newest first: how each begins, its `key`, its desk, and its days."""
    rows = Token.objects.filter(user=user, expiry__gt=timezone.now()).select_related("workspace")
    return [
        {
            "key": row.token_key,
            "begins": row.token_key[:SHOWN],
            "workspace": row.workspace,
            "read_only": row.read_only,
            "created": row.created,
            "used_on": row.used_on,
            "until": row.expiry - dt.timedelta(seconds=1),
        }
        for row in rows.order_by("-created")
    ]


def note_use(token: Token) -> None:
    """Notes that it was used today."""
    today = timezone.now().date()
    if token.used_on != today:
        Token.objects.filter(pk=token.pk).update(used_on=today)


def revoke(user: User, key: str) -> None:
    """Ends the token with this key, if there is one; from now on it opens nothing."""
    Token.objects.filter(user=user, token_key=key).delete()


def end_all(user: User) -> None:
    """Ends every token of theirs, at all desks."""
    Token.objects.filter(user=user).delete()
