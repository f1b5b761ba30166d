"""The lanes of the review queue and their rows: stored columns, and a few queries a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from claims.models import (
    Assessment,
    AssessmentChange,
    Figure,
    Incident,
    Workspace,
)
from claims.models.incident import IN_DISPUTE
from claims.models.lens import settled
from claims.records import Measure, Polarity, State, Verdict
from claims.views.approval_rows import articles_waiting, claims_waiting
from claims.views.counts import count, counted
from claims.views.desk import DeskRequest
from claims.views.incident_rows import ORDER, IncidentRow, asked, row
from claims.views.paging import page
from claims.views.verdicts import MOST_CHANGES, latest_changes

SEVERE = [Measure.KILLED.value, Measure.KILLED_OR_INJURED.value]


class Lane(NamedTuple):
    """One part of the queue: its name in the address, its words, and which incidents it holds."""

    name: str
    label: str
    says: str
    holds: Callable[[Any], Any]


def _severe(incidents: Any) -> Any:
    """One source, and somebody killed by its own account: nobody else may ever contest it."""
    figures = Figure.objects.filter(
        claim__incident=OuterRef("pk"),
        claim__live=True,
        claim__polarity=Polarity.ASSERTS.value,
        measure__in=SEVERE,
    )
    return incidents.filter(state=State.UNCORROBORATED).filter(Exists(figures))


LANES = {
    lane.name: lane
    for lane in (
        Lane(
            "disputed",
            "Disputed",
            "Original sources hold what rules each other out, or question each other.",
            lambda rows: rows.filter(Q(heat__gte=IN_DISPUTE) | Q(challenged=True)),
        ),
        Lane(
            "changed",
            "Evidence changed since",
            "Claims or links changed after a verdict was recorded.",
            lambda rows: rows.filter(evidence_changed=True),
        ),
        Lane(
            "second",
            "Second reviewer asked",
            "A verdict waits for a second reviewer, who decides without seeing it.",
            lambda rows: rows.filter(awaits_second=True),
        ),
        Lane(
            "severe",
            "Deaths, one source",
            "Somebody was killed, by the account of one original source alone.",
            _severe,
        ),
    )
}


class Counted(NamedTuple):
    """A lane with how many incidents it holds."""

    lane: Lane
    incidents: str


class InQueue(NamedTuple):
    """An incident of the queue with its current verdicts; `hidden` ones are not told yet.

    `changes` are the newest few that touched the evidence of one of them, of `changes_in_all`.
    """

    row: IncidentRow
    verdicts: list[Any]
    hidden: int
    changes: list[Any]
    changes_in_all: int

    @property
    def further(self) -> int:
        """How many changes since are not listed."""
        return self.changes_in_all - len(self.changes)


class Queue(NamedTuple):
    """One page of a lane."""

    rows: list[InQueue]
    next_token: str


def lane_counts(workspace: Workspace) -> dict[str, Any]:
    """All lanes with their counts, and how much waits for approval."""
    incidents = settled(Incident.objects.within(workspace).kept())
    return {
        "incidents": [
            Counted(lane, counted(count(lane.holds(incidents)))) for lane in LANES.values()
        ],
        "approval": counted(count(claims_waiting(workspace)) + count(articles_waiting(workspace))),
    }


def queue(request: DeskRequest, lane: Lane, form: Any, after: str) -> Queue:
    """The page of a lane after `after`, the most contested first."""
    incidents = settled(Incident.objects.within(request.workspace).kept())
    incidents = form.narrow(lane.holds(incidents))
    part = page(
        incidents.select_related("parent", "assignee").prefetch_related(asked()), ORDER, after
    )
    told, hidden = _verdicts(request, [incident.pk for incident in part.rows])
    changes = _changes([one.pk for found in told.values() for one in found])
    rows = [
        InQueue(
            row(incident),
            told.get(incident.pk, []),
            hidden.get(incident.pk, 0),
            *changes.get(incident.pk, ([], 0)),
        )
        for incident in part.rows
    ]
    return Queue(rows, part.next_token)


def _verdicts(request: DeskRequest, ids: list[int]) -> tuple[dict[int, list[Any]], dict[int, int]]:
    """The current verdicts of each incident, and how many the reader must not see yet."""
    rows = Assessment.objects.current().of_incidents(ids)
    unseen: set[int] = set()
    if request.may("assess"):
        unseen = set(rows.hidden_from(request.user).values_list("pk", flat=True))
    told: dict[int, list[Any]] = {}
    hidden: dict[int, int] = {}
    people = ("reviewer", "position", "question")
    for one in rows.select_related(*people).order_by("question_id", "id"):
        place = one.question.incident_id if one.question else one.incident_id
        if one.pk in unseen:
            hidden[place] = hidden.get(place, 0) + 1
        else:
            one.words = Verdict(one.verdict).label + (f": {one.position}" if one.position else "")
            told.setdefault(place, []).append(one)
    return told, hidden


def _changes(assessments: list[int]) -> dict[int, tuple[list[Any], int]]:
    """Of each incident the newest changes since one of these verdicts, and how many there are.

    One act that touches the evidence of several verdicts is one change. Two queries.
    """
    if not assessments:
        return {}
    places = AssessmentChange.objects.filter(assessment__in=assessments).annotate(
        place=Coalesce("assessment__incident", "assessment__question__incident")
    )
    counts = places.order_by().values_list("place").annotate(Count("change", distinct=True))
    in_all = dict(counts)
    newest: dict[int, dict[int, Any]] = {}
    for one in latest_changes(assessments):
        about = one.assessment
        place = about.incident_id or about.question.incident_id
        newest.setdefault(place, {})[one.change_id] = one.change
    return {
        place: (list(changes.values())[:MOST_CHANGES], in_all[place])
        for place, changes in newest.items()
    }
