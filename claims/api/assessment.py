"""Verdicts, without those that who asks is to second and must not see yet."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from rest_framework import serializers

from claims.api.fields import RowSerializer
from claims.api.frame import DeskView, One
from claims.api.keyset import Rows
from claims.forms.related import RelatedFilter, by_uid, by_word
from claims.models import Assessment, AssessmentClaim, Incident, Question
from claims.records import Verdict

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


class Assessments(Blind, Rows):
    serializer_class = AssessmentSerializer
    filter_form = AssessmentFilter


class OneAssessment(Blind, One):
    serializer_class = AssessmentSerializer
