"""Forms of what can't be undone: a purge, and the protection of a source."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from claims.actions.identity import incidents_of
from claims.forms.source import LONGEST_NAME, MOST_ALIASES
from claims.models import Source

WORD = "purge"
"""What is typed to confirm."""


def reason_field() -> forms.CharField:
    """Why; every member reads it."""
    return forms.CharField(
        label="Why (required)",
        max_length=1000,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        help_text="It stays, and every member reads it: say nothing here of what has to go.",
    )


class PurgeForm(forms.Form):
    """Why, and a word that is typed; of a source, whether what it said goes too."""

    reason = reason_field()
    claims = forms.BooleanField(label="Purge all that it said, too", required=False)
    confirm = forms.CharField(
        label=f"Type “{WORD}”", widget=forms.TextInput({"autocomplete": "off"})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, of_source: bool, **kw: Any) -> None:
        super().__init__(data, auto_id="purge-%s", **kw)
        if not of_source:
            del self.fields["claims"]

    def clean_confirm(self) -> str:
        """Raises ValidationError unless the word is typed."""
        if self.cleaned_data["confirm"].strip().casefold() != WORD:
            raise ValidationError(f"Type “{WORD}”, to say that this is meant.")
        return WORD


class ProtectForm(forms.Form):
    """The pseudonym, why, and the incidents whose place is to be blurred."""

    pseudonym = forms.CharField(
        label="What it is called from now on",
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
    )
    reason = reason_field()
    incidents: Any = forms.ModelMultipleChoiceField(
        None,
        to_field_name="uid",
        required=False,
        label="Blur the place of",
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, source: Source, data: Any = None, **kw: Any) -> None:
        super().__init__(data, auto_id="protect-%s", **kw)
        own: Any = self.fields["incidents"]
        own.queryset = incidents_of(source)
        own.initial = [incident.uid for incident in own.queryset]


class IdentityForm(forms.Form):
    """Who a protected source is."""

    name = forms.CharField(
        label="Real name",
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
    )
    aliases = forms.CharField(
        label="Also called",
        required=False,
        help_text="One name a line.",
        widget=forms.Textarea({"rows": 3, "dir": "auto", "autocomplete": "off"}),
    )
    note = forms.CharField(
        required=False,
        label="What else tells who it is",
        widget=forms.Textarea({"rows": 4, "dir": "auto", "autocomplete": "off"}),
    )

    def clean_aliases(self) -> list[str]:
        """The names, one a line, without the empty lines."""
        lines = self.cleaned_data["aliases"].splitlines()
        return [line.strip()[:LONGEST_NAME] for line in lines if line.strip()][:MOST_ALIASES]
