"""Articles, and their texts."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from rest_framework import serializers
from rest_framework.response import Response

from claims.actions import article as actions
from claims.api.article_sent import ArticleChangeSent, ArticleSent
from claims.api.fields import RowSerializer
from claims.api.frame import One
from claims.api.keyset import Rows
from claims.api.making import ToMake
from claims.api.sent import settled
from claims.api.writing import OneToWrite
from claims.forms.article import ArticleFilter
from claims.forms.related import RelatedFilter, by_uid
from claims.importers.reading import PASTED
from claims.models import Article, Revision

TEXTS = Revision.objects.defer("text").order_by("number")


class ArticleSerializer(RowSerializer):
    """`revision` and `sha256` are of the newest text, which `revisions/` has in full."""

    PREFETCH = (Prefetch("revisions", TEXTS, to_attr="texts"),)

    url = serializers.CharField(read_only=True)
    archive_url = serializers.CharField(read_only=True)
    revision = serializers.SerializerMethodField()
    sha256 = serializers.SerializerMethodField()

    class Meta:
        model = Article
        fields = (
            "title",
            "type",
            "publisher",
            "byline",
            "url",
            "archive_url",
            "published_on",
            "language",
            "status",
            "assignee",
            "republishes",
            "revision",
            "sha256",
            "version",
            "created_at",
            "updated_at",
        )

    def get_revision(self, article: Any) -> str:
        return str(article.texts[-1].uid)

    def get_sha256(self, article: Any) -> str:
        return str(article.texts[-1].sha256)


class RevisionSerializer(RowSerializer):
    """A text without its words: in a list they would be too many."""

    class Meta:
        model = Revision
        fields: tuple[str, ...] = ("article", "number", "sha256", "captured_at", "captured_by")

    @classmethod
    def with_related(cls, rows: QuerySet[Any]) -> QuerySet[Any]:
        return super().with_related(rows.filter(article__deleted_at=None)).defer("text")


class TextSerializer(RevisionSerializer):
    """With its words, exactly as they are kept."""

    class Meta(RevisionSerializer.Meta):
        fields = (*RevisionSerializer.Meta.fields, "text")

    @classmethod
    def with_related(cls, rows: QuerySet[Any]) -> QuerySet[Any]:
        return super().with_related(rows).defer(None)


class RevisionFilter(RelatedFilter):
    article = by_uid(Article)


class Articles(ToMake, Rows):
    """In the order in which they were brought in."""

    serializer_class = ArticleSerializer
    filter_form = ArticleFilter
    order = ("id",)
    rules = {"GET": "read", "POST": "article.write"}

    takes = ArticleSent

    def make(self, sent: dict[str, Any]) -> Response:
        """Brings an article in. The same text a second time needs `republishes`."""
        values = settled(self.desk.workspace, None, sent, ("publisher",))
        text, publisher = values.pop("text"), values.pop("publisher", None)
        actor, pasted = self.desk.actor, PASTED
        with transaction.atomic():
            upload = actions.keep_upload(actor, pasted["name"], pasted["media_type"], text.encode())
            article = actions.freeze(actor, upload, text, pasted["read_as"], values, publisher)
        return self.made(article, "api-article")


class OneArticle(OneToWrite):
    rules = {"GET": "read", "PATCH": "article.write", "DELETE": "article.write"}
    serializer_class = ArticleSerializer
    takes = ArticleChangeSent

    def change(self, row: Any, version: int, sent: dict[str, Any], *, consent: bool) -> None:
        """Sets details. The text is for good."""
        values = settled(self.desk.workspace, None, sent, ("publisher",))
        publisher = values.pop("publisher", row.publisher)
        actions.edit(self.desk.actor, row, version, values, publisher)

    def end(self, row: Any, version: int) -> None:
        """Deletes an article without claims; that can be undone."""
        actions.delete(self.desk.actor, row, version)


class Revisions(Rows):
    serializer_class = RevisionSerializer
    filter_form = RevisionFilter


class OneRevision(One):
    serializer_class = TextSerializer
