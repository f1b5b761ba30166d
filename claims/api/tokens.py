"""How a script says who it is: `Authorization: Bearer cc_...`, or the session of a browser."""

from __future__ import annotations

import re
from typing import Any

from knox.auth import TokenAuthentication as KnoxAuthentication
from rest_framework.exceptions import AuthenticationFailed

READABLE = re.compile(rb"[A-Za-z0-9_]+")


class TokenAuthentication(KnoxAuthentication):  # type: ignore[misc]
    """A token that can't be one is refused before the database is asked for it."""

    def authenticate_credentials(self, token: bytes) -> Any:
        if not READABLE.fullmatch(token):
            raise AuthenticationFailed
        return super().authenticate_credentials(token)
