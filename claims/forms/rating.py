"""The form in which a source is rated."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from claims.records import Reliability


class RatingForm(forms.Form):
    """A letter, from which day on, and why."""

    reliability = forms.ChoiceField(choices=Reliability.choices(), initial=Reliability.F.value)
    since = forms.DateField(label="From", widget=forms.DateInput({"type": "date"}))
    reason = forms.CharField(
        label="Why (required)", widget=forms.Textarea({"rows": 3, "dir": "auto"})
    )

    def __init__(self, data: Any = None, **kw: Any) -> None:
        super().__init__(data, auto_id="rating-%s", **kw)
        self.fields["since"].initial = timezone.localdate

    def values(self) -> tuple[Reliability, Any, str]:
        """As the action takes them."""
        data = self.cleaned_data
        return Reliability(data["reliability"]), data["since"], data["reason"]
