"""Tokens of the API: of each only its hash is kept."""

from __future__ import annotations

from django.db import models
from knox.models import AbstractAuthToken


class Token(AbstractAuthToken):  # type: ignore[misc]
    """What lets a script in as `user`, at one desk alone, until it expires."""

    workspace = models.ForeignKey("claims.Workspace", models.PROTECT, related_name="+")
    read_only = models.BooleanField(default=False)
    # The day, no nearer: one write a day for each token.
    used_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.token_key} of {self.user} at {self.workspace}"
