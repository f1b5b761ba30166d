"""Comments."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from rest_framework import serializers
from rest_framework.response import Response

from claims.actions import comment as actions
from claims.api.fields import RowSerializer
from claims.api.keyset import Rows
from claims.api.making import ToMake
from claims.api.sent import RowField, Strict, Text, one_of
from claims.api.writing import OneToWrite
from claims.forms.related import RelatedFilter, by_uid
from claims.models import Article, Claim, Comment, Incident, Mention, Question
from claims.models.comment import LONGEST, SUBJECTS
from claims.policy import RULES

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


class CommentChangeSent(Strict):
    """Other words, by who wrote it; resolved or opened again, by anybody who comments."""

    text = Text(max_length=LONGEST, allow_blank=False)
    resolved = serializers.BooleanField(required=False)


class CommentSent(Strict):
    """On one of claim, question, incident and article."""

    text = Text(required=True, max_length=LONGEST, allow_blank=False)
    claim = RowField(Claim)
    question = RowField(Question)
    incident = RowField(Incident)
    article = RowField(Article)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return one_of(attrs, SUBJECTS)


class Comments(ToMake, Rows):
    rules = {"GET": "read", "POST": "comment.write"}
    serializer_class = CommentSerializer
    filter_form = CommentFilter
    takes = CommentSent

    def make(self, sent: dict[str, Any]) -> Response:
        """Comments on something; `@name` names a member."""
        text = sent.pop("text")
        (subject,) = sent.values()
        return self.made(actions.create(self.desk.actor, subject, text), "api-comment")


class OneComment(OneToWrite):
    rules = {"GET": "read", "PATCH": "comment.write", "DELETE": "comment.write"}
    serializer_class = CommentSerializer
    takes = CommentChangeSent

    def change(self, row: Any, version: int, sent: dict[str, Any], *, consent: bool) -> None:
        """Sets the words of one's own comment; resolves anybody's, or opens it again."""
        actor = self.desk.actor
        with transaction.atomic():
            if "text" in sent:
                self.own(row)
                row = actions.edit(actor, row, version, sent["text"])
            if "resolved" in sent:
                actions.resolve(actor, row, row.version, resolved=sent["resolved"])

    def end(self, row: Any, version: int) -> None:
        """Deletes one's own comment; that can be undone."""
        self.own(row)
        actions.delete(self.desk.actor, row, version)

    def own(self, row: Comment) -> None:
        """Raises PermissionDenied for a comment of somebody else."""
        if row.author_id != self.desk.user.pk:
            raise PermissionDenied(RULES["comment.write"].says)
