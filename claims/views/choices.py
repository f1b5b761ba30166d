"""The claims of an incident to tick, in print, with the answers that they stand under."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from claims.models import Filing, Incident
from claims.views.desk import DeskRequest
from claims.views.filed import words
from claims.views.said import Said, newest_lines, rows_of, said


class Choice(NamedTuple):
    """A claim to tick; `answers` says under what it stands."""

    said: Said
    chosen: bool
    answers: str


def choices(request: DeskRequest, incident: Incident) -> list[Choice]:
    """All claims of the incident, those chosen first; always as many queries."""
    claims = list(rows_of(incident.pk))
    newest, lines = newest_lines(claims)
    answers = _answers(incident)
    picked = _picked(request)
    found = [
        Choice(
            said(claim, request.workspace.slug, newest, lines),
            str(claim.uid) in picked,
            "; ".join(answers[claim.pk]),
        )
        for claim in claims
    ]
    return sorted(found, key=lambda choice: not choice.chosen)


def _picked(request: DeskRequest) -> Collection[str]:
    """The uids that were ticked here, or on the page before; versions are read anew."""
    sent = request.POST if request.method == "POST" else request.GET
    return {one.partition(":")[0] for one in sent.getlist("claims")}


def _answers(incident: Incident) -> dict[int, list[str]]:
    answers: dict[int, list[str]] = defaultdict(list)
    rows = Filing.objects.kept().filter(claim__incident=incident, claim__deleted_at=None)
    for row in rows.select_related("position__question").order_by("id"):
        answers[row.claim_id].append(f"{row.position.question} {words(row)}")
    return answers
