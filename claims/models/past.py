"""Journals that came with a file: told as the file tells them, beside our own and never in it.

A file can be forged, and our own journal is evidence. So what is here can't be undone, has names
and public ids and points at no row, and says of itself which file told it.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from claims.models.base import Root, Row, RowQuerySet, SeenQuerySet, one_of
from claims.records import ChangeKind


class Chronicle(Root):
    """That a file brought a journal of its own. Deleted while the import is undone.

    `change` is the act that brought it in; `acts` are that one and those that made way for it (its
    sides). An export does not tell these again: what they made is told by the file's journal.
    """

    name = models.CharField("history that came with the file", max_length=255)
    change = models.OneToOneField("claims.Change", models.PROTECT, related_name="chronicle")
    acts: Any = models.ManyToManyField("claims.Change", related_name="+")

    class Meta(Root.Meta):
        verbose_name = "history from a file"

    def __str__(self) -> str:
        return self.name


class PastQuerySet(RowQuerySet):
    """Acts of files, by whether the import of the file stands."""

    def told(self) -> PastQuerySet:
        """Those of imports that are not undone."""
        return self.filter(chronicle__deleted_at=None)


class PastChange(Row):
    """One act, as a file tells it. `undo_of` is the public id of the act that it takes back."""

    chronicle = models.ForeignKey(Chronicle, models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    by = models.TextField(blank=True)
    action = models.CharField(max_length=40)
    kind = models.CharField(max_length=8, choices=ChangeKind.choices())
    summary = models.TextField(blank=True)
    undo_of = models.UUIDField(null=True, blank=True, db_index=True)
    is_undo = models.BooleanField(default=False)

    objects: ClassVar[Any] = PastQuerySet.as_manager()

    class Meta(Row.Meta):
        indexes: ClassVar = [models.Index(fields=["workspace", "-id"], name="past_newest")]
        constraints: ClassVar = [*Row.Meta.constraints, one_of("kind", ChangeKind)]

    def __str__(self) -> str:
        return self.summary


class PastTopic(models.Model):
    """That it stands in the history of the thing with this public id, the nearest first."""

    past = models.ForeignKey(PastChange, models.PROTECT, related_name="topics")
    workspace = models.ForeignKey("claims.Workspace", models.PROTECT, related_name="+")
    noun = models.CharField(max_length=8)
    object_uid = models.UUIDField()

    objects: ClassVar[Any] = SeenQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "noun", "object_uid", "-past"], name="past_history")
        ]

    def __str__(self) -> str:
        return f"{self.noun} {self.object_uid}"


class PastRow(models.Model):
    """One row of it. `before` and `after` are JSON as text, to the letter as the file has them."""

    past = models.ForeignKey(PastChange, models.PROTECT, related_name="rows")
    noun = models.CharField(max_length=20)
    object_uid = models.UUIDField(null=True, blank=True)
    before = models.TextField(null=True, blank=True)  # noqa: DJ001 - none is not an empty object
    after = models.TextField(null=True, blank=True)  # noqa: DJ001

    objects: ClassVar[Any] = SeenQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.noun} {self.object_uid}"
