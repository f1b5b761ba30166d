"""One's own details, and one's own keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from django import forms

from claims.models import User

# Keys with a name that no page needs for anything else; all the others are one character.
NAMED = {name.lower(): name for name in ["Delete", "Backspace", "Insert"]} | {
    f"f{number}": f"F{number}" for number in range(1, 13)
}
MODIFIER = re.compile(r"(ctrl|control|alt|shift|meta|cmd)\b", re.IGNORECASE)


class DetailsForm(forms.Form):
    """Name and e-mail of the person who is signed in."""

    name = forms.CharField(
        max_length=150,
        required=False,
        help_text="As others see it beside your work. Empty: your user name.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="E-mail",
        required=False,
        help_text="You can sign in with it.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        self.user = user
        kwargs.setdefault("initial", {"name": user.get_full_name(), "email": user.email})
        super().__init__(*args, **kwargs)

    def clean_email(self) -> str:
        """In small letters, as the door looks for it."""
        email: str = self.cleaned_data["email"]
        return email.lower()

    def save(self) -> None:
        # One field for the name: not every name has a first and a last part.
        self.user.first_name, self.user.last_name = self.cleaned_data["name"], ""
        self.user.email = self.cleaned_data["email"]
        self.user.save(update_fields=["first_name", "last_name", "email"])


class Shortcut(Protocol):
    """A row of the key table of `claims/views/keys.py`."""

    @property
    def action(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def does(self) -> str: ...


class KeysForm(forms.Form):
    """A field for each shortcut: another key, or empty to switch it off.

    `mapping()` is what the browser reads: action -> key for what differs from the table, and
    `"off": true` when none of them is to work.
    """

    off = forms.BooleanField(label="Switch all of these keys off", required=False)

    def __init__(
        self, keys: Sequence[Shortcut], own: dict[str, Any], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.keys = keys
        self.fields["off"].initial = own.get("off") is True
        for key in keys:
            self.fields[key.action] = forms.CharField(
                label=key.does,
                required=False,
                max_length=12,
                initial=own.get(key.action, key.key),
                widget=forms.TextInput(
                    attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
                ),
            )

    def rows(self) -> Iterator[tuple[Shortcut, forms.BoundField]]:
        return ((key, self[key.action]) for key in self.keys)

    def clean(self) -> dict[str, Any]:
        """One key each: two actions on one key could not both be meant."""
        taken: dict[str, Shortcut] = {}
        for row in self.keys:
            try:
                key = _key(self.cleaned_data.get(row.action, ""))
            except forms.ValidationError as error:
                self.add_error(row.action, error)
                continue
            self.cleaned_data[row.action] = key
            if key and key in taken:
                self.add_error(row.action, f"This is also the key for: {taken[key].does}.")
            elif key:
                taken[key] = row
        return self.cleaned_data

    def mapping(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            row.action: self.cleaned_data[row.action]
            for row in self.keys
            if self.cleaned_data[row.action] != row.key
        }
        return found | ({"off": True} if self.cleaned_data["off"] else {})


def _key(typed: str) -> str:
    """The key as a browser names it. Raises ValidationError for what is no single key."""
    if len(typed) <= 1:
        return typed
    if typed.lower() in NAMED:
        return NAMED[typed.lower()]
    if MODIFIER.match(typed):
        raise forms.ValidationError("One key alone, without Ctrl, Alt or Shift.")
    raise forms.ValidationError("One character, or Delete, Backspace, Insert, F1 to F12.")
