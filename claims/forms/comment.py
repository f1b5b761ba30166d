"""The form of a comment."""

from __future__ import annotations

from typing import Any

from django import forms

from claims.models.comment import LONGEST


class CommentForm(forms.Form):
    """What is said; `@name` names a member."""

    text = forms.CharField(
        label="Comment",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        help_text="Write @name to name a member.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, is_new: bool = True, **kw: Any) -> None:
        super().__init__(data, auto_id="comment-%s", **kw)
        self.fields["version"].required = not is_new
