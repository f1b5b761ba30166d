"""Words of an earlier text that a new one may have changed, until a person has looked at them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from claims.models.base import Row, one_of
from claims.records import Match, Placing, SpanRole


class Placement(Row):
    """Where a span of the text `before` may stand in the text `revision`.

    It is no span: nothing that reads spans (pages, search, exports) knows of it. Once it is
    accepted, and the other words of the claim are decided on, a span is made of it. Offsets are
    half-open code points, `start` and `end` into the new text (none: nowhere), `was_start` and
    `was_end` into the old one, where `quote` stands.
    """

    claim = models.ForeignKey("claims.Claim", models.CASCADE, related_name="placements")
    revision = models.ForeignKey("claims.Revision", models.PROTECT, related_name="placements")
    before = models.ForeignKey("claims.Revision", models.PROTECT, related_name="+")
    role = models.CharField(max_length=7, choices=SpanRole.choices())
    was_start = models.PositiveIntegerField()
    was_end = models.PositiveIntegerField()
    quote = models.TextField("words")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    match = models.CharField(max_length=8, choices=Match.choices())
    score = models.FloatField(default=0.0)
    reason = models.CharField("why a person looks", max_length=200, blank=True)
    state = models.CharField("decided", max_length=8, choices=Placing.choices())

    class Meta(Row.Meta):
        ordering = ["was_start", "was_end", "id"]
        indexes: ClassVar = [
            models.Index(fields=["revision", "state", "id"], name="placement_waiting"),
        ]
        constraints: ClassVar = [
            *Row.Meta.constraints,
            one_of("role", SpanRole),
            one_of("match", Match),
            one_of("state", Placing),
            models.CheckConstraint(
                condition=Q(start=None, end=None) | Q(end__gt=F("start")),
                name="placement_not_empty",
            ),
            models.CheckConstraint(
                condition=~Q(state=Placing.ACCEPTED.value) | Q(start__isnull=False),
                name="placement_accepted_somewhere",
            ),
            models.UniqueConstraint(
                fields=["claim", "revision", "role", "was_start", "was_end"],
                name="placement_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} “{self.quote}”"
