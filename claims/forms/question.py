"""Forms of questions, their answers, and what is filed under them."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from claims.actions.link import FilingInput, NewAnswer
from claims.forms.stance import StanceForm
from claims.models import Claim, Question
from claims.records import Aspect, ClaimKind, Polarity

LONGEST = 300
MOST_ANSWERS = 50
DOES_NOT_KNOW = "Does not know"
USUAL, ONE, SEVERAL = "", "one", "several"


class Answer(NamedTuple):
    """An answer to be made; `competes` is false for "does not know"."""

    text: str
    competes: bool


class QuestionForm(forms.Form):
    """A question; a new one with its answers."""

    text = forms.CharField(
        label="Question", max_length=LONGEST, widget=forms.TextInput({"dir": "auto"})
    )
    aspect = forms.ChoiceField(
        label="It asks about", choices=Aspect.choices(), initial=Aspect.OTHER.value
    )
    is_key = forms.BooleanField(
        label="★ a key question: the incident's state is taken from it", required=False
    )
    exclusive = forms.ChoiceField(
        label="How many answers can be so",
        required=False,
        choices=[
            (USUAL, "as is usual for what it asks about"),
            (ONE, "only one"),
            (SEVERAL, "several"),
        ],
        help_text="Usually only one; of casualties several, because “dozens” includes 55.",
    )
    answers = forms.CharField(
        required=False,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        help_text="One a line; more can be added later.",
    )
    does_not_know = forms.BooleanField(
        label=f"and “{DOES_NOT_KNOW}”, which rules no other answer out", required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, question: Question | None = None, **kw: Any) -> None:
        super().__init__(data, auto_id="question-%s", **kw)
        if question is not None:
            del self.fields["answers"], self.fields["does_not_know"]
            self.fields["version"].required = True
            exclusive: Any = self.fields["exclusive"]
            exclusive.choices = exclusive.choices[1:]

    def clean_answers(self) -> list[str]:
        """The answers, one a line, without empty lines and what is said twice."""
        lines = [line.strip() for line in self.cleaned_data["answers"].splitlines()]
        answers = list(dict.fromkeys(line for line in lines if line))
        if len(answers) > MOST_ANSWERS:
            raise ValidationError(f"That is {len(answers)} answers; at most {MOST_ANSWERS} fit.")
        for answer in answers:
            if len(answer) > LONGEST:
                raise ValidationError(f"“{answer[:30]}…” is longer than {LONGEST} characters.")
        return answers

    def values(self) -> dict[str, Any]:
        """The columns, as the actions take them."""
        data = self.cleaned_data
        usual = data["aspect"] != Aspect.CASUALTIES
        exclusive = usual if data["exclusive"] == USUAL else data["exclusive"] == ONE
        return {
            "text": data["text"],
            "aspect": data["aspect"],
            "is_key": data["is_key"],
            "exclusive": exclusive,
        }

    def new_answers(self) -> list[Answer]:
        """The answers of a new question; "does not know" competes with none, however typed."""
        texts = self.cleaned_data["answers"]
        if self.cleaned_data["does_not_know"] and DOES_NOT_KNOW not in texts:
            texts = [*texts, DOES_NOT_KNOW]
        return [Answer(text, text.casefold() != DOES_NOT_KNOW.casefold()) for text in texts]


class PositionForm(forms.Form):
    """An answer to a question."""

    text = forms.CharField(
        label="Answer", max_length=LONGEST, widget=forms.TextInput({"dir": "auto"})
    )
    competes = forms.BooleanField(
        label="it says something (not “does not know” or “declined to say”)",
        required=False,
        initial=True,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, is_new: bool = True, **kw: Any) -> None:
        super().__init__(data, auto_id="answer-%s", **kw)
        self.fields["version"].required = not is_new

    def values(self) -> dict[str, Any]:
        """The columns, as the actions take them."""
        return {name: self.cleaned_data[name] for name in ("text", "competes")}


class FileForm(StanceForm):
    """Claims of the incident go under an answer of one question; the answer may be new."""

    position: Any = forms.ModelChoiceField(
        Claim.objects.none(),
        to_field_name="uid",
        label="Answer",
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
    )
    new_answer = forms.CharField(
        label="or a new answer",
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
    )
    claims: Any = forms.ModelMultipleChoiceField(
        Claim.objects.none(),
        to_field_name="uid",
        error_messages={"required": "Choose at least one claim."},
    )

    def __init__(self, question: Question, data: Any = None, **kw: Any) -> None:
        super().__init__(data, auto_id="file-%s", **kw)
        self.question = question
        position: Any = self.fields["position"]
        position.queryset = question.positions.kept().select_related("question__incident")
        claims: Any = self.fields["claims"]
        claims.queryset = fileable(question).select_related("source")

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        chosen, new = data.get("position"), data.get("new_answer")
        if not chosen and not new and not {"position", "new_answer"} & self.errors.keys():
            self.add_error("position", "Choose an answer, or write a new one.")
        if not self.errors:
            answer = new or str(chosen)
            data["how"] = [
                (claim, self.how(Polarity(claim.polarity), answer, whose=str(claim.source)))
                for claim in data["claims"]
            ]
        return data

    def filings(self) -> list[tuple[UUID, FilingInput]]:
        """What the action takes, for each claim. What was written goes before what was chosen."""
        data = self.cleaned_data
        new = data["new_answer"]
        answer = NewAnswer(self.question, new) if new else data["position"]
        return [(claim.uid, FilingInput(answer, *how)) for claim, how in data["how"]]


def fileable(question: Question) -> Any:
    """The facts of the incident: a demand or an opinion is not evidence."""
    return Claim.objects.kept().filter(
        incident_id=question.incident_id, kind=ClaimKind.FACTUAL.value
    )
