"""What the filters above lists have in common."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class DaysFilter(forms.Form):
    """A filter with a first day (`since`) and a last one (`until`), if it has these fields."""

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            raise ValidationError("The last day can't be before the first.")
        return data


class ListFilter(DaysFilter):
    """A filter that is sent as soon as something is chosen in it; words wait for Enter."""

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.widget.attrs["data-autosubmit"] = ""
