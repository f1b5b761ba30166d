"""Articles, and their texts."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from claims.actions import article as actions
from claims.api.fields import RowSerializer
from claims.api.frame import One
from claims.api.keyset import Rows
from claims.api.sent import RowField, SourceField, Strict, Text, read, settled, word
from claims.forms.article import WEB, ArticleFilter
from claims.forms.languages import tag
from claims.forms.related import RelatedFilter, by_uid
from claims.importers.decode import MAX_BYTES
from claims.importers.reading import PASTED
from claims.models import Article, Revision
from claims.records import ArticleType, SourceKind

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


class ArticleSent(Strict):
    """`text` is kept exactly as it is sent, for good: a line ends with a line feed."""

    title = serializers.CharField(max_length=500)
    text = Text(required=True, allow_blank=False)
    type = word(ArticleType)
    publisher = SourceField(kind=SourceKind.MEDIA, allow_null=True)
    byline = Text(max_length=300)
    url = serializers.CharField(max_length=2000, required=False, allow_blank=True, validators=[WEB])
    archive_url = serializers.CharField(
        max_length=2000, required=False, allow_blank=True, validators=[WEB]
    )
    published_on = serializers.DateField(required=False, allow_null=True)
    language = serializers.CharField(max_length=35, required=False, allow_blank=True)
    republishes = RowField(Article, allow_null=True)

    def validate_text(self, text: str) -> str:
        if "\r" in text:
            line = text.count("\n", 0, text.index("\r")) + 1
            raise ValidationError(
                f"Line {line} holds a carriage return: a line feed alone ends a line."
            )
        if not text.strip():
            raise ValidationError("There is nothing but white space.")
        if len(text.encode()) > MAX_BYTES:
            raise ValidationError("The most that can be kept is 5 MB.")
        return text

    def validate_language(self, value: str) -> str:
        return tag(value)


class Articles(Rows):
    """In the order in which they were brought in."""

    serializer_class = ArticleSerializer
    filter_form = ArticleFilter
    order = ("id",)
    rules = {"GET": "read", "POST": "article.write"}

    @extend_schema(request=ArticleSent, responses=ArticleSerializer)
    def post(self, request: Request, slug: str) -> Response:
        """Brings an article in. The same text a second time needs `republishes`."""
        sent = read(ArticleSent, request, self.desk.workspace)
        values = settled(self.desk.workspace, None, sent, ("publisher",))
        text, publisher = values.pop("text"), values.pop("publisher", None)
        actor, pasted = self.desk.actor, PASTED
        with transaction.atomic():
            upload = actions.keep_upload(actor, pasted["name"], pasted["media_type"], text.encode())
            article = actions.freeze(actor, upload, text, pasted["read_as"], values, publisher)
        return self.made(article, "api-article")


class OneArticle(One):
    serializer_class = ArticleSerializer


class Revisions(Rows):
    serializer_class = RevisionSerializer
    filter_form = RevisionFilter


class OneRevision(One):
    serializer_class = TextSerializer
