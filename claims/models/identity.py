"""Who a protected source is: apart from the source, so that no query of sources can tell it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from claims.models.base import Row
from claims.models.source import Source


class Identity(Row):
    """The real name of a protected source, its other names, and what else tells who it is.

    In no journal, no document of the search and no export; one page reads it, for owners.
    `places` are those of incidents that are shown coarsely for its sake, by the incident's uid.
    """

    source = models.OneToOneField(Source, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    aliases: Any = models.JSONField(default=list, blank=True)
    note = models.TextField(blank=True)
    places: Any = models.JSONField(default=dict, blank=True)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta(Row.Meta):
        constraints: ClassVar = [*Row.Meta.constraints]

    @property
    def names(self) -> list[str]:
        """What it is really called, with its other names."""
        return [self.name, *self.aliases]

    def __str__(self) -> str:
        # Not the name: this is what a log or a trace would print.
        return f"identity {self.uid}"
