"""Who codes an article without seeing what the others recorded on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from claims.models.base import Root, RowQuerySet
from claims.models.lens import every
from claims.models.workspace import Membership
from claims.records import Role

if TYPE_CHECKING:
    from claims.models.article import Article
    from claims.models.user import User
    from claims.models.workspace import Workspace

SEES_ALL = (Role.REVIEWER.value, Role.OWNER.value)
OPEN = Q(ended_at=None, deleted_at=None)
ENDED = Q(ended_at__isnull=False, deleted_at=None)


class BlindReadingQuerySet(RowQuerySet):
    """Readings by whether they go on."""

    def open(self) -> Self:
        """Those that go on."""
        return self.filter(OPEN)


class BlindReading(Root):
    """That a member codes an article blind, until `ended_at`: they submit, or a reviewer ends it.

    For a member who works blind on every new article (`Membership.blind_after`) there is a row only
    once it has ended: what has none goes on.
    """

    article = models.ForeignKey(
        "claims.Article", models.PROTECT, related_name="blind_readings", db_index=False
    )
    reader = models.ForeignKey("claims.User", models.PROTECT, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = BlindReadingQuerySet.as_manager()

    class Meta(Root.Meta):
        verbose_name = "blind reading"
        indexes: ClassVar = [
            models.Index(fields=["reader", "article"], name="blindreading_of_reader"),
            models.Index(fields=["article"], name="blindreading_of_article"),
        ]
        constraints: ClassVar = [
            *Root.Meta.constraints,
            models.UniqueConstraint(
                fields=["article", "reader"],
                condition=Q(deleted_at=None),
                name="blindreading_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader} on “{self.article}”"


def works_blind(seat: str = "") -> Q:
    """Whether a seat (or what leads to one by `seat`) is of a member who now works blind at all."""
    mine = every(BlindReading).filter(
        OPEN, workspace=OuterRef(f"{seat}workspace"), reader=OuterRef(f"{seat}user")
    )
    blind = Q(**{f"{seat}blind_after__isnull": False}) | Q(Exists(mine))
    return blind & ~Q(**{f"{seat}role__in": SEES_ALL})


def blind_readers(article: Article) -> list[User]:
    """Who now works blind on an article, by name."""
    own = every(BlindReading).filter(article=article, reader=OuterRef("user"), deleted_at=None)
    by_default = Q(blind_after__lt=article.pk) & ~Q(Exists(own.filter(ENDED)))
    seats = Membership.objects.filter(workspace=article.workspace_id).exclude(role__in=SEES_ALL)
    blind = seats.filter(by_default | Q(Exists(own.filter(OPEN)))).select_related("user")
    return [seat.user for seat in blind.order_by("user__username")]


def newest_article(workspace: Workspace) -> int:
    """What `Membership.blind_after` is set to: the articles that come in later are new."""
    articles: Any = BlindReading._meta.get_field("article").related_model
    newest = every(articles).filter(workspace=workspace).order_by("-id")
    return newest.values_list("id", flat=True).first() or 0
