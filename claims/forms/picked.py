"""A row that is picked from a list, or named by typing: with a combobox, and without JavaScript.

A form has two fields for it: `x` (the uid, hidden) and `x_name` (what the person reads). Where
a name fits several rows, they are shown side by side as radio buttons named `x_choice`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django import forms
from django.db import models

M = TypeVar("M", bound=models.Model)

ANOTHER = "new"
"""The choice of none of those: a new row of this name."""


class PickingForm(forms.Form):
    """A form with picked rows. `options` holds, for a field, the rows that its name fits."""

    options: dict[str, Sequence[Any]]

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.options = {}

    def picked(
        self, field: str, rows: models.QuerySet[M], called: Callable[[str], Sequence[M]]
    ) -> M | str | None:
        """The row; the name as typed, where none is called so; None where nothing was typed.

        `rows` are those that may be picked, `called` gives those that a name fits. What can't
        be told apart, or is not there, becomes an error beside the name.
        """
        name = f"{field}_name"
        typed = self.cleaned_data.get(name) or ""
        if not typed:
            return None
        uid = self.cleaned_data.get(field)
        if uid == ANOTHER:
            return typed
        if uid:
            row = rows.filter(uid=uid).first()
            if row is None:
                self.add_error(name, "It is not there (any more).")
                return None
            # Without JavaScript the uid outlives the name: what is read in the form counts.
            if str(row).strip() == typed:
                return row
        fits = called(typed)
        choice = self.data.get(f"{field}_choice", "")
        if choice == ANOTHER or not fits:
            return typed
        for fit in fits:
            if len(fits) == 1 or str(fit.uid) == choice:  # type: ignore[attr-defined]
                return fit
        self.options[field] = fits
        self.add_error(name, f"Several are called “{typed}”: choose one.")
        return None


def name_field(label: str, **kwargs: Any) -> forms.CharField:
    """The field in which a row is named."""
    widget = forms.TextInput({"role": "combobox", "autocomplete": "off", "dir": "auto"})
    return forms.CharField(label=label, required=False, widget=widget, **kwargs)


class UidField(forms.UUIDField):
    """A uid, or `ANOTHER`: the person chose to make a new row of the name beside it."""

    def to_python(self, value: Any) -> Any:
        return ANOTHER if value == ANOTHER else super().to_python(value)


def uid_field() -> UidField:
    """The hidden field that carries the uid of what was picked."""
    return UidField(required=False, widget=forms.HiddenInput)
