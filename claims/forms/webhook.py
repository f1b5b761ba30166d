"""A webhook, and which of its deliveries are listed."""

from __future__ import annotations

from typing import Any

from django import forms

from claims.forms.filtering import ListFilter
from claims.outgoing import MAX_URL, Guard, OutgoingError
from claims.records import DeliveryState

GUARD = Guard()


class WebhookForm(forms.Form):
    """Where to, and of what; the server makes the secret."""

    name = forms.CharField(
        max_length=100,
        help_text="What it is for, such as “Slack of the night shift”. Every member can read it.",
        widget=forms.TextInput({"dir": "auto"}),
    )
    url = forms.CharField(
        label="Address",
        max_length=MAX_URL,
        help_text="Begins with https:// (or http://), on the public internet. Only owners see it.",
        widget=forms.URLInput({"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )
    tells_claims = forms.BooleanField(
        label="Claims: made, changed, deleted, restored", required=False, initial=True
    )
    tells_links = forms.BooleanField(
        label="Links: made, changed, deleted, restored", required=False, initial=True
    )
    tells_states = forms.BooleanField(
        label="Incidents: their state has changed (disputed, several agree, …)",
        required=False,
        initial=True,
    )
    tells_verdicts = forms.BooleanField(
        label="Verdicts: given, withdrawn", required=False, initial=True
    )
    active = forms.BooleanField(
        label="Switched on",
        required=False,
        initial=True,
        help_text="What happens while it is off is never told.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_url(self) -> str:
        """Refuses what can be told of the address alone; the rest is judged at each sending."""
        url: str = self.cleaned_data["url"]
        try:
            GUARD.check_form(url)
        except OutgoingError as error:
            raise forms.ValidationError(str(error)) from error
        return url

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class DeliveryFilter(ListFilter):
    """Deliveries by how far they are."""

    state = forms.ChoiceField(
        label="How far", required=False, choices=[("", "all"), *DeliveryState.choices()]
    )
