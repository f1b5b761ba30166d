"""What claims are about, the questions in dispute, and their answers."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from claims.models.base import AsSeen, Root, one_of
from claims.records import Aspect, LocationPrecision, State, TimePrecision, Workflow

IN_DISPUTE = 3_000_000_000_000
"""The `heat` of an incident from which on something in it is in dispute."""


class Incident(AsSeen, Root):
    """An event. The state columns are refreshed by `actions/state.py` and never typed."""

    DERIVED = frozenset(
        "state challenged live_claims originators sides competing_pairs "
        "conflicting_originators heat verdicts awaits_second evidence_changed".split()
    )

    code = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    occurred_from = models.DateTimeField("from (UTC)", null=True, blank=True)
    occurred_to = models.DateTimeField("to (UTC)", null=True, blank=True)
    precision = models.CharField(
        max_length=7, choices=TimePrecision.choices(), default=TimePrecision.DAY.value
    )
    place = models.CharField(max_length=300, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    location_precision = models.CharField(
        max_length=13,
        choices=LocationPrecision.choices(),
        default=LocationPrecision.UNKNOWN.value,
    )
    summary = models.TextField(blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    assignee = models.ForeignKey(
        "claims.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_incidents",
    )
    workflow = models.CharField(
        max_length=9, choices=Workflow.choices(), default=Workflow.OPEN.value
    )

    state = models.CharField(
        max_length=14,
        choices=State.choices(),
        default=State.UNANSWERED.value,
        editable=False,
    )
    challenged = models.BooleanField(default=False, editable=False)
    live_claims = models.PositiveIntegerField(default=0, editable=False)
    originators = models.PositiveIntegerField(default=0, editable=False)
    sides = models.PositiveIntegerField(default=0, editable=False)
    competing_pairs = models.PositiveIntegerField(default=0, editable=False)
    conflicting_originators = models.PositiveIntegerField(default=0, editable=False)
    # How contested, as one number to sort by: in dispute at all, also where it is not over a key
    # question, else the state; originators in conflict; pairs.
    heat = models.BigIntegerField(default=0, editable=False)
    # Of the incident and its questions: current verdicts, and whether one of them waits for a
    # second reviewer, or stood before its evidence changed.
    verdicts = models.PositiveIntegerField(default=0, editable=False)
    awaits_second = models.BooleanField(default=False, editable=False)
    evidence_changed = models.BooleanField(default=False, editable=False)

    class Meta(Root.Meta):
        indexes: ClassVar = [
            *(
                models.Index(
                    fields=["workspace", "-heat", "-id"], condition=Q(**{column: True}), name=name
                )
                for column, name in (
                    ("evidence_changed", "incident_evidence_changed"),
                    ("awaits_second", "incident_awaits_second"),
                    ("challenged", "incident_challenged"),
                )
            ),
            models.Index(fields=["workspace", "-heat", "-id"], name="incident_contested"),
            models.Index(fields=["workspace", "state", "-heat", "-id"], name="incident_by_state"),
            models.Index(
                fields=["workspace", "workflow", "-heat", "-id"],
                name="incident_by_work",
            ),
            models.Index(fields=["workspace", "assignee", "-heat", "-id"], name="incident_by_who"),
            models.Index(fields=["workspace", "occurred_from", "id"], name="incident_by_date"),
            models.Index(
                fields=["workspace", "latitude", "longitude"],
                condition=Q(deleted_at=None),
                name="incident_by_place",
            ),
        ]
        constraints: ClassVar = [
            *Root.Meta.constraints,
            one_of("precision", TimePrecision),
            one_of("location_precision", LocationPrecision),
            one_of("workflow", Workflow),
            one_of("state", State),
            models.UniqueConstraint(
                fields=["workspace", "code"],
                condition=Q(deleted_at=None),
                name="incident_code",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="incident_has_title"),
            models.CheckConstraint(
                condition=Q(occurred_to=None) | Q(occurred_to__gte=F("occurred_from")),
                name="incident_time_order",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="incident_coordinates",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="incident_not_own_part"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def clean(self) -> None:
        """Raises ValidationError for times the wrong way round or half a coordinate."""
        if self.occurred_to and (
            self.occurred_from is None or self.occurred_to < self.occurred_from
        ):
            raise ValidationError({"occurred_to": "The end can't be before the start."})
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"longitude": "Give both coordinates, or neither."})

    def get_absolute_url(self) -> str:
        return reverse("incident", args=[self.workspace.slug, self.uid])


class Question(AsSeen, Root):
    """A point of dispute within an incident (IBIS: an issue)."""

    DERIVED = frozenset({"state", "challenged", "competing_pairs"})

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="questions")
    text = models.CharField(max_length=300)
    aspect = models.CharField(max_length=11, choices=Aspect.choices(), default=Aspect.OTHER.value)
    is_key = models.BooleanField("key question", default=False)
    exclusive = models.BooleanField("only one answer can be so", default=True)
    order = models.PositiveIntegerField(default=0)

    state = models.CharField(
        max_length=14,
        choices=State.choices(),
        default=State.UNANSWERED.value,
        editable=False,
    )
    challenged = models.BooleanField(default=False, editable=False)
    competing_pairs = models.PositiveIntegerField(default=0, editable=False)

    class Meta(Root.Meta):
        ordering = ["order", "id"]
        constraints: ClassVar = [
            *Root.Meta.constraints,
            one_of("aspect", Aspect),
            one_of("state", State),
            models.CheckConstraint(condition=~Q(text=""), name="question_has_text"),
        ]

    def __str__(self) -> str:
        return self.text


class Position(AsSeen, Root):
    """One answer to a question; `competes` is false for "does not know" and the like."""

    DERIVED = frozenset({"held_by", "held_sides", "held_by_accused", "in_part_by", "rejected_by"})

    question = models.ForeignKey(Question, models.PROTECT, related_name="positions")
    text = models.CharField(max_length=300)
    competes = models.BooleanField("rules the other answers out", default=True)
    order = models.PositiveIntegerField(default=0)

    # Originators, not claims: who holds it fully, in part, or rejects it in any way.
    held_by = models.PositiveIntegerField(default=0, editable=False)
    held_sides = models.PositiveIntegerField(default=0, editable=False)
    held_by_accused = models.BooleanField(default=False, editable=False)
    in_part_by = models.PositiveIntegerField(default=0, editable=False)
    rejected_by = models.PositiveIntegerField(default=0, editable=False)

    class Meta(Root.Meta):
        ordering = ["order", "id"]
        constraints: ClassVar = [
            *Root.Meta.constraints,
            models.UniqueConstraint(
                fields=["question", "text"],
                condition=Q(deleted_at=None),
                name="position_text",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="position_has_text"),
        ]

    def __str__(self) -> str:
        return self.text
