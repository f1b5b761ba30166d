"""Claims chosen from an incident's, to be moved to another or split off as a new one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from claims.forms.incident import MomentField, called
from claims.forms.picked import PickingForm, name_field, uid_field
from claims.models import Incident
from claims.records import TimePrecision

LONGEST_NUMBER = 10


class ChosenField(forms.Field):
    """Ticked claims, each as "uid:version": what the person saw is what is moved."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> list[tuple[UUID, int]]:
        chosen = []
        for one in value or []:
            uid, _, version = str(one).partition(":")
            if not version.isdecimal() or len(version) >= LONGEST_NUMBER:
                raise ValidationError("Choose the claims again.")
            try:
                chosen.append((UUID(uid), int(version)))
            except ValueError as error:
                raise ValidationError("Choose the claims again.") from error
        return chosen


def chosen_field() -> ChosenField:
    """The field of the check boxes."""
    return ChosenField(error_messages={"required": "Choose at least one claim."})


class MoveForm(PickingForm):
    """Where the chosen claims go: to another incident, or out of this one."""

    claims = chosen_field()
    incident = uid_field()
    incident_name = name_field("To the incident", max_length=400)
    nowhere = forms.BooleanField(label="to none: not about an incident of ours", required=False)

    def __init__(self, incident: Incident, data: Any = None) -> None:
        super().__init__(data)
        self.others = Incident.objects.within(incident.workspace).kept().exclude(pk=incident.pk)

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two."""
        data = self.cleaned_data
        row = self.picked("incident", self.others, lambda typed: called(self.others, typed))
        if isinstance(row, str):
            said = "No other incident is called so. A new one is made by splitting it off."
            self.add_error("incident_name", said)
        elif row is not None and data["nowhere"]:
            self.add_error("nowhere", "Name an incident, or tick this: not both.")
        elif row is None and not data["nowhere"] and "incident_name" not in self.errors:
            self.add_error("incident_name", "Say where they go.")
        data["incident"] = row
        return data


class SplitForm(forms.Form):
    """The new incident that the chosen claims are about."""

    claims = chosen_field()
    title = forms.CharField(max_length=300, widget=forms.TextInput({"dir": "auto"}))
    occurred_from = MomentField(label="From (UTC)")
    precision = forms.ChoiceField(label="The time is known", choices=TimePrecision.choices())
    place = forms.CharField(max_length=300, required=False)
    part = forms.BooleanField(label="it is a part of this incident", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def values(self, incident: Incident) -> dict[str, Any]:
        """The columns of the new incident, as the action takes them."""
        data = self.cleaned_data
        names = ("title", "occurred_from", "precision", "place")
        return {name: data[name] for name in names} | {"parent": incident if data["part"] else None}
