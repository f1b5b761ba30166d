"""Who reads an article blind."""

from __future__ import annotations

from typing import Any

from django import forms

from claims.models import Article, User
from claims.models.blind import blind_readers
from claims.records import Role


class BlindForm(forms.Form):
    """The analysts of the desk; who has a seat that sees all can't be named."""

    readers: Any = forms.ModelMultipleChoiceField(
        User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Who reads it blind",
    )

    def __init__(self, article: Article, data: Any = None) -> None:
        now = blind_readers(article)
        super().__init__(data, initial={"readers": now})
        seats = {"memberships__workspace": article.workspace_id}
        analysts = User.objects.filter(**seats, memberships__role=Role.ANALYST.value)
        # A viewer who was an analyst may still be held to it, and has to stay listed.
        held = User.objects.filter(pk__in=[reader.pk for reader in now])
        readers: Any = self.fields["readers"]
        readers.queryset = (analysts | held).distinct().order_by("username")
