"""Incidents."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.response import Response

from claims.actions import incident as actions
from claims.api.fields import RowSerializer
from claims.api.keyset import Rows
from claims.api.making import ToMake
from claims.api.sent import MemberField, RowField, Strict, Text, word
from claims.api.writing import OneToWrite
from claims.forms.incident import IncidentFilter
from claims.models import Incident
from claims.records import LocationPrecision, TimePrecision, Workflow


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


def degrees(most: int) -> serializers.DecimalField:
    """A latitude or a longitude, to the sixth place."""
    return serializers.DecimalField(
        max_digits=9,
        decimal_places=6,
        min_value=-most,
        max_value=most,
        required=False,
        allow_null=True,
    )


class IncidentChangeSent(Strict):
    """Times are in UTC; what is finer than `precision` is not shown."""

    title = serializers.CharField(max_length=300)
    code = serializers.CharField(max_length=80, required=False)
    occurred_from = serializers.DateTimeField(required=False, allow_null=True)
    occurred_to = serializers.DateTimeField(required=False, allow_null=True)
    precision = word(TimePrecision)
    place = Text(max_length=300)
    latitude = degrees(90)
    longitude = degrees(180)
    location_precision = word(LocationPrecision)
    summary = Text()
    parent: Any = RowField(Incident, allow_null=True)
    assignee = MemberField(required=False, allow_null=True)
    workflow = word(Workflow)


class IncidentSent(IncidentChangeSent):
    """Without a `code` it gets the next one of its day."""


class Incidents(ToMake, Rows):
    """The most contested first."""

    rules = {"GET": "read", "POST": "incident.write"}
    serializer_class = IncidentSerializer
    filter_form = IncidentFilter
    order = ("-heat", "-id")
    takes = IncidentSent

    def make(self, sent: dict[str, Any]) -> Response:
        """Adds an incident; the desk's question templates come with it."""
        return self.made(actions.create(self.desk.actor, sent), "api-incident")


class OneIncident(OneToWrite):
    rules = {"GET": "read", "PATCH": "incident.write", "DELETE": "incident.write"}
    serializer_class = IncidentSerializer
    takes = IncidentChangeSent

    def change(self, row: Any, version: int, sent: dict[str, Any], *, consent: bool) -> None:
        """Sets details. Its first day takes the place of UNDATED in its code."""
        actions.edit(self.desk.actor, row, version, sent)

    def end(self, row: Any, version: int) -> None:
        """Deletes an incident that no claim is about, with its questions; that can be undone."""
        actions.delete(self.desk.actor, row, version)
