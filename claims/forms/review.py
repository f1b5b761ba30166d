"""The filters of the review queue."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q

from claims.forms.incident import IncidentFilter
from claims.models import Assessment, User, Workspace
from claims.records import Verdict

NO_VERDICT = "none"


class ReviewFilter(IncidentFilter):
    """Which incidents the queue shows; the lane says which state."""

    verdict = forms.ChoiceField(
        required=False,
        choices=[("", "any"), (NO_VERDICT, "none yet"), *Verdict.choices()],
    )

    def __init__(self, workspace: Workspace, data: Any, *, blind: User | None = None) -> None:
        """`blind` decides on verdicts, and must not find those that they are to second."""
        super().__init__(workspace, data)
        self.blind = blind

    def narrow(self, incidents: Any) -> Any:
        """`incidents`, narrowed; none at all where a filter says what can't be."""
        incidents = super().narrow(incidents)
        if not self.is_valid() or not (verdict := self.cleaned_data["verdict"]):
            return incidents
        if verdict == NO_VERDICT:
            return incidents.filter(verdicts=0)
        found = Assessment.objects.current().filter(verdict=verdict)
        if self.blind is not None:
            found = found.shown_to(self.blind)
        on_question = Q(question__incident=OuterRef("pk"), question__deleted_at=None)
        return incidents.filter(verdicts__gt=0).filter(
            Exists(found.filter(incident=OuterRef("pk"))) | Exists(found.filter(on_question))
        )
