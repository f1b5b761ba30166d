"""The texts of one article, and a new one for it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.actions import article as articles
from claims.actions import revision as actions
from claims.actions.errors import Conflict
from claims.api.article import RevisionSerializer
from claims.api.article_sent import ArticleSent
from claims.api.keyset import Rows
from claims.api.problems import Problem
from claims.api.sent import Strict, Text, read
from claims.importers.reading import PASTED
from claims.models import Article
from claims.views.desk import one

CHANGED = "Somebody changed the article at the same moment: send it again."


class RevisionSent(Strict):
    """`text` is kept exactly as it is sent, for good: a line ends with a line feed."""

    text = Text(required=True, allow_blank=False)
    validate_text = ArticleSent.validate_text


class RevisionsOfArticle(Rows):
    """In the order in which they were brought in."""

    serializer_class = RevisionSerializer
    order = ("id",)
    rules = {"GET": "read", "POST": "article.write"}

    def rows(self) -> Any:
        return super().rows().filter(article=one(self.desk, Article, self.kwargs["uid"]))

    def get(self, request: Request, slug: str, uid: UUID) -> Response:  # type: ignore[override]
        return self.list(request)

    @extend_schema(request=RevisionSent, responses=RevisionSerializer)
    def post(self, request: Request, slug: str, uid: UUID) -> Response:
        """Makes this the newest text. Certain words are carried over, doubtful ones wait."""
        article = one(self.desk, Article, uid)
        text = read(RevisionSent, request, self.desk.workspace)["text"]
        actor, name, kind = self.desk.actor, PASTED["name"], PASTED["media_type"]
        try:
            with transaction.atomic():
                upload = articles.keep_upload(actor, name, kind, text.encode(), article=article)
                made = actions.revise(
                    actor, article, article.version, text, PASTED["read_as"], upload
                )
        except Conflict as error:
            raise Problem(409, "changed", CHANGED) from error
        return self.made(made, "api-revision")
