"""Which claims a list holds."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q

from claims.forms.filtering import DaysFilter
from claims.forms.related import RelatedFilter, by_uid, by_word
from claims.models import Article, Claim, Incident, Side, Source, User, Workspace
from claims.models.lens import settled
from claims.records import ClaimKind, ClaimStatus


class ClaimFilter(RelatedFilter, DaysFilter):
    """All fields together. `since` and `until` are days on which it was said, inclusive."""

    LOOKUPS = {"side": "source__side"}

    incident = by_uid(Incident)
    article = by_uid(Article)
    source = forms.CharField(required=False, max_length=200)
    side = by_uid(Side)
    kind = by_word(ClaimKind)
    status = by_word(ClaimStatus)
    disputed = forms.ChoiceField(
        required=False, choices=[("", "any"), ("true", "yes"), ("false", "no")]
    )
    annotator: Any = forms.ModelChoiceField(
        User.objects.all(), to_field_name="username", required=False
    )
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)

    def __init__(self, workspace: Workspace, data: Any) -> None:
        super().__init__(workspace, data)
        self.workspace = workspace
        # Whoever has left the desk is still who made it.
        made = Claim.objects.within(workspace).filter(annotator=OuterRef("pk"))
        annotator: Any = self.fields["annotator"]
        annotator.queryset = User.objects.filter(Exists(made))

    def narrow(self, claims: Any) -> Any:
        """`claims`, narrowed. Only for a valid form."""
        since, until = (self.cleaned_data.pop(name) for name in ("since", "until"))
        if disputed := self.cleaned_data.pop("disputed"):
            claims = settled(claims).filter(disputed=disputed == "true")
        if source := self.cleaned_data.pop("source"):
            # By their numbers: an index of claims by source holds each one's in order.
            meant = Source.objects.within(self.workspace).meant(source).values_list("pk", flat=True)
            found = list(meant)
            claims = (
                claims.filter(source=found[0])
                if len(found) == 1
                else claims.filter(source__in=found)
            )
        return super().narrow(_said_between(claims, since, until))


def _said_between(claims: Any, since: dt.date | None, until: dt.date | None) -> Any:
    """Those that were said, or may have been, from the one day to the other."""
    if until:
        claims = claims.filter(said_from__lte=until)
    if since:
        claims = claims.filter(Q(said_to__gte=since) | Q(said_to=None, said_from__gte=since))
    return claims
