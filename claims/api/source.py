"""Sources and sides."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from claims.api.fields import RowSerializer
from claims.api.frame import One
from claims.api.keyset import Rows
from claims.forms.source import SourceFilter
from claims.models import Side, Source


class SourceSerializer(RowSerializer):
    """An unnamed one ("a medic") names its article."""

    PREFETCH = ("aliases",)

    aliases = serializers.SerializerMethodField()

    class Meta:
        model = Source
        fields = (
            "name",
            "kind",
            "named",
            "article",
            "side",
            "affiliation",
            "aliases",
            "note",
            "version",
            "created_at",
            "updated_at",
        )

    def get_aliases(self, source: Any) -> list[str]:
        return [alias.name for alias in source.aliases.all()]


class SideSerializer(RowSerializer):
    """`color` is one of the eight of the style sheet."""

    class Meta:
        model = Side
        fields = ("name", "color")


class Sources(Rows):
    """By name, without regard to case."""

    serializer_class = SourceSerializer
    filter_form = SourceFilter
    order = ("name_folded", "id")


class OneSource(One):
    serializer_class = SourceSerializer


class Sides(Rows):
    serializer_class = SideSerializer


class OneSide(One):
    serializer_class = SideSerializer
