"""Links and filings: which other claim, which answer, and how."""

from __future__ import annotations

from typing import Any

from django import forms

from claims.actions.link import FilingInput, NewAnswer
from claims.forms.relations import NO_EVIDENCE, RelationSelect
from claims.forms.stance import StanceForm, named_answer
from claims.models import Claim, Incident, Link, Position, Question
from claims.records import Basis, ClaimKind, Extent, Polarity, Relation, Stance
from claims.suggester import answers


class LinkForm(forms.Form):
    """A link from the claim in hand to `to_claim`."""

    to_claim = forms.UUIDField(error_messages={"required": "Choose a claim."})
    relation = forms.ChoiceField(
        choices=Relation.choices(),
        widget=forms.RadioSelect,
        error_messages={"required": "Say how the two bear on each other."},
    )
    basis = forms.ChoiceField(
        label="Over what", choices=[("", "not said"), *Basis.choices()], required=False
    )
    note = forms.CharField(required=False, max_length=2000)
    file_both = forms.BooleanField(
        label="also file this denial under the other's answer, as rejecting it", required=False
    )
    extent = forms.ChoiceField(
        label="How far",
        choices=Extent.choices(),
        initial=Extent.IN_PART.value,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("basis") and data.get("relation", Relation.CONTRADICTS) != Relation.CONTRADICTS:
            self.add_error("basis", "Only “contradicts” has one.")
        return data


class LinkDetailsForm(forms.Form):
    """What can be changed of a link that is there."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    relation = forms.ChoiceField(
        label="How they bear on each other", choices=Relation.choices(), widget=RelationSelect
    )
    basis = forms.ChoiceField(
        label="Over what (“contradicts” only)",
        choices=[("", "not said"), *Basis.choices()],
        required=False,
    )
    note = forms.CharField(required=False, max_length=2000)

    def __init__(self, link: Link, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if {link.from_claim.kind, link.to_claim.kind} != {ClaimKind.FACTUAL}:
            relation: Any = self.fields["relation"]
            relation.widget.factual = False
            relation.help_text = NO_EVIDENCE


class FilingDetailsForm(forms.Form):
    """What can be changed of a filing that is there."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    stance = forms.ChoiceField(label="How it answers", choices=Stance.choices())
    extent = forms.ChoiceField(label="How far", choices=Extent.choices())


class FilingForm(StanceForm):
    """Under which answer a claim goes; question and answer can be made in place."""

    position = forms.ChoiceField(label="Answer", required=False, widget=forms.RadioSelect)
    new_question = forms.CharField(label="New question", max_length=300, required=False)
    new_answer = forms.CharField(label="New answer", max_length=300, required=False)

    def __init__(self, claim: Claim, incident: Incident | None, data: Any = None) -> None:
        """`incident`: the claim's, or the one that is chosen for a claim about none."""
        super().__init__(data)
        self.polarity = Polarity(claim.polarity)
        self.questions = questions_of(incident)
        self.positions: dict[str, Position] = {
            str(position.uid): position
            for question in self.questions
            for position in question.answers
        }
        choice: Any = self.fields["position"]
        choice.choices = [(uid, str(position)) for uid, position in self.positions.items()]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if (
            not data.get("position")
            and not data.get("new_answer")
            and "position" not in self.errors
        ):
            self.add_error("position", "Choose an answer, or write a new one.")
        if data.get("new_answer") and not data.get("new_question"):
            self.add_error("new_question", "Say which question it answers.")
        if data.get("new_question") and not data.get("new_answer"):
            self.add_error("new_answer", "Say what the answer is.")
        if not self.errors:
            position = self._position()
            data["how"] = self.how(self.polarity, position.text)
        return data

    def _position(self) -> Position | NewAnswer:
        data = self.cleaned_data
        if not data["new_answer"]:
            return self.positions[data["position"]]
        return named_answer(self.questions, data["new_question"], data["new_answer"])

    def filing(self) -> FilingInput:
        """What the action takes."""
        return FilingInput(self._position(), *self.cleaned_data["how"])


def questions_of(incident: Incident | None) -> list[Any]:
    """The incident's questions, key ones first, each with its `answers`."""
    if incident is None:
        return []
    found: list[Question] = list(
        incident.questions.kept().prefetch_related("positions").order_by("-is_key", "order", "id")
    )
    for question in found:
        question.answers = [p for p in question.positions.all() if p.deleted_at is None]  # type: ignore[attr-defined]
        for position in question.answers:  # type: ignore[attr-defined]
            position.reads = answers.reads(position.text) or ""
    return found
