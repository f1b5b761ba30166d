"""Sides: the parties on which sources are."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.response import Response

from claims.actions import source as actions
from claims.api.fields import RowSerializer
from claims.api.keyset import Rows
from claims.api.making import ToMake
from claims.api.sent import Strict
from claims.api.writing import OneToWrite
from claims.models import Side

COLORS = 8


class SideSerializer(RowSerializer):
    """`color` is one of the eight of the style sheet."""

    class Meta:
        model = Side
        fields = ("name", "color")


class SideChangeSent(Strict):
    name = serializers.CharField(max_length=100)
    color = serializers.IntegerField(min_value=1, max_value=COLORS, required=False)


class SideSent(SideChangeSent):
    """No two sides of a desk have one name."""


class Sides(ToMake, Rows):
    rules = {"GET": "read", "POST": "source.write"}
    serializer_class = SideSerializer
    takes = SideSent

    def make(self, sent: dict[str, Any]) -> Response:
        """Adds a side."""
        side = Side(workspace=self.desk.workspace)
        return self.made(actions.save_side(self.desk.actor, side, sent), "api-side")


class OneSide(OneToWrite):
    rules = {"GET": "read", "PATCH": "source.write", "DELETE": "source.write"}
    serializer_class = SideSerializer
    takes = SideChangeSent

    def change(self, row: Any, version: int, sent: dict[str, Any], *, consent: bool) -> None:
        """Sets its name and colour."""
        values = {"name": row.name, **sent}
        actions.save_side(self.desk.actor, row, values, seal=actions.side_seal(row))

    def end(self, row: Any, version: int) -> None:
        """Deletes a side that no source is on; that can be undone."""
        actions.delete_side(self.desk.actor, row, seal=actions.side_seal(row))
