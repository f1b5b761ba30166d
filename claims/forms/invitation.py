"""Who is invited, and what they say of themselves on joining."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth.forms import SetPasswordMixin

from claims.forms.member import RoleForm
from claims.models import User
from claims.records import Role

if TYPE_CHECKING:
    WithPassword = SetPasswordMixin[User]
else:
    WithPassword = SetPasswordMixin


class InviteForm(RoleForm):
    """A person by name or e-mail, and their role."""

    name = forms.CharField(
        label="E-mail or name",
        max_length=150,
        help_text="Whom it is for. With an e-mail, they can sign in by it.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off"}),
    )
    role = forms.TypedChoiceField(
        choices=Role.choices, coerce=Role, initial=Role.ANALYST.value, label="Role"
    )
    field_order = ["name", "role"]


class NewAccountForm(WithPassword, forms.Form):
    """The name that others see, and a password, typed twice."""

    name = forms.CharField(
        label="Your name",
        max_length=150,
        help_text="As others see it beside your work.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password1, password2 = SetPasswordMixin.create_password_fields("Password", "Password again")

    def clean(self) -> dict[str, object]:
        """Both are the same, and good enough for a person of that name."""
        self.validate_passwords()
        self.validate_password_for_user(User(first_name=self.cleaned_data.get("name", "")))
        return self.cleaned_data
