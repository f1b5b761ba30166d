"""Claims with their spans and figures: one object, one version."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Prefetch
from rest_framework import serializers
from rest_framework.response import Response

from claims.actions import claim as actions
from claims.actions.spans import FIGURE_FIELDS, current_revision
from claims.api.claim_sent import (
    ClaimChangeSent,
    ClaimSent,
    columns,
    figures,
    not_approved,
    spans,
)
from claims.api.fields import RowSerializer
from claims.api.keyset import Rows
from claims.api.making import ToMake
from claims.api.writing import OneToWrite
from claims.forms.claim_filter import ClaimFilter
from claims.models import Claim, Figure, Span
from claims.records import ClaimStatus

SPANS = Span.objects.annotate(revision_uid=F("revision__uid")).order_by("start", "end", "id")


class SpanSerializer(serializers.ModelSerializer[Any]):
    """Half-open code points of the revision's text: `text[start:end] == quote`."""

    revision = serializers.UUIDField(source="revision_uid", read_only=True)

    class Meta:
        model = Span
        fields = ("role", "start", "end", "quote", "revision", "match", "score")


class FigureSerializer(serializers.ModelSerializer[Any]):
    """`null` is not stated; 0 is stated none. `low_basis` says when `low` is our convention."""

    class Meta:
        model = Figure
        fields = FIGURE_FIELDS


class ClaimSerializer(RowSerializer):
    """What follows `approver` is computed, and no edit of the claim."""

    PREFETCH = (Prefetch("spans", SPANS), "figures")

    spans = SpanSerializer(many=True, read_only=True)
    figures = FigureSerializer(many=True, read_only=True)

    class Meta:
        model = Claim
        fields = (
            "article",
            "incident",
            "source",
            "via",
            "accused",
            "kind",
            "polarity",
            "speech",
            "knows_by",
            "certainty",
            "credibility",
            "said_from",
            "said_to",
            "said_as_stated",
            "paraphrase",
            "translation",
            "translator",
            "note",
            "spans",
            "figures",
            "status",
            "origin",
            "annotator",
            "approver",
            "stands",
            "live",
            "statement",
            "originator",
            "disputed",
            "competing_claims",
            "competing_originators",
            "version",
            "created_at",
            "updated_at",
        )


class Claims(ToMake, Rows):
    """In the order in which they were made."""

    serializer_class = ClaimSerializer
    filter_form = ClaimFilter
    order = ("id",)
    rules = {"GET": "read", "POST": "claim.write"}
    takes = ClaimSent

    def make(self, sent: dict[str, Any]) -> Response:
        """Makes a claim with its spans and figures."""
        article = sent["article"]
        not_approved(sent)
        claim = actions.create(
            self.desk.actor,
            article,
            columns(self.desk, article, sent),
            spans(current_revision(article), sent["spans"]),
            figures=figures(sent.get("figures", [])),
        )
        return self.made(claim, "api-claim")


class OneClaim(OneToWrite):
    rules = {"GET": "read", "PATCH": "claim.write", "DELETE": "claim.write"}
    serializer_class = ClaimSerializer
    takes = ClaimChangeSent

    def change(self, row: Any, version: int, sent: dict[str, Any], *, consent: bool) -> None:
        values = columns(self.desk, row.article, sent)
        if row.status == ClaimStatus.APPROVED:
            # What is changed has not been seen by who approved it, unless they say so.
            values.setdefault("status", ClaimStatus.SUBMITTED.value)
        actions.edit(
            self.desk.actor,
            row,
            version,
            values,
            spans=spans(current_revision(row.article), sent["spans"]) if "spans" in sent else None,
            figures=figures(sent["figures"]) if "figures" in sent else None,
            consent=consent,
        )

    def end(self, row: Any, version: int) -> None:
        actions.delete(self.desk.actor, row, version)
