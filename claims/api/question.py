"""Questions of an incident, and the answers to them (positions)."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.response import Response

from claims.actions import incident as incidents
from claims.actions import question as questions
from claims.api.fields import RowSerializer
from claims.api.keyset import Rows
from claims.api.making import ToMake
from claims.api.sent import RowField, Strict, word
from claims.api.writing import OneToWrite
from claims.forms.question import LONGEST, MOST_ANSWERS
from claims.forms.related import RelatedFilter, by_uid, by_word
from claims.models import Incident, Position, Question
from claims.records import Aspect, State


class QuestionSerializer(RowSerializer):
    """`state`, `challenged` and `competing_pairs` are computed."""

    class Meta:
        model = Question
        fields = (
            "incident",
            "text",
            "aspect",
            "is_key",
            "exclusive",
            "order",
            "state",
            "challenged",
            "competing_pairs",
            "version",
            "created_at",
            "updated_at",
        )


class PositionSerializer(RowSerializer):
    """`held_by` and what follows count original sources, not claims."""

    class Meta:
        model = Position
        fields = (
            "question",
            "text",
            "competes",
            "order",
            "held_by",
            "held_sides",
            "held_by_accused",
            "in_part_by",
            "rejected_by",
            "version",
            "created_at",
            "updated_at",
        )


class QuestionFilter(RelatedFilter):
    incident = by_uid(Incident)
    state = by_word(State)


class PositionFilter(RelatedFilter):
    LOOKUPS = {"incident": "question__incident"}

    incident = by_uid(Incident)
    question = by_uid(Question)


class QuestionChangeSent(Strict):
    text = serializers.CharField(max_length=LONGEST)
    aspect = word(Aspect)
    is_key = serializers.BooleanField(required=False)
    exclusive = serializers.BooleanField(required=False)


class AnswerSent(Strict):
    """`competes: false` for one such as "does not know", which rules no other out."""

    text = serializers.CharField(max_length=LONGEST)
    competes = serializers.BooleanField(required=False)


class QuestionSent(QuestionChangeSent):
    """Without `exclusive`, only one answer can be so; of casualties several."""

    incident = RowField(Incident, required=True)
    answers = AnswerSent(many=True, required=False, max_length=MOST_ANSWERS)


class PositionSent(AnswerSent):
    question = RowField(Question, required=True)


class Questions(ToMake, Rows):
    rules = {"GET": "read", "POST": "incident.write"}
    serializer_class = QuestionSerializer
    filter_form = QuestionFilter
    takes = QuestionSent

    def make(self, sent: dict[str, Any]) -> Response:
        """Asks a question of an incident, with its answers."""
        incident = sent.pop("incident")
        answers = [(one["text"], one.get("competes", True)) for one in sent.pop("answers", [])]
        sent.setdefault("exclusive", sent.get("aspect") != Aspect.CASUALTIES)
        question = questions.ask(self.desk.actor, incident, sent, answers)
        return self.made(question, "api-question")


class OneQuestion(OneToWrite):
    rules = {"GET": "read", "PATCH": "incident.write", "DELETE": "incident.write"}
    serializer_class = QuestionSerializer
    takes = QuestionChangeSent

    def change(self, row: Any, version: int, sent: dict[str, Any], *, consent: bool) -> None:
        """Sets its words and its kind."""
        incidents.edit_question(self.desk.actor, row, version, sent)

    def end(self, row: Any, version: int) -> None:
        """Deletes a question under which nothing is filed; that can be undone."""
        incidents.delete_question(self.desk.actor, row, version)


class Positions(ToMake, Rows):
    rules = {"GET": "read", "POST": "incident.write"}
    serializer_class = PositionSerializer
    filter_form = PositionFilter
    takes = PositionSent

    def make(self, sent: dict[str, Any]) -> Response:
        """Adds an answer to a question."""
        question = sent.pop("question")
        position = incidents.add_position(self.desk.actor, question, sent)
        return self.made(position, "api-position")


class OnePosition(OneToWrite):
    rules = {"GET": "read", "PATCH": "incident.write", "DELETE": "incident.write"}
    serializer_class = PositionSerializer
    takes = AnswerSent

    def change(self, row: Any, version: int, sent: dict[str, Any], *, consent: bool) -> None:
        """Sets its words, and whether it competes."""
        incidents.edit_position(self.desk.actor, row, version, sent)

    def end(self, row: Any, version: int) -> None:
        """Deletes an answer under which nothing is filed; that can be undone."""
        incidents.delete_position(self.desk.actor, row, version)
