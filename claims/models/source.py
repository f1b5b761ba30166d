"""Who says things, and on which side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from claims.models.base import Root, Row, RowQuerySet, one_of
from claims.models.folding import folded
from claims.records import SourceKind

if TYPE_CHECKING:
    from claims.models.article import Article


class SourceQuerySet(RowQuerySet):
    """Sources by what they are called."""

    def called(self, name: str, article: Article | None = None) -> Self:
        """Those whose name or alias is `name`: named ones, and the unnamed of `article`."""
        plain = folded(name)[:200]
        return self._of(article, Q(name_folded=plain) | Q(aliases__name_folded=plain))

    def beginning(self, name: str, article: Article | None = None) -> Self:
        """Those of which a name or alias begins with `name`, likewise."""
        plain = folded(name)[:200]
        begins = Q(name_folded__startswith=plain) | Q(aliases__name_folded__startswith=plain)
        return self._of(article, begins)

    def meant(self, text: str) -> Self:
        """Those that a filter means: by uid, by name or alias, else by a part of one."""
        try:
            return self.filter(uid=UUID(text))
        except ValueError:
            plain = folded(text)[:200]
        exact = self.filter(Q(name_folded=plain) | Q(aliases__name_folded=plain))
        if exact.exists():
            return exact.distinct()
        part = Q(name_folded__contains=plain) | Q(aliases__name_folded__contains=plain)
        return self.filter(part).distinct()

    def _of(self, article: Article | None, names: Q) -> Self:
        own = Q(named=True) | Q(article=article) if article else Q(named=True)
        return self.filter(names).filter(own).distinct().order_by("name_folded", "id")


class Side(Row):
    """A party to the conflict; `color` picks one of the eight colours of the style sheet."""

    name = models.CharField(max_length=100)
    color = models.PositiveSmallIntegerField(default=1, choices=[(n, str(n)) for n in range(1, 9)])

    class Meta(Row.Meta):
        ordering = ["name", "id"]
        constraints: ClassVar = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["workspace", "name"], name="side_name"),
            models.CheckConstraint(condition=Q(color__range=(1, 8)), name="side_color_range"),
        ]

    def __str__(self) -> str:
        return self.name


class Source(Root):
    """An actor who says things. An unnamed one ("a medic") belongs to one article."""

    DERIVED = frozenset({"name_folded"})

    name = models.CharField(max_length=200)
    name_folded = models.CharField(max_length=200, editable=False)
    kind = models.CharField(
        max_length=12, choices=SourceKind.choices(), default=SourceKind.OTHER.value
    )
    named = models.BooleanField(default=True)
    article = models.ForeignKey(
        "claims.Article",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="unnamed_sources",
    )
    side = models.ForeignKey(Side, models.PROTECT, null=True, blank=True, related_name="sources")
    affiliation = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="affiliates"
    )
    note = models.TextField(blank=True)
    # The name is a pseudonym; the real one is in `models/identity.py`, for owners alone.
    protected = models.BooleanField(default=False, db_default=False, editable=False)

    objects: ClassVar[Any] = SourceQuerySet.as_manager()

    class Meta(Root.Meta):
        indexes: ClassVar = [
            models.Index(fields=["workspace", "name_folded", "id"], name="source_by_name"),
            models.Index(fields=["workspace", "side", "name_folded", "id"], name="source_by_side"),
            models.Index(fields=["workspace", "kind", "name_folded", "id"], name="source_by_kind"),
        ]
        constraints: ClassVar = [
            *Root.Meta.constraints,
            one_of("kind", SourceKind),
            models.CheckConstraint(condition=~Q(name=""), name="source_has_name"),
            models.CheckConstraint(
                condition=Q(named=True, article=None) | Q(named=False, article__isnull=False),
                name="source_unnamed_has_article",
            ),
            models.CheckConstraint(
                condition=~Q(affiliation=F("id")), name="source_not_own_affiliation"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_folded = folded(self.name)[:200]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.workspace.slug, self.uid])


class Alias(Row):
    """Another name of a source. Not unique: "MoD" is a choice of ministries."""

    DERIVED = frozenset({"name_folded"})

    source = models.ForeignKey(Source, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    name_folded = models.CharField(max_length=200, editable=False)

    class Meta(Row.Meta):
        ordering = ["name", "id"]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "name_folded"], name="alias_by_name"),
        ]
        constraints: ClassVar = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["source", "name_folded"], name="alias_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_folded = folded(self.name)[:200]
        super().save(*args, **kwargs)  # type: ignore[arg-type]
