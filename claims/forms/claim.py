"""The claim form: who, says so or not, incident, answer, competitors; the rest is folded."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from claims.actions.claim import LinkInput
from claims.actions.link import FilingInput
from claims.actions.spans import SpanInput, current_revision
from claims.forms.carried import CarriedForm
from claims.forms.claim_incident import DAY, AboutForm
from claims.forms.relations import NO_EVIDENCE, RelationSelect
from claims.forms.spans import read_spans, write_spans
from claims.forms.stance import AnswerSelect, StanceForm, named_answer
from claims.models import Article, Claim, Question, Source, Workspace
from claims.records import (
    Basis,
    Certainty,
    ClaimKind,
    ClaimStatus,
    Credibility,
    KnowsBy,
    Polarity,
    Relation,
    SpanRole,
    Speech,
)

NEW_TEXT = (
    "The article has a newer text than the one that you selected from. Select the words again."
)
FOLDED = (
    "speech said_as_stated said_from said_to via_name accused_name knows_by certainty credibility "
    "paraphrase translation translator note status"
).split()
SAYS = [
    (Polarity.ASSERTS.value, Polarity.ASSERTS.label),
    (Polarity.DENIES.value, Polarity.DENIES.label),
    (ClaimKind.EVALUATIVE.value, ClaimKind.EVALUATIVE.label),
    (ClaimKind.DEMAND.value, ClaimKind.DEMAND.label),
]
COMPETING = (Relation.CONTRADICTS, Relation.DENIES, Relation.UNDERCUTS, Relation.RESPONDS_TO)


class ClaimForm(AboutForm, StanceForm, CarriedForm):
    """One claim. `spans` and `version` travel hidden; sources are picked by uid or named anew."""

    spans = forms.CharField(widget=forms.HiddenInput, required=False)
    text_number = forms.IntegerField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    says = forms.ChoiceField(
        label="Says", choices=SAYS, widget=forms.RadioSelect, initial=Polarity.ASSERTS.value
    )
    position = forms.ChoiceField(label="Answers a question", required=False, widget=AnswerSelect)
    new_question = forms.CharField(label="New question", max_length=300, required=False)
    new_answer = forms.CharField(label="New answer", max_length=300, required=False)
    competes = forms.MultipleChoiceField(
        label="Competes with", required=False, widget=forms.CheckboxSelectMultiple
    )
    relation = forms.ChoiceField(
        label="How",
        choices=[(r.value, r.label) for r in COMPETING],
        initial=Relation.CONTRADICTS.value,
        required=False,
        widget=RelationSelect,
    )
    basis = forms.ChoiceField(
        label="Over what", choices=[("", "not said"), *Basis.choices()], required=False
    )
    speech = forms.ChoiceField(
        label="Whose words", choices=Speech.choices(), initial=Speech.INDIRECT.value
    )
    said_as_stated = forms.CharField(label="Said, as stated", max_length=200, required=False)
    said_from = forms.DateField(label="said on", required=False, widget=DAY)
    said_to = forms.DateField(label="or up to", required=False, widget=DAY)
    knows_by = forms.ChoiceField(
        label="How they know", choices=KnowsBy.choices(), initial=KnowsBy.UNSTATED.value
    )
    certainty = forms.ChoiceField(
        label="How sure they say they are",
        choices=Certainty.choices(),
        initial=Certainty.UNSTATED.value,
    )
    credibility = forms.ChoiceField(
        label="How credible, beside the others",
        choices=[("", "not rated"), *Credibility.choices()],
        required=False,
    )
    paraphrase = forms.CharField(required=False, widget=forms.Textarea({"rows": 2}))
    translation = forms.CharField(required=False, widget=forms.Textarea({"rows": 2}))
    translator = forms.CharField(max_length=200, required=False)
    note = forms.CharField(required=False, widget=forms.Textarea({"rows": 2}))
    status = forms.ChoiceField(
        choices=[choice for choice in ClaimStatus.choices() if choice[0] != ClaimStatus.APPROVED],
        initial=ClaimStatus.SUBMITTED.value,
        required=False,
    )

    def __init__(
        self,
        workspace: Workspace,
        article: Article,
        data: Any = None,
        *,
        initial: Any = None,
        keeps_approval: bool = False,
        elsewhere: bool = False,
    ) -> None:
        """`keeps_approval`: the claim is approved, and who edits it may leave it so.

        `elsewhere`: its words are in an earlier text only, so that none need be chosen here.
        """
        super().__init__(data, initial=initial)
        self.workspace = workspace
        self.article = article
        self.elsewhere = elsewhere
        self.initial["text_number"] = current_revision(article).number
        self.options: dict[str, list[Any]] = {}
        if keeps_approval:
            statuses: Any = self.fields["status"]
            statuses.choices = ClaimStatus.choices()
        elif self.initial.get("status") == ClaimStatus.APPROVED:
            # What is changed has not been seen by who approved it.
            self.initial["status"] = ClaimStatus.SUBMITTED.value
        self.find_incident()
        self.questions = self.questions_of()
        choice: Any = self.fields["position"]
        choice.choices = [("", "none"), *self._positions()]
        if not workspace.uses_certainty:
            del self.fields["certainty"]
        if not workspace.uses_credibility:
            del self.fields["credibility"]
        relation: Any = self.fields["relation"]
        relation.widget.factual = self.factual
        competes: Any = self.fields["competes"]
        competes.choices = [(uid, uid) for uid in (data.getlist("competes") if data else [])]

    def _positions(self) -> list[tuple[str, list[tuple[str, str]]]]:
        return [
            (
                f"{question}{' ★ key question' if question.is_key else ''}",
                [
                    (str(position.uid), f"{question} → {position}")
                    for position in question.positions.all()
                    if position.deleted_at is None
                ],
            )
            for question in self.questions
        ]

    no_evidence = NO_EVIDENCE

    @property
    def factual(self) -> bool:
        """Whether what it says so far is a factual claim."""
        return self["says"].value() in set(Polarity)

    @property
    def unanswered(self) -> list[Question]:
        """The incident's questions that have no answer to choose yet."""
        return [
            question
            for question in self.questions
            if all(position.deleted_at for position in question.positions.all())
        ]

    def of_older_text(self) -> bool:
        """Whether the form was opened on a text that a newer one has replaced since."""
        sent = str(self.data.get("text_number", "")) if self.is_bound else ""
        return sent not in ("", str(self.initial["text_number"]))

    def clean_spans(self) -> list[SpanInput]:
        """The spans; at least one says what is claimed."""
        sent = self.cleaned_data["spans"]
        if self.of_older_text():
            data: Any = self.data
            self.data = data = data.copy()
            data["spans"], data["text_number"] = "", str(self.initial["text_number"])
            raise ValidationError(NEW_TEXT)
        if self.elsewhere and not sent:
            return []
        spans = read_spans(sent)
        if len(spans) != len(sent.split()):
            raise ValidationError("The selection can't be read. Select the words again.")
        if not any(span.role is SpanRole.CONTENT for span in spans):
            raise ValidationError("Select the words that say what is claimed.")
        return spans

    def clean(self) -> dict[str, Any]:
        """Resolves what was picked or named into rows of this desk."""
        data = self.cleaned_data
        self.clean_sources()
        self.clean_about()
        if data.get("basis") and data.get("relation") not in ("", Relation.CONTRADICTS):
            self.add_error("basis", "Only “contradicts” has one.")
        data["competes"] = self._competing()
        data["filing"] = self._filing()
        if data.get("said_to") and not data.get("said_from"):
            self.add_error("said_from", "Give the first day too.")
        return data

    def _filing(self) -> FilingInput | None:
        """The answer it goes under, with how it answers; None where it goes under none."""
        data = self.cleaned_data
        asked, answer = (data.get("new_question") or "").strip(), data.get("new_answer")
        if answer and not asked:
            self.add_error("new_question", "Say which question this answers.")
        if asked and not answer:
            self.add_error("new_answer", "Say what the answer is.")
        position: Any = None
        if asked and answer:
            position = named_answer(self.questions, asked, answer)
        elif data.get("position"):
            answers = (a for question in self.questions for a in question.positions.all())
            position = next(a for a in answers if str(a.uid) == data["position"])
        if position is None:
            return None
        says = data.get("says")
        if says not in set(Polarity):
            # The rule's own sentence is said by the action, which holds it.
            return FilingInput(position)
        how = self.how(Polarity(says), position.text)
        return FilingInput(position, *how) if how else None

    def _competing(self) -> list[UUID]:
        """The uids of the ticked claims, each once; they are the desk's own."""
        try:
            uids = list(dict.fromkeys(UUID(uid) for uid in self.cleaned_data.get("competes", ())))
        except ValueError:
            uids = []
            self.add_error("competes", "That claim is not there.")
        there = Claim.objects.within(self.workspace).kept().filter(uid__in=uids)
        if uids and there.count() < len(uids):
            self.add_error("competes", "That claim is not there.")
        return uids

    def ticked(self) -> set[str]:
        """The uids of the claims that are ticked as competing."""
        if self.is_bound:
            return set(self.data.getlist("competes"))  # type: ignore[attr-defined]
        return set(self.initial.get("competes", ()))

    # -- what the action takes ---------------------------------------------------------------

    def values(self) -> dict[str, Any]:
        """The columns of the claim."""
        data = self.cleaned_data
        says = data["says"]
        kind = says if says in set(ClaimKind) else ClaimKind.FACTUAL.value
        values: dict[str, Any] = {
            "source": data["source_row"],
            "via": data["via_row"],
            "accused": data["accused_row"],
            "incident": self.about(),
            "kind": kind,
        }
        if kind == ClaimKind.FACTUAL:
            values["polarity"] = says
        plain = (
            "speech said_as_stated said_from said_to knows_by certainty credibility paraphrase "
            "translation translator note status"
        )
        for name in plain.split():
            if name in data and (name != "status" or data[name]):
                values[name] = data[name]
        return values

    def filings(self) -> list[FilingInput]:
        """The answer it is filed under, if any."""
        filing = self.cleaned_data["filing"]
        return [filing] if filing else []

    def competitors(self) -> list[LinkInput]:
        """Links to the claims that were ticked."""
        data = self.cleaned_data
        relation = Relation(data["relation"] or Relation.CONTRADICTS)
        return [LinkInput(uid, relation, data["basis"]) for uid in data["competes"]]

    @property
    def folded_errors(self) -> bool:
        """Whether a field of the folded part has an error, so that it must be open."""
        return any(name in self.errors for name in FOLDED)


def initial_of(claim: Claim, spans: list[SpanInput]) -> dict[str, Any]:
    """What the form shows for a claim that is there."""
    initial: dict[str, Any] = {
        "spans": write_spans(spans),
        "version": claim.version,
        "says": claim.polarity if claim.kind == ClaimKind.FACTUAL else claim.kind,
        "incident": claim.incident.uid if claim.incident else "",
        "incident_name": str(claim.incident) if claim.incident else "",
        "unnamed": not claim.source.named,
    }
    for name in ("source", "via", "accused"):
        row: Source | None = getattr(claim, name)
        initial |= {name: row.uid if row else "", f"{name}_name": row.name if row else ""}
    plain = (
        "speech said_as_stated said_from said_to knows_by certainty credibility paraphrase "
        "translation translator note status"
    )
    return initial | {name: getattr(claim, name) for name in plain.split()}
