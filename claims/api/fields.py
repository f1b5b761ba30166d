"""How rows are told: `id` is the uid, other rows are their uids, people their user names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from claims.models import User


class RowSerializer(serializers.ModelSerializer[Any]):
    """Reads only: what is written goes through the actions. `Meta.fields` without `id`."""

    PREFETCH: ClassVar[tuple[Any, ...]] = ()

    id = serializers.UUIDField(source="uid", read_only=True)

    class Meta:
        model: type[models.Model]
        fields: tuple[str, ...]

    def get_field_names(self, *args: Any, **kwargs: Any) -> list[str]:
        return ["id", *super().get_field_names(*args, **kwargs)]

    def build_relational_field(self, field_name: str, relation_info: Any) -> Any:
        slug = "username" if relation_info.related_model is User else "uid"
        null = relation_info.model_field.null
        kwargs = {"slug_field": slug, "read_only": True, "allow_null": null}
        return serializers.SlugRelatedField, kwargs

    @classmethod
    def with_related(cls, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """`rows` with all that is told of others, in as many queries for one as for all."""
        concrete = {field.name: field for field in cls.Meta.model._meta.concrete_fields}
        told = [n for n in cls.Meta.fields if n in concrete and concrete[n].is_relation]
        rows = rows.select_related(*told) if told else rows
        return rows.prefetch_related(*cls.PREFETCH)

    def keep(self, names: Iterable[str]) -> None:
        """Tells only these fields (`?fields=`)."""
        wanted = set(names)
        if unknown := wanted - set(self.fields):
            raise ValidationError({"fields": [f"There is no field {min(unknown)}."]})
        for name in set(self.fields) - wanted:
            self.fields.pop(name)
