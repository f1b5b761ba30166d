"""What a new token of the API is for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from claims.actions.token import last_day
from claims.models import User, Workspace

USUAL_DAYS = 90


class TokenForm(forms.Form):
    """One of the person's desks, whether it may write, and its last day."""

    workspace: Any = forms.ModelChoiceField(
        Workspace.objects.none(),
        label="Desk",
        to_field_name="slug",
        empty_label=None,
        help_text="It opens this desk and no other.",
    )
    read_only = forms.BooleanField(label="It only reads", required=False)
    until = forms.DateField(
        label="Works until", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        desk: Any = self.fields["workspace"]
        desk.queryset = Workspace.objects.visible_to(user)
        today, last = timezone.now().date(), last_day()
        until = self.fields["until"]
        until.initial = min(today + dt.timedelta(days=USUAL_DAYS), last)
        until.help_text = f"Through that day; {last:%-d %B %Y} at the latest."
        until.widget.attrs |= {"min": today.isoformat(), "max": last.isoformat()}
