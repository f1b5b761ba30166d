"""The journal: who did what, when, and the rows before and after."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from claims.models.base import Row


class Change(Row):
    """One act of one person. Never updated, never deleted.

    `is_undo` alternates along `undo_of`: the undo of an undo is a redo, and can be undone.
    """

    user = models.ForeignKey("claims.User", models.PROTECT, null=True, related_name="changes")
    at = models.DateTimeField(auto_now_add=True)
    action = models.CharField(max_length=40)
    summary = models.CharField(max_length=300)
    undo_of = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by"
    )
    is_undo = models.BooleanField(default=False)

    class Meta(Row.Meta):
        indexes: ClassVar = [
            models.Index(fields=["workspace", "-id"], name="change_newest"),
            models.Index(fields=["workspace", "user", "-id"], name="change_by_user"),
        ]

    def __str__(self) -> str:
        return self.summary


class ChangeRow(models.Model):
    """One row of a change; `before` is null where it was made, `after` where it is gone."""

    change = models.ForeignKey(Change, models.PROTECT, related_name="rows")
    workspace = models.ForeignKey("claims.Workspace", models.PROTECT, related_name="+")
    model = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ["id"]
        indexes: ClassVar = [
            models.Index(
                fields=["workspace", "model", "object_id", "id"],
                name="change_of_object",
            )
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.object_id}"
