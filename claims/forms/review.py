"""The filters of the review queue, and what is ticked on it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q

from claims.forms.incident import IncidentFilter
from claims.models import Article, Assessment, Claim, User, Workspace
from claims.records import Verdict

NO_VERDICT = "none"
LONGEST = 5_000


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


class DecideForm(forms.Form):
    """What was ticked (`claim:<uid>:<version>`), and why it is sent back."""

    chosen = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, error_messages={"required": "Tick at least one."}
    )
    why = forms.CharField(
        label="What is missing (for sending back)",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        sent = data.getlist("chosen") if data else []
        field: Any = self.fields["chosen"]
        field.choices = [(one, one) for one in sent]

    def seen(self, workspace: Workspace) -> list[tuple[Any, int]]:
        """The ticked rows of this desk, with their versions. Raises ValidationError for others."""
        wanted = [self._read(one) for one in self.cleaned_data["chosen"]]
        rows: dict[tuple[str, str], Any] = {}
        for noun, model in (("claim", Claim), ("article", Article)):
            uids = [uid for kind, uid, _ in wanted if kind == noun]
            for row in model.objects.within(workspace).kept().filter(uid__in=uids):
                rows[noun, str(row.uid)] = row
        if any((noun, uid) not in rows for noun, uid, _ in wanted):
            raise forms.ValidationError("One of them is not there any more; nothing was done.")
        return [(rows[noun, uid], version) for noun, uid, version in wanted]

    @staticmethod
    def _read(one: str) -> tuple[str, str, int]:
        noun, _, rest = one.partition(":")
        uid, _, version = rest.partition(":")
        try:
            return noun, str(forms.UUIDField().clean(uid)), int(version[:9])
        except (forms.ValidationError, ValueError) as error:
            raise forms.ValidationError("What was ticked can't be read.") from error
