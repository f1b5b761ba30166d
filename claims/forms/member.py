"""Who gets a seat, and as what."""

from __future__ import annotations

from django import forms

from claims.records import Role


class RoleForm(forms.Form):
    """One of the roles."""

    role = forms.TypedChoiceField(choices=Role.choices, coerce=Role)


class AddMemberForm(RoleForm):
    """A person by user name or e-mail, and their role."""

    name = forms.CharField(
        label="User name or e-mail",
        max_length=150,
        help_text="Somebody without an account gets one, with a password to hand over.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off"}),
    )
    role = forms.TypedChoiceField(
        choices=Role.choices, coerce=Role, initial=Role.ANALYST.value, label="Role"
    )
    field_order = ["name", "role"]
