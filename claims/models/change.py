"""The journal: who did what, when, and the rows before and after."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.db.models import Q

from claims.models.base import Row, RowQuerySet, SeenQuerySet, one_of
from claims.records import ChangeKind

# What the program notes beside an act afterwards; nothing of it says what was done.
_NOTED = frozenset({"kind", "first", "first_id", "undone", "seal"})


class ChangeQuerySet(RowQuerySet):
    """Acts: added, and never changed or deleted by the program."""

    def update(self, **values: Any) -> int:
        if values.keys() - _NOTED:
            raise TypeError("What an act says is never changed.")
        return super().update(**values)

    def delete(self) -> NoReturn:
        raise TypeError("An act is never deleted.")

    def empty(self, summary: str, left: str) -> None:
        """Takes words out of what acts are called; for `actions/redacting.py` alone."""
        super().update(summary=summary, left_sha256=left)


class LineQuerySet(SeenQuerySet):
    """Lines of the journal: added, and never changed or deleted by the program."""

    def update(self, **values: Any) -> NoReturn:
        raise TypeError("A line of the journal is never changed.")

    def delete(self) -> NoReturn:
        raise TypeError("A line of the journal is never deleted.")

    def empty(self, before: Any, after: Any, left: str) -> None:
        """Takes words out of lines; for `actions/redacting.py` alone."""
        super().update(before=before, after=after, left_sha256=left)


class Change(Row):
    """One act of one person. Never deleted; what it says is never changed.

    `is_undo` alternates along `undo_of`: the undo of an undo is a redo, and can be undone.
    `first` is the act at the start of such a chain, empty on that act itself. Of `first`, `undone`
    says whether the newest of its chain is an undo, so that a feed need not walk every chain.
    """

    user = models.ForeignKey("claims.User", models.PROTECT, null=True, related_name="changes")
    at = models.DateTimeField(auto_now_add=True)
    action = models.CharField(max_length=40)
    kind = models.CharField(
        max_length=8, choices=ChangeKind.choices(), default=ChangeKind.OTHER.value, editable=False
    )
    summary = models.CharField(max_length=300)
    undo_of = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by"
    )
    is_undo = models.BooleanField(default=False)
    first = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="chain"
    )
    undone = models.BooleanField(default=False, editable=False)
    # Its hash, where words had to go from it (`models/tombstone.py`): the chain stands on that.
    left_sha256 = models.CharField(max_length=64, null=True, editable=False)  # noqa: DJ001
    # None until the worker has sealed it (`models/seal.py`); then it can't be changed unseen.
    seal = models.ForeignKey(
        "claims.Seal",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="sealed",
        db_index=False,
    )

    objects: ClassVar[Any] = ChangeQuerySet.as_manager()

    class Meta(Row.Meta):
        indexes: ClassVar = [
            models.Index(fields=["workspace", "-id"], name="change_newest"),
            models.Index(fields=["workspace", "user", "-id"], name="change_by_user"),
            models.Index(fields=["workspace", "-at", "-id"], name="change_in_time"),
            models.Index(fields=["workspace", "user", "-at", "-id"], name="change_by_person"),
            models.Index(fields=["workspace", "kind", "-at", "-id"], name="change_by_kind"),
            models.Index(fields=["workspace", "action", "-at", "-id"], name="change_by_action"),
            models.Index(
                fields=["workspace", "-at", "-id"], condition=Q(undone=True), name="change_undone"
            ),
            # Of none too: that is the queue of what is to be sealed.
            models.Index(fields=["seal", "id"], name="change_sealed"),
            models.Index(
                fields=["workspace", "id"], condition=Q(seal=None), name="change_unsealed"
            ),
        ]
        constraints: ClassVar = [*Row.Meta.constraints, one_of("kind", ChangeKind)]

    def __str__(self) -> str:
        return self.summary

    @property
    def act(self) -> Change:
        """The act at the start of its chain of undo and redo: itself, where it is none of these."""
        return self.first or self


class ChangeRow(models.Model):
    """One row of a change; `before` is null where it was made, `after` where it is gone."""

    # Neither has an index of its own: wider ones begin with it.
    change = models.ForeignKey(Change, models.PROTECT, related_name="rows", db_index=False)
    workspace = models.ForeignKey(
        "claims.Workspace", models.PROTECT, related_name="+", db_index=False
    )
    model = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    # As in `Change`. Null, since of a million lines none is rewritten by the migration.
    left_sha256 = models.CharField(max_length=64, null=True, editable=False)  # noqa: DJ001

    objects: ClassVar[Any] = LineQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes: ClassVar = [
            models.Index(
                fields=["workspace", "model", "object_id", "id"],
                name="change_of_object",
            ),
            # In place of the key's own: which rows a change touched, without reading them.
            models.Index(fields=["change", "model", "object_id", "id"], name="rows_of_change"),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.object_id}"


class ChangeTopic(models.Model):
    """A change stands in the history of this object (`actions/topics.py` says of which).

    An incident's history holds what was done to its claims, links and filings too, and a span
    that is gone no longer says to which claim it belonged: so it is written down with the act.
    `order` counts the topics of one change, the nearest first.
    """

    # As in `ChangeRow`.
    change = models.ForeignKey(Change, models.PROTECT, related_name="topics", db_index=False)
    workspace = models.ForeignKey(
        "claims.Workspace", models.PROTECT, related_name="+", db_index=False
    )
    noun = models.CharField(max_length=8)
    object_id = models.BigIntegerField()
    order = models.PositiveIntegerField()

    objects: ClassVar[Any] = SeenQuerySet.as_manager()

    class Meta:
        ordering = ["order"]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "noun", "object_id", "-change"], name="topic_history")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["change", "order"], name="topic_order")
        ]

    def __str__(self) -> str:
        return f"{self.noun} {self.object_id}"
