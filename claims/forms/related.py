"""Filters of lists by what a row points at, by uid, and by words of a closed list."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from claims.models import Workspace
from claims.models.base import Row
from claims.records import Word


class RelatedFilter(forms.Form):
    """`LOOKUPS` says by which lookup each field narrows."""

    LOOKUPS: ClassVar[dict[str, str]] = {}

    def __init__(self, workspace: Workspace, data: Any) -> None:
        super().__init__(data)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and field.to_field_name == "uid":
                field.queryset = field.queryset.model.objects.within(workspace)  # type: ignore[union-attr]

    def narrow(self, rows: Any) -> Any:
        """`rows`, narrowed by all fields together. Only for a valid form."""
        sent = {name: value for name, value in self.cleaned_data.items() if value}
        return rows.filter(**{self.LOOKUPS.get(name, name): sent[name] for name in sent})


def by_uid(model: type[Row]) -> Any:
    """A field that takes the uid of a row of the desk; `RelatedFilter` says of which desk."""
    said = {"invalid_choice": "It is not there."}
    return forms.ModelChoiceField(
        model.objects.none(), to_field_name="uid", required=False, error_messages=said
    )


def by_word(words: type[Word]) -> forms.ChoiceField:
    """A field that takes one of the words, or nothing."""
    return forms.ChoiceField(required=False, choices=[("", "any"), *words.choices()])
