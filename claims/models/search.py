"""What is found: one row for each thing that can be, and the searches that people keep."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse

from claims.models.base import Row, SeenQuerySet, one_of
from claims.searching.facets import Noun, Standing


def pointer(to: str, *, index: bool = False) -> models.ForeignKey[Any, Any]:
    """A pointer to what a document is filed under.

    Nothing that a document points to is ever deleted for good while it does, so that the database
    need not look through a million of them where a side is.
    """
    return models.ForeignKey(
        to,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_index=index,
        db_constraint=False,
    )


class SearchDocument(models.Model):
    """A claim, article, source or incident as it is searched; `actions/search.py` writes it.

    The database keeps the full-text index of it by itself, with triggers on SQLite and a generated
    column on PostgreSQL (see the migration `search`): facets come from the columns, `head` and
    `body` hold words as `claims.searching.words` makes them, the head counts for more. A migration
    that alters this table on SQLite makes it anew without its triggers: it must create them again.

    A long article is several documents: `part` counts them, `line` is where each begins.
    """

    workspace = models.ForeignKey(
        "claims.Workspace", models.PROTECT, related_name="+", db_index=False
    )
    noun = models.CharField(max_length=8, choices=Noun.choices())
    object_id = models.BigIntegerField()
    part = models.PositiveIntegerField(default=0)
    line = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=14, choices=Standing.choices(), blank=True)
    # YYYYMMDD, of which the index makes day, month, year, decade and century.
    day = models.PositiveIntegerField(null=True)
    source = pointer("claims.Source", index=True)
    side = pointer("claims.Side")
    incident = pointer("claims.Incident")
    annotator = pointer("claims.User")
    head = models.TextField(blank=True)
    body = models.TextField(blank=True)

    objects: ClassVar[Any] = SeenQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["noun", "object_id", "part"], name="searchdocument_of_object"
            ),
            one_of("noun", Noun),
            one_of("state", Standing, blank=True),
        ]

    def __str__(self) -> str:
        return f"{self.noun} {self.object_id}"


class SavedSearch(Row):
    """A search that a person keeps for themselves: the query string of its address."""

    user = models.ForeignKey("claims.User", models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=100)
    query = models.CharField(max_length=2000)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(Row.Meta):
        ordering = ["name", "id"]
        constraints: ClassVar = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["workspace", "user", "name"], name="savedsearch_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('search', args=[self.workspace.slug])}?{self.query}"
