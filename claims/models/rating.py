"""How far a source has been reliable: dated and reasoned, each rating beside the ones before."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from claims.models.base import Root, one_of
from claims.records import Reliability


class Rating(Root):
    """A letter of the Admiralty code for a source, from a day on; a later one takes over."""

    source = models.ForeignKey("claims.Source", models.PROTECT, related_name="ratings")
    reliability = models.CharField(max_length=1, choices=Reliability.choices())
    since = models.DateField()
    reason = models.TextField()
    rated_by = models.ForeignKey("claims.User", models.PROTECT, related_name="+")

    class Meta(Root.Meta):
        ordering = ["since", "id"]
        indexes: ClassVar = [
            models.Index(fields=["source", "-since", "-id"], name="rating_of_source")
        ]
        constraints: ClassVar = [
            *Root.Meta.constraints,
            one_of("reliability", Reliability),
            models.CheckConstraint(condition=~Q(reason=""), name="rating_has_reason"),
        ]

    def __str__(self) -> str:
        return self.reliability

    def clean(self) -> None:
        """Raises ValidationError when no reason is given."""
        if not self.reason.strip():
            raise ValidationError({"reason": "Say why."})
