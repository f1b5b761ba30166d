"""Tokens of the API: a person's own, like a password; of each, only its hash is kept."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from knox.models import AuthToken

from claims.models import User

SHOWN = 8
"""How many of a token's first characters tell it from the others."""


def create(user: User) -> str:
    """A new token, which nobody can be shown again."""
    _, token = AuthToken.objects.create(user)
    return str(token)


def of(user: User) -> list[dict[str, Any]]:
    """Those that work, the newest first: how each begins, its `key`, and its days."""
    rows = AuthToken.objects.filter(user=user, expiry__gt=timezone.now()).order_by("-created")
    return [
        {
            "key": row.token_key,
            "begins": row.token_key[:SHOWN],
            "created": row.created,
            "expiry": row.expiry,
        }
        for row in rows
    ]


def revoke(user: User, key: str) -> None:
    """Ends the token with this key, if there is one; from now on it opens nothing."""
    AuthToken.objects.filter(user=user, token_key=key).delete()
