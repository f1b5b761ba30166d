"""The form of a verdict: what is found, how likely, how well founded, why, and on which claims."""

from __future__ import annotations

from typing import Any

from django import forms

from claims.actions.assessment import Finding
from claims.models import Assessment, Claim, Incident, Position, Question
from claims.records import Confidence, Likelihood, Verdict

VERDICTS = {
    Verdict.UNRESOLVED: "unresolved",
    Verdict.LEANS: "leans to an answer",
    Verdict.ESTABLISHED: "an answer is established",
    Verdict.DISCOUNTED: "an answer is discounted",
}
OF_A_WHOLE = {
    Verdict.UNRESOLVED: "unresolved",
    Verdict.LEANS: "it leans to having happened so",
    Verdict.ESTABLISHED: "that it happened so is established",
    Verdict.DISCOUNTED: "that it happened so is discounted",
}


class AssessmentForm(forms.Form):
    """A verdict on a question, or on an incident as a whole, which has no answers."""

    seal = forms.CharField(max_length=80, widget=forms.HiddenInput)
    verdict = forms.ChoiceField()
    position: Any = forms.ModelChoiceField(
        Position.objects.none(),
        to_field_name="uid",
        label="Answer",
        required=False,
        empty_label="none: it is unresolved",
    )
    likelihood = forms.ChoiceField(
        choices=[("", "not said"), *((one.value, one.band) for one in Likelihood)],
        required=False,
    )
    confidence = forms.ChoiceField(
        choices=[("", "choose"), *Confidence.choices()],
        help_text="How well founded the verdict is: how many sources, how independent, how close.",
    )
    rationale = forms.CharField(
        label="Why (required)", widget=forms.Textarea({"rows": 4, "dir": "auto"})
    )
    claims: Any = forms.ModelMultipleChoiceField(
        Claim.objects.none(),
        to_field_name="uid",
        label="Rests on",
        required=False,
        error_messages={"invalid_choice": "A claim is not there any more."},
    )
    wants_second = forms.BooleanField(label="Ask for a second reviewer", required=False)

    def __init__(self, subject: Question | Incident, data: Any = None, **kw: Any) -> None:
        super().__init__(data, auto_id="verdict-%s", **kw)
        on_question = isinstance(subject, Question)
        fields: dict[str, Any] = self.fields
        words = VERDICTS if on_question else OF_A_WHOLE
        fields["verdict"].choices = [(one.value, words[one]) for one in Verdict]
        fields["likelihood"].label = (
            "Likelihood that the answer is so (ICD 203)"
            if on_question
            else "Likelihood that it happened as its title and summary say (ICD 203)"
        )
        if isinstance(subject, Question):
            fields["position"].queryset = subject.positions.kept()
        else:
            del fields["position"]
        place = subject.incident_id if isinstance(subject, Question) else subject.pk
        fields["claims"].queryset = Claim.objects.kept().filter(incident=place)

    def finding(self) -> Finding:
        """What the action records."""
        data = self.cleaned_data
        return Finding(
            verdict=Verdict(data["verdict"]),
            confidence=Confidence(data["confidence"]),
            rationale=data["rationale"],
            position=data.get("position"),
            likelihood=Likelihood(data["likelihood"]) if data["likelihood"] else None,
            claims=tuple(claim.uid for claim in data["claims"]),
            wants_second=data["wants_second"],
        )


def initial_of(own: Assessment | None) -> dict[str, Any]:
    """What the form begins with: one's own verdict that counts, to be said again or otherwise."""
    if own is None:
        return {}
    names = ("verdict", "likelihood", "confidence", "rationale", "wants_second")
    position = own.position.uid if own.position else None
    return {name: getattr(own, name) for name in names} | {"position": position}
