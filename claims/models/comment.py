"""What people say to each other beside the work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from claims.models.base import Root, Row, RowQuerySet

if TYPE_CHECKING:
    from claims.models.article import Article
    from claims.models.claim import Claim
    from claims.models.incident import Incident, Question

SUBJECTS = ("claim", "question", "incident", "article")
LONGEST = 5_000


class CommentQuerySet(RowQuerySet):
    """Comments by what they are on."""

    def of_incident(self, incident: Incident) -> Self:
        """Those on an incident, on its questions and on its claims, where these are kept."""
        on_question = Q(question__incident=incident, question__deleted_at=None)
        on_claim = Q(claim__incident=incident, claim__deleted_at=None)
        return self.kept().filter(Q(incident=incident) | on_question | on_claim)


class Comment(Root):
    """One comment on a claim, a question, an incident or an article; can be resolved."""

    claim = models.ForeignKey(
        "claims.Claim", models.PROTECT, null=True, blank=True, related_name="comments"
    )
    question = models.ForeignKey(
        "claims.Question", models.PROTECT, null=True, blank=True, related_name="comments"
    )
    incident = models.ForeignKey(
        "claims.Incident", models.PROTECT, null=True, blank=True, related_name="comments"
    )
    article = models.ForeignKey(
        "claims.Article", models.PROTECT, null=True, blank=True, related_name="comments"
    )
    text = models.TextField(max_length=LONGEST)
    author = models.ForeignKey("claims.User", models.PROTECT, related_name="comments")
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        "claims.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    mentioned: Any = models.ManyToManyField(
        "claims.User", through="claims.Mention", related_name="+"
    )

    objects: ClassVar[Any] = CommentQuerySet.as_manager()

    class Meta(Root.Meta):
        ordering = ["id"]
        constraints: ClassVar = [
            *Root.Meta.constraints,
            models.CheckConstraint(
                condition=Q(claim__isnull=False, question=None, incident=None, article=None)
                | Q(claim=None, question__isnull=False, incident=None, article=None)
                | Q(claim=None, question=None, incident__isnull=False, article=None)
                | Q(claim=None, question=None, incident=None, article__isnull=False),
                name="comment_on_one_thing",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="comment_has_text"),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="comment_resolved_by",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        """Raises ValidationError when nothing is said."""
        if not self.text.strip():
            raise ValidationError({"text": "Write something."})

    @property
    def about(self) -> Claim | Question | Incident | Article:
        """What it is on."""
        rows: list[Any] = [getattr(self, name) for name in SUBJECTS]
        return next(row for row in rows if row is not None)  # type: ignore[no-any-return]

    def get_absolute_url(self) -> str:
        return reverse("comment", args=[self.workspace.slug, self.uid])


class Mention(Row):
    """A member whom a comment names as @name."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="mentions")
    user = models.ForeignKey("claims.User", models.PROTECT, related_name="mentions")

    class Meta(Row.Meta):
        ordering = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "user", "-id"], name="mention_of_user")
        ]
        constraints: ClassVar = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["comment", "user"], name="mention_once"),
        ]

    def __str__(self) -> str:
        return f"@{self.user}"
