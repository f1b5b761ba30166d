"""The claim form: who, says so or not, incident, answer, competitors; the rest is folded."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from claims.actions.claim import LinkInput
from claims.actions.link import FilingInput, NewAnswer
from claims.actions.source import NewSource
from claims.actions.spans import SpanInput
from claims.forms.picked import ANOTHER
from claims.models import Article, Claim, Incident, Position, Question, Source, Workspace
from claims.records import (
    Basis,
    Certainty,
    ClaimKind,
    ClaimStatus,
    Extent,
    KnowsBy,
    Polarity,
    Relation,
    SpanRole,
    Speech,
    Stance,
)

PICKED = ("source", "via", "accused")
FOLDED = (
    "speech said_as_stated said_from said_to via_name accused_name knows_by certainty paraphrase "
    "translation translator note status"
).split()
SAYS = [
    (Polarity.ASSERTS.value, Polarity.ASSERTS.label),
    (Polarity.DENIES.value, Polarity.DENIES.label),
    (ClaimKind.EVALUATIVE.value, ClaimKind.EVALUATIVE.label),
    (ClaimKind.DEMAND.value, ClaimKind.DEMAND.label),
]
DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
COMPETING = (Relation.CONTRADICTS, Relation.DENIES, Relation.UNDERCUTS, Relation.RESPONDS_TO)
SPAN = re.compile(r"(source|cue|content):([0-9]{1,9})-([0-9]{1,9})")


def read_spans(text: str) -> list[SpanInput]:
    """Spans as the form carries them: `content:12-40 cue:3-9`, code points; what is none is not."""
    found = filter(None, map(SPAN.fullmatch, text.split()))
    return [SpanInput(SpanRole(m[1]), int(m[2]), int(m[3])) for m in found]


def write_spans(spans: list[SpanInput]) -> str:
    """The other way round."""
    return " ".join(f"{span.role.value}:{span.start}-{span.end}" for span in spans)


class ClaimForm(forms.Form):
    """One claim. `spans` and `version` travel hidden; sources are picked by uid or named anew.

    `options` holds, for a source's field, the rows that its name fits, to be chosen from.
    """

    spans = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    source = forms.UUIDField(widget=forms.HiddenInput, required=False)
    source_name = forms.CharField(label="Who says it", max_length=200, required=False)
    unnamed = forms.BooleanField(
        label="unnamed (“a medic”): stays with this article", required=False
    )
    incident = forms.UUIDField(widget=forms.HiddenInput, required=False)
    incident_name = forms.CharField(label="Incident", max_length=300, required=False)
    says = forms.ChoiceField(
        label="Says", choices=SAYS, widget=forms.RadioSelect, initial=Polarity.ASSERTS.value
    )
    position = forms.ChoiceField(label="Answers a question", required=False)
    stance = forms.ChoiceField(
        label="How it answers", choices=Stance.choices(), initial=Stance.HOLDS.value
    )
    extent = forms.ChoiceField(
        label="How far", choices=Extent.choices(), initial=Extent.FULLY.value
    )
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
    via = forms.UUIDField(widget=forms.HiddenInput, required=False)
    via_name = forms.CharField(label="Relayed by", max_length=200, required=False)
    accused = forms.UUIDField(widget=forms.HiddenInput, required=False)
    accused_name = forms.CharField(label="Whom it blames", max_length=200, required=False)
    knows_by = forms.ChoiceField(
        label="How they know", choices=KnowsBy.choices(), initial=KnowsBy.UNSTATED.value
    )
    certainty = forms.ChoiceField(
        label="How sure they say they are",
        choices=Certainty.choices(),
        initial=Certainty.UNSTATED.value,
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
    ) -> None:
        """`keeps_approval`: the claim is approved, and who edits it may leave it so."""
        super().__init__(data, initial=initial)
        self.workspace = workspace
        self.article = article
        self.options: dict[str, list[Source]] = {}
        if keeps_approval:
            statuses: Any = self.fields["status"]
            statuses.choices = ClaimStatus.choices()
        elif self.initial.get("status") == ClaimStatus.APPROVED:
            # What is changed has not been seen by who approved it.
            self.initial["status"] = ClaimStatus.SUBMITTED.value
        self.incident_row = self._incident()
        self.questions = self._questions()
        choice: Any = self.fields["position"]
        choice.choices = [("", "none"), *self._positions()]
        if not workspace.uses_certainty:
            del self.fields["certainty"]
        competes: Any = self.fields["competes"]
        competes.choices = [(uid, uid) for uid in (data.getlist("competes") if data else [])]

    def _find(self, model: Any, name: str) -> Any:
        value = self.data.get(name) if self.is_bound else self.initial.get(name)
        try:
            uid = value if isinstance(value, UUID) else UUID(str(value))
        except ValueError:
            return None
        return model.objects.within(self.workspace).kept().filter(uid=uid).first()

    def _incident(self) -> Incident | None:
        """The incident that is picked; typed over (without JavaScript), the one typed."""
        values = self.data if self.is_bound else self.initial
        typed = str(values.get("incident_name") or "").strip()
        row: Incident | None = self._find(Incident, "incident")
        if not typed or (row and typed in (str(row), row.code, row.title)):
            return row if typed or not self.is_bound else None
        kept = Incident.objects.within(self.workspace).kept()
        # A code is its incident's alone; a title is not, and makes a new one.
        found: Incident | None = kept.filter(code=typed.split(" ", 1)[0]).first()
        return found if found and typed in (str(found), found.code) else None

    def _questions(self) -> list[Question]:
        if self.incident_row is None:
            return []
        kept = self.incident_row.questions.kept().prefetch_related("positions")
        return list(kept.order_by("-is_key", "order", "id"))

    def _positions(self) -> list[tuple[str, list[tuple[str, str]]]]:
        return [
            (
                f"{question}{' ★' if question.is_key else ''}",
                [
                    (str(position.uid), f"{question} → {position}")
                    for position in question.positions.all()
                    if position.deleted_at is None
                ],
            )
            for question in self.questions
        ]

    def clean_spans(self) -> list[SpanInput]:
        """The spans; at least one says what is claimed."""
        sent = self.cleaned_data["spans"]
        spans = read_spans(sent)
        if len(spans) != len(sent.split()):
            raise ValidationError("The selection can't be read. Select the words again.")
        if not any(span.role is SpanRole.CONTENT for span in spans):
            raise ValidationError("Select the words that say what is claimed.")
        return spans

    def clean(self) -> dict[str, Any]:
        """Resolves what was picked or named into rows of this desk."""
        data = self.cleaned_data
        for name in (*PICKED, "incident"):
            if name in self.errors:
                # Nobody sees an error of a hidden field.
                self.add_error(f"{name}_name", "That can't be read. Pick it again.")
        for name in PICKED:
            data[f"{name}_row"] = None if name in self.errors else self._source(name)
        if data["source_row"] is None and "source_name" not in self.errors:
            self.add_error("source_name", "Say who says it.")
        if data.get("incident") and self._find(Incident, "incident") is None:
            self.add_error("incident_name", "That incident is not there.")
        if data.get("basis") and data.get("relation") not in ("", Relation.CONTRADICTS):
            self.add_error("basis", "Only “contradicts” has one.")
        data["competes"] = self._competing()
        if data.get("new_answer") and not data.get("new_question"):
            self.add_error("new_question", "Say which question this answers.")
        if data.get("new_question") and not data.get("new_answer"):
            self.add_error("new_answer", "Say what the answer is.")
        if data.get("said_to") and not data.get("said_from"):
            self.add_error("said_from", "Give the first day too.")
        return data

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

    def _source(self, name: str) -> Source | NewSource | None:
        """A source picked by uid, or one named in the field: the one that is called so, or new."""
        data = self.cleaned_data
        typed = (data.get(f"{name}_name") or "").strip()
        unnamed = name == "source" and bool(data.get("unnamed"))
        if not typed and f"{name}_name" in self.data:
            # Without JavaScript a name can be taken out while the old pick is still sent.
            return None
        if data.get(name):
            row: Source | None = self._find(Source, name)
            if row is None or row.article_id not in (None, self.article.pk):
                self.add_error(f"{name}_name", "That source is not there.")
                return None
            # Without JavaScript a name can be typed over while the old pick is still sent.
            if typed in ("", row.name) or row in self._called(typed):
                if unnamed and row.named:
                    self.add_error(
                        "source_name",
                        f"“{row}” is a source with a name, known beyond this article. Untick "
                        "“unnamed” to mean it, or call this one otherwise.",
                    )
                return row
        if not typed:
            return None
        if unnamed:
            return NewSource(typed, named=False)
        return self._choose(name, typed)

    def _choose(self, name: str, typed: str) -> Source | NewSource | None:
        """The one that is called so, or that was chosen of several, or a new one."""
        fits = self._called(typed)
        choice = self.data.get(f"{name}_choice", "")
        if not fits or choice == ANOTHER:
            return NewSource(typed)
        for fit in fits:
            if len(fits) == 1 or str(fit.uid) == choice:
                return fit
        self.options[name] = fits
        self.add_error(f"{name}_name", f"Several are called “{typed}”: choose one.")
        return None

    def _called(self, name: str) -> list[Source]:
        kept = Source.objects.within(self.workspace).kept()
        return list(kept.called(name, self.article)[:9])

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
            "incident": self.incident_row or data["incident_name"].strip() or None,
            "kind": kind,
        }
        if kind == ClaimKind.FACTUAL:
            values["polarity"] = says
        plain = (
            "speech said_as_stated said_from said_to knows_by certainty paraphrase translation "
            "translator note status"
        )
        for name in plain.split():
            if name in data and (name != "status" or data[name]):
                values[name] = data[name]
        return values

    def filings(self) -> list[FilingInput]:
        """The answer it is filed under, if any; only a fact is."""
        data = self.cleaned_data
        stance, extent = Stance(data["stance"]), Extent(data["extent"])
        if data.get("new_answer"):
            asked = data["new_question"].strip()
            known = next((q for q in self.questions if q.text == asked), None)
            return [FilingInput(NewAnswer(known or asked, data["new_answer"]), stance, extent)]
        if not data.get("position"):
            return []
        position: Position = Position.objects.within(self.workspace).get(uid=data["position"])
        return [FilingInput(position, stance, extent)]

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
        "speech said_as_stated said_from said_to knows_by certainty paraphrase translation "
        "translator note status"
    )
    return initial | {name: getattr(claim, name) for name in plain.split()}
