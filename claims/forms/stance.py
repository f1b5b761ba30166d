"""The two fields that say how a claim answers: read from the words where they tell, else asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from claims.actions.link import NewAnswer
from claims.models import Position, Question
from claims.records import Extent, Polarity, Stance
from claims.suggester import answers

ASK_STANCE = "Say whether it holds or rejects this answer."
ASK_EXTENT = "What is said not to be so may answer fully or in part: say which."


class StanceForm(forms.Form):
    """Left empty, the fields mean what the claim and the answer's words say."""

    stance = forms.ChoiceField(
        label="How it answers",
        choices=[(Stance.HOLDS.value, "holds it"), (Stance.REJECTS.value, "rejects it")],
        widget=forms.RadioSelect,
        required=False,
    )
    extent = forms.ChoiceField(
        label="How far", choices=Extent.choices(), widget=forms.RadioSelect, required=False
    )

    @property
    def how_fields(self) -> list[forms.BoundField]:
        """For the template that both stand in."""
        return [self["stance"], self["extent"]]

    def how(
        self, polarity: Polarity, answer: str, *, whose: str = ""
    ) -> tuple[Stance, Extent] | None:
        """Stance and extent of a claim under an answer; None, with errors, where one is open.

        `whose` names the claim where the form files several.
        """
        sent: dict[str, Any] = self.cleaned_data
        stance = Stance(sent["stance"]) if sent.get("stance") else answers.stance(polarity, answer)
        extent = Extent(sent["extent"]) if sent.get("extent") else answers.extent(polarity, answer)
        by = f"{whose}: " if whose else ""
        if stance is None:
            self.add_error("stance", by + ASK_STANCE)
        if extent is None:
            self.add_error("extent", by + ASK_EXTENT)
        return (stance, extent) if stance and extent else None


def named_answer(questions: Iterable[Question], asked: str, text: str) -> Position | NewAnswer:
    """What a person typed as question and answer: those that are there, or to be made."""
    asked, text = asked.strip(), text.strip()
    known = next((question for question in questions if question.text == asked), None)
    if known is None:
        return NewAnswer(asked, text)
    kept = (answer for answer in known.positions.all() if answer.deleted_at is None)
    return next((answer for answer in kept if answer.text == text), NewAnswer(known, text))


class AnswerSelect(forms.Select):
    """A list of answers that tells scripts which of them read as a yes or a no."""

    def create_option(self, *args: Any, **kwargs: Any) -> Any:
        option = super().create_option(*args, **kwargs)
        answer = str(option["label"]).rpartition("→")[2]
        option["attrs"]["data-reads"] = answers.reads(answer) or ""
        return option
