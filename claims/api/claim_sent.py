"""A claim as it is sent, and as the actions take it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from rest_framework import serializers

from claims import policy
from claims.actions.claim import SOURCES
from claims.actions.spans import FIGURE_FIELDS, SpanInput
from claims.anchoring.span import SpanError, quote
from claims.api.problems import Problem
from claims.api.sent import Called, RowField, SourceField, Strict, Text, settled, word
from claims.models import Article, Figure, Incident, Revision
from claims.records import (
    Certainty,
    ClaimKind,
    ClaimStatus,
    Credibility,
    FigureStatus,
    KnowsBy,
    LowBasis,
    Measure,
    Polarity,
    SpanRole,
    Speech,
)
from claims.views.desk import DeskRequest

MOST = 10**9


class SpanSent(Strict):
    """Half-open code points of the newest text; `quote`, when sent, is checked against it."""

    role = word(SpanRole, required=True)
    start = serializers.IntegerField(min_value=0, max_value=MOST)
    end = serializers.IntegerField(min_value=0, max_value=MOST)
    quote = Text(allow_blank=False)


class FigureSent(Strict):
    """Blank is not stated; 0 is stated none."""

    measure = word(Measure, required=True)
    status = word(FigureStatus, default=FigureStatus.UNKNOWN.value)
    subgroup = Text(max_length=100)
    group_as_stated = Text(max_length=200)
    part = Text(max_length=200)
    low = serializers.IntegerField(min_value=0, max_value=MOST, required=False, allow_null=True)
    high = serializers.IntegerField(min_value=0, max_value=MOST, required=False, allow_null=True)
    as_stated = Text(max_length=200)
    low_basis = word(LowBasis, default=LowBasis.STATED.value)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        Figure(**attrs).clean()
        return attrs


class ClaimChangeSent(Strict):
    """`spans` and `figures`, when sent, are all of them."""

    source: Any = SourceField(required=True)
    via = SourceField(allow_null=True)
    accused = SourceField(allow_null=True)
    incident = RowField(Incident, allow_null=True)
    kind = word(ClaimKind)
    polarity = word(Polarity)
    speech = word(Speech)
    knows_by = word(KnowsBy)
    certainty = word(Certainty)
    credibility = word(Credibility, allow_blank=True)
    said_from = serializers.DateField(required=False, allow_null=True)
    said_to = serializers.DateField(required=False, allow_null=True)
    said_as_stated = Text(max_length=200)
    paraphrase = Text()
    translation = Text()
    translator = Text(max_length=200)
    note = Text()
    status = word(ClaimStatus)
    spans = SpanSent(many=True)
    figures = FigureSent(many=True, required=False)
    consent = serializers.BooleanField(required=False)


class ClaimSent(ClaimChangeSent):
    """A new claim: of which article, who says it, and the words that say it."""

    article = RowField(Article, required=True)


def not_approved(sent: dict[str, Any]) -> None:
    """Raises ValidationError for a new claim that is to be approved: nobody has seen it."""
    if sent.get("status") == ClaimStatus.APPROVED:
        raise serializers.ValidationError({"status": ["A claim is approved once it is there."]})


def columns(
    request: DeskRequest, article: Article, sent: dict[str, Any], seen: Called | None = None
) -> dict[str, Any]:
    """What the actions take as `values`: without spans and figures, sources found by name."""
    parts = ("article", "spans", "figures", "consent")
    values = {name: value for name, value in sent.items() if name not in parts}
    for scale in ("certainty", "credibility"):
        used = getattr(request.workspace, f"uses_{scale}")
        if not used and values.get(scale, "") not in ("", Certainty.UNSTATED):
            raise serializers.ValidationError({scale: ["This desk does not use that scale."]})
    if values.get("status") == ClaimStatus.APPROVED and not request.may("claim.approve"):
        raise PermissionDenied(policy.RULES["claim.approve"].says)
    return settled(request.workspace, article, values, SOURCES, seen)


def figures(sent: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The figures with every column that counts, in the order in which they were sent."""
    empty = {"low": None, "high": None}
    return [{name: one.get(name, empty.get(name, "")) for name in FIGURE_FIELDS} for one in sent]


def spans(revision: Revision, sent: Sequence[dict[str, Any]]) -> list[SpanInput]:
    """The spans of that text.

    Raises ValidationError naming `spans.0.end`, and Problem (409) where other words stand there.
    """
    wrong: dict[Any, Any] = {}
    found, others = [], []
    for place, one in enumerate(sent):
        try:
            words = quote(revision.text, one["start"], one["end"])
        except SpanError as error:
            wrong[place] = {error.field: [str(error)]}
            continue
        if one.get("quote", words) != words:
            others.append({"field": f"spans.{place}.quote", "message": f"There stands “{words}”."})
        found.append(SpanInput(SpanRole(one["role"]), one["start"], one["end"]))
    if wrong:
        raise serializers.ValidationError({"spans": wrong})
    if others:
        raise Problem(
            409, "other-words", "The words sent are not what stands there.", errors=others
        )
    return found
