"""A new password, and what else ends with the old one."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, ResetPasswordKeyForm
from django import forms

from claims.actions import token as tokens


class ChangeForm(ChangePasswordForm):  # type: ignore[misc]
    """By somebody who is signed in: their tokens end if they say so, and it is proposed."""

    end_tokens = forms.BooleanField(
        label="End my tokens for scripts too",
        required=False,
        initial=True,
        help_text="Leave it ticked if somebody else may know the old password.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not tokens.of(self.user):
            del self.fields["end_tokens"]

    def save(self) -> None:
        # First: one that works on, with the new password set, would be the worse half.
        if self.cleaned_data.get("end_tokens"):
            tokens.end_all(self.user)
        super().save()


class ResetForm(ResetPasswordKeyForm):  # type: ignore[misc]
    """By a link, as after a theft: all tokens end."""

    def save(self) -> None:
        tokens.end_all(self.user)
        super().save()
