"""The people."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):  # type: ignore[django-manager-missing]
    """A person who signs in. What they may do is said by their memberships."""

    is_demo = models.BooleanField(
        default=False,
        help_text="A demo sign-in, whose password is kept beside the database.",
    )
    # action -> key ("" switches the key off); what is missing keeps its default.
    keys = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return self.get_full_name() or self.username
