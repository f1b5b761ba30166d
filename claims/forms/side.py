"""The form of a side."""

from __future__ import annotations

from typing import Any

from django import forms

# The colours of the style sheet (--side-1 to --side-8), named for people.
COLORS = [
    (1, "blue"),
    (2, "orange"),
    (3, "violet"),
    (4, "green"),
    (5, "plum"),
    (6, "olive"),
    (7, "indigo"),
    (8, "brown"),
]
COLOR_NAMES = dict(COLORS)


class SideForm(forms.Form):
    """A side: its name, and its colour among eight that can be told apart."""

    # What the form started from, of a side that is there.
    seal = forms.CharField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(max_length=100, widget=forms.TextInput({"dir": "auto"}))
    color = forms.TypedChoiceField(
        label="Colour", choices=COLORS, coerce=int, widget=forms.RadioSelect, initial=1
    )

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "color")}
