"""A new text of an article, and what is decided of words in it."""

from __future__ import annotations

from django import forms


class ReviseForm(forms.Form):
    """The article as it was before the person's eyes."""

    version = forms.IntegerField(widget=forms.HiddenInput)
