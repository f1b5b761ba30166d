"""A team's desk, and who sits at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse

from claims.models.base import new_uid, one_of
from claims.records import Role

if TYPE_CHECKING:
    from claims.models.user import User


class WorkspaceQuerySet(models.QuerySet["Workspace"]):
    """Desks, by who sits at them."""

    def visible_to(self, user: User) -> WorkspaceQuerySet:
        """The workspaces in which `user` is a member."""
        return self.filter(memberships__user=user)


class Workspace(models.Model):
    """A team's desk. Everything else belongs to exactly one."""

    uid = models.UUIDField(default=new_uid, editable=False, unique=True)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    uses_reliability = models.BooleanField("use source reliability", default=False)
    uses_credibility = models.BooleanField("use claim credibility", default=False)
    uses_certainty = models.BooleanField("use certainty", default=False)
    dozens_from = models.PositiveSmallIntegerField(
        "“dozens” starts at", default=24, choices=[(24, "24"), (12, "12")]
    )
    # YYYYMMDD becomes the day of the incident, NN the first free number of that day.
    incident_code = models.CharField(
        "incident codes look like",
        max_length=60,
        default="YYYYMMDD-NN",
        validators=[
            RegexValidator(r"YYYYMMDD.*NN", "The pattern needs YYYYMMDD and, after it, NN.")
        ],
    )
    requires_second_factor = models.BooleanField(
        "members need a second factor", default=False, db_default=False
    )
    suggests = models.BooleanField("a machine suggests claims", default=True, db_default=True)
    # [{"text", "aspect", "is_key", "exclusive", "positions": [str, ...]}, ...]
    question_templates = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = WorkspaceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(dozens_from__in=[12, 24]),
                name="workspace_dozens_from",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("workspace", args=[self.slug])


class Membership(models.Model):
    """One person's role at one desk."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="memberships")
    user = models.ForeignKey("claims.User", models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role.choices())
    created_at = models.DateTimeField(auto_now_add=True)
    # Works blind on every article with a higher number, until they submit their reading of it.
    # A number and not a moment: what is imported keeps the time of its making elsewhere.
    blind_after = models.BigIntegerField("works blind after article", null=True, blank=True)

    DERIVED: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user"], name="membership_once"),
            one_of("role", Role),
        ]

    def __str__(self) -> str:
        return f"{self.user} is {self.role} of {self.workspace}"
