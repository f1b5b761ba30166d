"""Incidents, their questions and the answers to these."""

from __future__ import annotations

from claims.api.fields import RowSerializer
from claims.api.frame import One
from claims.api.keyset import Rows
from claims.forms.incident import IncidentFilter
from claims.forms.related import RelatedFilter, by_uid, by_word
from claims.models import Incident, Position, Question
from claims.records import State


class IncidentSerializer(RowSerializer):
    """What follows `workflow` is computed."""

    class Meta:
        model = Incident
        fields = (
            "code",
            "title",
            "occurred_from",
            "occurred_to",
            "precision",
            "place",
            "latitude",
            "longitude",
            "location_precision",
            "summary",
            "parent",
            "assignee",
            "workflow",
            "state",
            "challenged",
            "live_claims",
            "originators",
            "sides",
            "competing_pairs",
            "awaits_second",
            "evidence_changed",
            "version",
            "created_at",
            "updated_at",
        )


class QuestionSerializer(RowSerializer):
    """`state`, `challenged` and `competing_pairs` are computed."""

    class Meta:
        model = Question
        fields = (
            "incident",
            "text",
            "aspect",
            "is_key",
            "exclusive",
            "order",
            "state",
            "challenged",
            "competing_pairs",
            "version",
            "created_at",
            "updated_at",
        )


class PositionSerializer(RowSerializer):
    """`held_by` and what follows count original sources, not claims."""

    class Meta:
        model = Position
        fields = (
            "question",
            "text",
            "competes",
            "order",
            "held_by",
            "held_sides",
            "held_by_accused",
            "in_part_by",
            "rejected_by",
            "version",
            "created_at",
            "updated_at",
        )


class QuestionFilter(RelatedFilter):
    incident = by_uid(Incident)
    state = by_word(State)


class PositionFilter(RelatedFilter):
    LOOKUPS = {"incident": "question__incident"}

    incident = by_uid(Incident)
    question = by_uid(Question)


class Incidents(Rows):
    """The most contested first."""

    serializer_class = IncidentSerializer
    filter_form = IncidentFilter
    order = ("-heat", "-id")


class OneIncident(One):
    serializer_class = IncidentSerializer


class Questions(Rows):
    serializer_class = QuestionSerializer
    filter_form = QuestionFilter


class OneQuestion(One):
    serializer_class = QuestionSerializer


class Positions(Rows):
    serializer_class = PositionSerializer
    filter_form = PositionFilter


class OnePosition(One):
    serializer_class = PositionSerializer
