"""Who gets a seat, and as what."""

from __future__ import annotations

from django import forms

from claims.records import Role


class RoleForm(forms.Form):
    """One of the roles."""

    role = forms.TypedChoiceField(choices=Role.choices, coerce=Role)
