"""Sources: who says things."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from claims.actions import source as actions
from claims.api.fields import RowSerializer
from claims.api.keyset import Rows
from claims.api.making import ToMake
from claims.api.sent import RowField, Strict, Text, word
from claims.api.writing import OneToWrite
from claims.forms.source import LONGEST_NAME, MOST_ALIASES, SourceFilter
from claims.models import Side, Source
from claims.records import SourceKind


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


class SourceChangeSent(Strict):
    """`aliases`, when sent, are all of them. `named` gives an unnamed one of an article a name."""

    name = serializers.CharField(max_length=LONGEST_NAME)
    kind = word(SourceKind)
    side = RowField(Side, allow_null=True)
    affiliation = RowField(Source, allow_null=True)
    aliases = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_NAME),
        max_length=MOST_ALIASES,
        required=False,
    )
    note = Text()
    named = serializers.BooleanField(required=False)

    def validate_affiliation(self, source: Source | None) -> Source | None:
        if source and not source.named:
            raise ValidationError("It is an unnamed source of one article.")
        return source

    def validate_named(self, named: bool) -> bool:
        if not named:
            raise ValidationError("Unnamed sources are made with the claims of their article.")
        return named


class SourceSent(SourceChangeSent):
    """A named source: one such as "a medic" is made with the claims of its article."""


class Sources(ToMake, Rows):
    """By name, without regard to case."""

    rules = {"GET": "read", "POST": "source.write"}
    takes = SourceSent

    serializer_class = SourceSerializer
    filter_form = SourceFilter
    order = ("name_folded", "id")

    def make(self, sent: dict[str, Any]) -> Response:
        """Adds a source, also beside one of the same name."""
        aliases = sent.pop("aliases", [])
        return self.made(actions.create(self.desk.actor, sent, aliases), "api-source")


class OneSource(OneToWrite):
    rules = {"GET": "read", "PATCH": "source.write", "DELETE": "source.write"}
    serializer_class = SourceSerializer
    takes = SourceChangeSent

    def change(self, row: Any, version: int, sent: dict[str, Any], *, consent: bool) -> None:
        """Sets details. A name that is given up stays as an alias."""
        aliases = sent.pop("aliases", None)
        if sent.get("named"):
            sent["article"] = None
        actions.edit(self.desk.actor, row, version, sent, aliases)

    def end(self, row: Any, version: int) -> None:
        """Deletes a source that nothing names any more; that can be undone."""
        actions.delete(self.desk.actor, row, version)
