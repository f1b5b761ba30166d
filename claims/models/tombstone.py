"""What stands where something was purged, and which words of the journal went with it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from claims.models.base import Row, one_of
from claims.records import Removal


class Tombstone(Row):
    """That something was purged, or a name withheld: what, when, by whom and why. It is for good.

    `sha256` is of all that was there (purged), nothing of a name that is withheld: a name could be
    guessed by it. `emptied` counts the lines and acts of the journal out of which words went, and
    `emptied_sha256` is over them: the tombstone is a row of the journal itself, so that the chain
    holds it, and through it how each of them was left.
    """

    # What is still to be done outside of the transaction (`actions/wiping.py`).
    DERIVED = frozenset({"files", "wiped_at"})

    kind = models.CharField(max_length=8, choices=Removal.choices())
    noun = models.CharField(max_length=8)
    object_id = models.BigIntegerField()
    object_uid = models.UUIDField()
    sha256 = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey("claims.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(max_length=1000)
    emptied = models.PositiveIntegerField(default=0)
    emptied_sha256 = models.CharField(max_length=64, blank=True)
    files: Any = models.JSONField(default=list, blank=True, editable=False)
    wiped_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta(Row.Meta):
        ordering = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "-id"], name="tombstone_newest"),
            models.Index(fields=["workspace", "object_uid"], name="tombstone_of_object"),
            models.Index(fields=["id"], condition=Q(wiped_at=None), name="tombstone_to_wipe"),
        ]
        constraints: ClassVar = [*Row.Meta.constraints, one_of("kind", Removal)]

    def __str__(self) -> str:
        return f"{self.noun} {self.object_uid}, {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return f"{reverse('purged', args=[self.workspace.slug])}#{self.uid}"


class Emptied(models.Model):
    """One line, or act, of the journal out of which words went: its hash before, and since.

    `was` is what the chain stands on; `now` is of what is there since.
    """

    tombstone = models.ForeignKey(Tombstone, models.PROTECT, related_name="lines")
    workspace = models.ForeignKey("claims.Workspace", models.PROTECT, related_name="+")
    line = models.ForeignKey("claims.ChangeRow", models.PROTECT, null=True, related_name="+")
    change = models.ForeignKey("claims.Change", models.PROTECT, null=True, related_name="+")
    was = models.CharField(max_length=64)
    now = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(line__isnull=False, change=None) | Q(line=None, change__isnull=False),
                name="emptied_line_or_act",
            )
        ]

    def __str__(self) -> str:
        return f"line {self.line_id}" if self.line_id else f"act {self.change_id}"
