"""Up to a thousand claims by one POST: all of them, or none and what is wrong with which."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from claims.actions import claim_bulk as actions
from claims.api.claim import ClaimSerializer
from claims.api.claim_sent import ClaimSent, columns, figures, not_approved, spans
from claims.api.frame import DeskView
from claims.api.making import ToMake
from claims.api.problems import Problem
from claims.api.sent import Called, Strict
from claims.models import Revision


class ClaimsSent(Strict):
    """Claims as `claims/` takes them."""

    claims = ClaimSent(many=True, allow_empty=False, max_length=actions.MOST)


class ClaimsToldSerializer(serializers.Serializer[Any]):
    """In the order in which they were sent."""

    results = ClaimSerializer(many=True)


class BulkOfClaims(ToMake, DeskView):
    """One act in the history, and one undo."""

    rules = {"POST": "claim.write"}
    serializer_class = ClaimSerializer
    takes = ClaimsSent
    tells = ClaimsToldSerializer

    def make(self, sent: dict[str, Any]) -> Response:
        """Makes up to 1,000 claims; where one can't be, none is, and `claims.17.kind` says why."""
        made = actions.create_all(self.desk.actor, self.drafts(sent["claims"]))
        rows = self.rows().filter(pk__in=[claim.pk for claim in made]).order_by("pk")
        return Response({"results": self.get_serializer(rows, many=True).data}, status=201)

    def drafts(self, sent: list[dict[str, Any]]) -> list[actions.Draft]:
        """The claims as the action takes them; their errors by place."""
        seen: Called = {}
        drafts: dict[int, actions.Draft] = {}
        wrong: dict[Any, Any] = {}
        problems: dict[int, Problem] = {}
        for place, revision in actions.by_text([one["article"] for one in sent]):
            try:
                drafts[place] = self.draft(sent[place], revision, seen)
            except ValidationError as error:
                wrong[place] = error.detail
            except Problem as error:
                problems[place] = error
        if wrong:
            raise ValidationError({"claims": dict(sorted(wrong.items()))})
        if problems:
            raise together(dict(sorted(problems.items())))
        return [drafts[place] for place in range(len(sent))]

    def draft(self, one: dict[str, Any], revision: Revision, seen: Called) -> actions.Draft:
        """One of them. Raises ValidationError and Problem as `claims/` does."""
        not_approved(one)
        return actions.Draft(
            one["article"],
            columns(self.desk, one["article"], one, seen),
            spans(revision, one["spans"]),
            figures(one.get("figures", [])),
        )


def together(problems: dict[int, Problem]) -> Problem:
    """The problems of the first one's kind as one, each field with its place."""
    first = next(iter(problems.values()))
    told: dict[str, Any] = {}
    for place, one in problems.items():
        if one.kind != first.kind:
            continue
        for error in one.more.get("errors", ()):
            field = f"claims.{place}.{error['field']}"
            told.setdefault("errors", []).append({**error, "field": field})
        for name, candidates in one.more.get("candidates", {}).items():
            told.setdefault("candidates", {})[f"claims.{place}.{name}"] = candidates
    return Problem(first.status_code, first.kind, str(first.detail), **told)
