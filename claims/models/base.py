"""What every row has: an id, a public uid, a workspace; and, for roots, a version."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from uuid_utils.compat import uuid7

from claims.models import lens
from claims.records import Word

if TYPE_CHECKING:
    from claims.models.user import User
    from claims.models.workspace import Workspace


def new_uid() -> uuid.UUID:
    """A UUIDv7: sorts by time of making, so that indexes stay warm."""
    return uuid7()


def one_of(field: str, words: type[Word], *, blank: bool = False) -> models.CheckConstraint:
    """The database's own copy of a closed list, as a check on `field`."""
    values = [word.value for word in words] + ([""] if blank else [])
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": values}), name=f"%(class)s_{field}_word"
    )


class SeenQuerySet(models.QuerySet[Any]):
    """Rows without what the member who asks must not see (`lens.py`).

    The condition is set as soon as there is a query, and again on one that was begun before the
    request, as those at the top of a module are: there is none that a view could leave out.
    """

    def __init__(self, model: Any = None, query: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(model, query, *args, **kwargs)
        self._seen = False
        if query is None:
            self._look()

    def _look(self) -> None:
        if (through := lens.current()) is not None:
            self._seen = True
            if (hidden := through.hides(self.model)) is not None:
                self.query.add_q(~hidden)

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._seen = self._seen
        return clone

    def _chain(self) -> Self:
        chained: Self = super()._chain()  # type: ignore[misc]
        if not chained._seen:
            chained._look()
        return chained


class AsSeen(models.Model):
    """A row with computed columns: they are set to what they are of the rows that are shown."""

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any, **more: Any) -> Self:
        row = super().from_db(db, field_names, values, **more)
        if (through := lens.current()) is not None:
            through.recast(row)
        return row


class RowQuerySet(SeenQuerySet):
    """Rows of a workspace; every query of a page starts with one of these."""

    def visible_to(self, user: User) -> Self:
        """Rows of the workspaces in which `user` is a member."""
        return self.filter(workspace__memberships__user=user)

    def within(self, workspace: Workspace) -> Self:
        """Rows of one workspace, which the caller has already authorised."""
        return self.filter(workspace=workspace)

    def kept(self) -> Self:
        """What is not deleted."""
        return self.filter(deleted_at=None)


class Row(models.Model):
    """A row of a workspace. `DERIVED` names the columns that the journal leaves out."""

    DERIVED: ClassVar[frozenset[str]] = frozenset()

    uid = models.UUIDField(default=new_uid, editable=False)
    workspace = models.ForeignKey("claims.Workspace", models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager[Any]] = RowQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "uid"], name="%(class)s_uid")
        ]


class Root(Row):
    """A row with a version (compare and swap) that is soft-deleted."""

    version = models.PositiveIntegerField(default=1)
    # Not `auto_now`: what is imported keeps its own times.
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta(Row.Meta):
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        self.updated_at = timezone.now()
        super().save(*args, **kwargs)  # type: ignore[arg-type]
