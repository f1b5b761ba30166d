"""Comments."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from rest_framework import serializers

from claims.api.fields import RowSerializer
from claims.api.frame import One
from claims.api.keyset import Rows
from claims.forms.related import RelatedFilter, by_uid
from claims.models import Article, Claim, Comment, Incident, Mention, Question
from claims.models.comment import SUBJECTS

MENTIONS = Mention.objects.select_related("user")


class CommentSerializer(RowSerializer):
    """On one of claim, question, incident and article; the other three are null."""

    PREFETCH = (Prefetch("mentions", MENTIONS),)

    mentions = serializers.SerializerMethodField()

    class Meta:
        model = Comment
        fields = (
            *SUBJECTS,
            "text",
            "author",
            "mentions",
            "resolved_at",
            "resolved_by",
            "version",
            "created_at",
            "updated_at",
        )

    @classmethod
    def with_related(cls, rows: QuerySet[Any]) -> QuerySet[Any]:
        there = {f"{subject}__deleted_at": None for subject in SUBJECTS}
        return super().with_related(rows.filter(**there))

    def get_mentions(self, comment: Any) -> list[str]:
        return [one.user.username for one in comment.mentions.all()]


class CommentFilter(RelatedFilter):
    claim = by_uid(Claim)
    question = by_uid(Question)
    incident = by_uid(Incident)
    article = by_uid(Article)


class Comments(Rows):
    serializer_class = CommentSerializer
    filter_form = CommentFilter


class OneComment(One):
    serializer_class = CommentSerializer
