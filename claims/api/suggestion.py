"""What a machine proposes as claims, and what is decided on it."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar
from uuid import UUID

from django.http.response import HttpResponseBase
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.actions import suggestion as actions
from claims.api.fields import RowSerializer
from claims.api.frame import One
from claims.api.keyset import Rows
from claims.api.making import ToMake
from claims.api.sent import RowField, Strict
from claims.forms.related import RelatedFilter, by_uid, by_word
from claims.models import Article, Incident, Suggestion
from claims.records import Engine, SuggestionState


def _pieces() -> serializers.ListField:
    piece = serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2)
    return serializers.ListField(child=piece, read_only=True)


class SuggestionSerializer(RowSerializer):
    """It is no claim: it counts nowhere. Pieces are half-open code points of the revision's text.

    `polarity` is empty where the words leave it open. `sources` are those that fit, best first.
    """

    content = _pieces()
    source_words = _pieces()
    cue = _pieces()
    reasons = serializers.ListField(child=serializers.CharField(), read_only=True)
    sources = serializers.ListField(
        child=serializers.UUIDField(), source="source_ids", read_only=True
    )
    figures = serializers.ListField(child=serializers.DictField(), read_only=True)

    class Meta:
        model = Suggestion
        fields = (
            "article",
            "revision",
            "made_at",
            "engine",
            "engine_version",
            "score",
            "reasons",
            "words",
            "content",
            "source_words",
            "cue",
            "kind",
            "polarity",
            "speech",
            "source_name",
            "sources",
            "unnamed",
            "said_as_stated",
            "figures",
            "state",
            "decided_by",
            "decided_at",
            "claim",
        )


class SuggestionFilter(RelatedFilter):
    article = by_uid(Article)
    state = by_word(SuggestionState)
    engine = by_word(Engine)


class OfDesk(One):
    """Those of articles that are kept."""

    serializer_class = SuggestionSerializer

    def rows(self) -> Any:
        return super().rows().filter(article__deleted_at=None)


class Suggestions(Rows):
    """In the order in which they were first proposed."""

    serializer_class = SuggestionSerializer
    filter_form = SuggestionFilter
    order = ("id",)

    def rows(self) -> Any:
        return super().rows().filter(article__deleted_at=None)


class OneSuggestion(OfDesk):
    pass


class AcceptSent(Strict):
    """`incident` is what the claim is about; without it, none."""

    incident = RowField(Incident)


class DismissSent(Strict):
    """Nothing."""


class Deciding(ToMake, OfDesk):
    """By POST alone."""

    rules = {"POST": "claim.write"}

    def post(  # type: ignore[override]
        self, request: Request, slug: str, uid: UUID
    ) -> HttpResponseBase:
        return super().post(request, slug)

    def make(self, sent: dict[str, Any]) -> Response:
        row = self.one(self.kwargs["uid"])
        self.decide(row, sent)
        return self.told(self.one(row.uid), 201)

    @abstractmethod
    def decide(self, row: Any, sent: dict[str, Any]) -> None:
        """Does it."""


class Accept(Deciding):
    takes: ClassVar[type[Strict]] = AcceptSent

    def make(self, sent: dict[str, Any]) -> Response:
        """Makes a claim of it, which the answer names; 400 where something is to be chosen."""
        return super().make(sent)

    def decide(self, row: Any, sent: dict[str, Any]) -> None:
        actions.accept(self.desk.actor, row.article, [row], sent.get("incident"))


class Dismiss(Deciding):
    takes: ClassVar[type[Strict]] = DismissSent

    def make(self, sent: dict[str, Any]) -> Response:
        """It is proposed no more, in whatever text and by whatever engine."""
        return super().make(sent)

    def decide(self, row: Any, sent: dict[str, Any]) -> None:
        actions.dismiss(self.desk.actor, row)
