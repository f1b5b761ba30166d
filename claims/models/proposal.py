"""What is proposed of things beside each other: what a person dismissed, and prints of texts."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.base import Row, SeenQuerySet, one_of
from claims.searching.facets import Noun


class Dismissal(Row):
    """That two claims, sources, incidents or articles are not proposed for each other again.

    Public ids, since what is dismissed is of four tables, and of none a part. `one` is the lesser.
    """

    noun = models.CharField(max_length=8, choices=Noun.choices())
    one = models.UUIDField()
    other = models.UUIDField()
    dismissed_by = models.ForeignKey("claims.User", models.PROTECT, related_name="+")
    dismissed_at = models.DateTimeField(default=timezone.now)

    class Meta(Row.Meta):
        indexes: ClassVar = [
            models.Index(fields=["workspace", "noun", "other"], name="dismissal_of_other"),
        ]
        constraints: ClassVar = [
            *Row.Meta.constraints,
            one_of("noun", Noun),
            models.UniqueConstraint(
                fields=["workspace", "noun", "one", "other"], name="dismissal_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.noun}s {self.one} and {self.other}"


def dismissed(workspace: int, noun: Noun, uid: UUID) -> set[UUID]:
    """What is not to be proposed for the thing with this public id; one query."""
    rows = Dismissal.objects.filter(Q(one=uid) | Q(other=uid), workspace=workspace, noun=noun)
    pairs = rows.values_list("one", "other")
    return {id for pair in pairs for id in pair} - {uid}


class TextPrint(models.Model):
    """A number of the newest text of an article (`suggester/competing/prints.py`), to be found by.

    `actions/search.py` writes it with the documents of the search, and takes it away with them.
    """

    workspace = models.ForeignKey(
        "claims.Workspace", models.PROTECT, related_name="+", db_index=False
    )
    article = models.ForeignKey(
        "claims.Article", models.CASCADE, related_name="prints", db_constraint=False
    )
    value = models.BigIntegerField()

    objects: ClassVar[models.Manager[TextPrint]] = SeenQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["workspace", "value"], name="textprint_by_value"),
        ]

    def __str__(self) -> str:
        return f"print of {self.article_id}"
