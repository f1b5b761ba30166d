"""How a script says who it is: `Authorization: Bearer cc_...`, or the session of a browser."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from knox.auth import TokenAuthentication as KnoxAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from claims.actions import token as tokens
from claims.models import Token, Workspace

READABLE = re.compile(rb"[A-Za-z0-9_]+")
READING = ("GET", "HEAD")


class TokenAuthentication(KnoxAuthentication):  # type: ignore[misc]
    """A token that can't be one is refused before the database is asked for it."""

    def authenticate_credentials(self, token: bytes) -> Any:
        if not READABLE.fullmatch(token):
            raise AuthenticationFailed
        user, found = super().authenticate_credentials(token)
        tokens.note_use(found)
        return user, found


def hold_to_its_desk(request: Request, workspace: Workspace) -> None:
    """Raises Http404 at another desk than the token's: there its person is an outsider like any."""
    if isinstance(request.auth, Token) and request.auth.workspace_id != workspace.pk:
        raise Http404("No such desk.")


def hold_to_reading(request: Request) -> None:
    """Raises PermissionDenied where a token that only reads would write."""
    if isinstance(request.auth, Token) and request.auth.read_only and request.method not in READING:
        raise PermissionDenied("This token reads, and writes nothing: make one that may.")
