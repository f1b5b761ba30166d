"""Invitations: a link that gives whoever opens it a seat, once, for a few days."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from claims.models.base import Root, RowQuerySet, one_of
from claims.models.workspace import Membership
from claims.records import Role


class InvitationQuerySet(RowQuerySet):
    """Invitations by whether their links work."""

    def open(self) -> Self:
        """Those that can be taken up: not used, revoked or over, and of somebody who is an owner.

        Else an owner could, before their seat is taken away, keep a way back for themselves.
        """
        own = Membership.objects.filter(workspace=OuterRef("workspace"), user=OuterRef("made_by"))
        owner = own.filter(role=Role.OWNER.value, user__is_active=True)
        unused = self.kept().filter(used_at=None, expires_at__gt=timezone.now())
        return unused.filter(Exists(owner))


class Invitation(Root):
    """For whom (a name or an e-mail), as what, by whom; a revoked one is deleted.

    What makes the link work is in no journal: neither its secret, of which only the hash is kept,
    nor that it was used, so that no undo makes it work again.
    """

    DERIVED = frozenset({"secret_hash", "used_at", "used_by"})

    name = models.CharField(max_length=150)
    role = models.CharField(max_length=8, choices=Role.choices())
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey("claims.User", models.PROTECT, related_name="+", editable=False)
    expires_at = models.DateTimeField(editable=False)
    used_at = models.DateTimeField(null=True, blank=True, editable=False)
    used_by = models.ForeignKey(
        "claims.User", models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )

    objects: ClassVar[Any] = InvitationQuerySet.as_manager()

    class Meta(Root.Meta):
        constraints: ClassVar = [*Root.Meta.constraints, one_of("role", Role)]
        indexes: ClassVar = [
            models.Index(
                fields=["workspace", "expires_at"],
                name="invitation_unused",
                condition=models.Q(used_at=None, deleted_at=None),
            )
        ]

    def __str__(self) -> str:
        # Without the name: every member reads the history, and it is often an address.
        return f"as {self.role}"
