"""Verdicts, without those that who asks is to second and must not see yet."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from rest_framework import serializers
from rest_framework.response import Response

from claims.actions import assessment as actions
from claims.actions.assessment import Finding
from claims.api.fields import RowSerializer
from claims.api.frame import DeskView
from claims.api.keyset import Rows
from claims.api.making import ToMake
from claims.api.sent import RowField, Strict, Text, one_of, word
from claims.api.writing import OneToWrite
from claims.forms.related import RelatedFilter, by_uid, by_word
from claims.models import Assessment, AssessmentClaim, Incident, Position, Question
from claims.records import Confidence, Likelihood, Verdict

MOST_CLAIMS = 1_000

CLAIMS = AssessmentClaim.objects.select_related("claim")


class AssessmentSerializer(RowSerializer):
    """Never edited: a later one `supersedes` it. `claims` are those that it rests on."""

    PREFETCH = (Prefetch("rests_on", CLAIMS),)

    claims = serializers.SerializerMethodField()

    class Meta:
        model = Assessment
        fields = (
            "question",
            "incident",
            "verdict",
            "position",
            "likelihood",
            "confidence",
            "rationale",
            "claims",
            "reviewer",
            "created_at",
            "withdrawn_at",
            "withdrawn_by",
            "supersedes",
            "second_of",
            "agrees",
            "blind",
            "wants_second",
            "evidence_changed",
        )

    def get_claims(self, row: Any) -> list[str]:
        return [str(one.claim.uid) for one in row.rests_on.all()]


class AssessmentFilter(RelatedFilter):
    incident = by_uid(Incident)
    question = by_uid(Question)
    verdict = by_word(Verdict)


class Blind(DeskView):
    """As on the pages: only who may decide is kept from seeing."""

    def rows(self) -> Any:
        rows = super().rows()
        return rows.shown_to(self.desk.user) if self.desk.may("assess") else rows


class AssessmentChangeSent(Strict):
    """Nothing of a verdict is edited; a second reviewer can be asked for, or no longer."""

    wants_second = serializers.BooleanField()


class AssessmentSent(Strict):
    """On a question or on an incident as a whole; `claims` are those that it rests on."""

    question = RowField(Question)
    incident = RowField(Incident)
    verdict = word(Verdict, required=True)
    position = RowField(Position, allow_null=True)
    likelihood = word(Likelihood, allow_blank=True)
    confidence = word(Confidence, required=True)
    rationale = Text(required=True, allow_blank=False)
    claims = serializers.ListField(
        child=serializers.UUIDField(), max_length=MOST_CLAIMS, required=False
    )
    wants_second = serializers.BooleanField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return one_of(attrs, ("question", "incident"))


class Assessments(Blind, ToMake, Rows):
    rules = {"GET": "read", "POST": "assess"}
    serializer_class = AssessmentSerializer
    filter_form = AssessmentFilter
    takes = AssessmentSent

    def make(self, sent: dict[str, Any]) -> Response:
        """Records a verdict in the place of one's own; where one waits for a second, it is that."""
        likelihood = sent.get("likelihood")
        finding = Finding(
            verdict=Verdict(sent["verdict"]),
            confidence=Confidence(sent["confidence"]),
            rationale=sent["rationale"],
            position=sent.get("position"),
            likelihood=Likelihood(likelihood) if likelihood else None,
            claims=tuple(sent.get("claims", ())),
            wants_second=sent.get("wants_second", False),
        )
        subject = sent.get("question") or sent["incident"]
        row = actions.record(self.desk.actor, subject, finding)
        return self.made(row, "api-assessment")


class OneAssessment(Blind, OneToWrite):
    rules = {"GET": "read", "PATCH": "assess", "DELETE": "assess"}
    serializer_class = AssessmentSerializer
    takes = AssessmentChangeSent

    def change(self, row: Any, version: int, sent: dict[str, Any], *, consent: bool) -> None:
        """Asks for a second reviewer of one's own verdict, or no longer."""
        self.own(row)
        if "wants_second" in sent:
            actions.ask(self.desk.actor, row, wanted=sent["wants_second"])

    def end(self, row: Any, version: int) -> None:
        """Withdraws one's own verdict: it stays readable, and the one before it counts again."""
        self.own(row)
        actions.withdraw(self.desk.actor, row)

    def own(self, row: Assessment) -> None:
        """Raises PermissionDenied for a verdict of somebody else."""
        if row.reviewer_id != self.desk.user.pk:
            raise PermissionDenied("Who recorded a verdict withdraws it, and asks for a second.")
