"""An article as it is sent: its details, and once, for good, its text."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from claims.api.sent import MemberField, RowField, SourceField, Strict, Text, word
from claims.forms.article import WEB
from claims.forms.languages import tag
from claims.importers.decode import MAX_BYTES
from claims.models import Article
from claims.records import ArticleStatus, ArticleType, SourceKind


class DetailsSent(Strict):
    """What is known about an article beside its text."""

    title = serializers.CharField(max_length=500)
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

    def validate_language(self, value: str) -> str:
        return tag(value)


class ArticleChangeSent(DetailsSent):
    """The details, how far the work is, and who does it; the text is not among them."""

    status = word(ArticleStatus)
    assignee = MemberField(required=False, allow_null=True)


class ArticleSent(DetailsSent):
    """`text` is kept exactly as it is sent, for good: a line ends with a line feed."""

    text = Text(required=True, allow_blank=False)

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
