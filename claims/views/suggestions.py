"""How good the suggestions are, and what the machine has learned from the desk."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from claims.actions import to_read, training
from claims.actions.trained import in_use
from claims.models import Suggestion, ToRead, Training, Workspace
from claims.records import Engine, SuggestionState
from claims.views.desk import DeskRequest, desk

MOST = 20
"""Trainings that are shown, the newest first."""
MEASURES = (
    ("attribution", "what is said"),
    ("full", "what is said, by whom"),
    ("content", "words of what is said"),
    ("cue", "reporting words"),
)


class Record(NamedTuple):
    """What people made of the suggestions of one engine."""

    engine: str
    proposed: int
    waiting: int
    accepted: int
    edited: int
    dismissed: int

    @property
    def rate(self) -> str:
        """The share of what was decided on that was accepted as it was, in per cent."""
        decided = self.accepted + self.edited + self.dismissed
        return f"{100 * self.accepted / decided:.0f} %" if decided else "–"


@desk("read")
def index(request: DeskRequest) -> HttpResponseBase:
    """The engines beside each other, and the trainings with their figures."""
    workspace = request.workspace
    rows = list(Training.objects.within(workspace).defer("model").select_related("asked_by")[:MOST])
    return render(
        request,
        "suggestion/index.html",
        {
            "records": records(workspace),
            "trainings": [{"row": row, "figures": figures(row)} for row in rows],
            "measures": [label for _, label in MEASURES],
            "in_use": in_use(workspace),
            "bands": bands(rows[0]) if rows else [],
            "learning": any(row.state in training.RUNNING for row in rows),
            "every": training.EVERY,
            "approved": training.approved(workspace),
            "to_read": ToRead.objects.within(workspace).filter(why_failed="").count(),
            "unread": ToRead.objects.within(workspace).exclude(why_failed="").count(),
        },
    )


@desk("suggestions.learn", ("POST",))
def train(request: DeskRequest) -> HttpResponseBase:
    """Has the worker learn from what is approved by now."""
    try:
        training.ask(request.workspace, request.user)
    except ValidationError as error:
        messages.info(request, " ".join(error.messages))
    else:
        messages.success(request, "It will learn in the background: look here again in a minute.")
    return redirect("suggestions", request.workspace.slug)


@desk("suggestions.learn", ("POST",))
def read_all(request: DeskRequest) -> HttpResponseBase:
    """Has all articles read again, as after a training."""
    count = to_read.queue_all(request.workspace)
    messages.success(request, f"{count:,} article{'' if count == 1 else 's'} will be read again.")
    return redirect("suggestions", request.workspace.slug)


def records(workspace: Workspace) -> list[Record]:
    """What became of the suggestions of each engine; one query, by an index."""
    counted = (
        Suggestion.objects.within(workspace)
        .order_by()
        .values_list("engine", "state")
        .annotate(Count("id"))
    )
    counts = {(engine, state): count for engine, state, count in counted}
    made = []
    for engine in Engine:
        own = [counts.get((engine.value, state.value), 0) for state in SuggestionState]
        waiting, accepted, edited, dismissed = own
        if any(own):
            made.append(Record(engine.label, sum(own), waiting, accepted, edited, dismissed))
    return made


def figures(row: Training) -> list[dict[str, Any]]:
    """The measured F1 of both engines on what was held back, in per cent, a measure a line."""
    return [
        {name: _percent(row.figures.get(name, {}).get(measure)) for name in ("rules", "learned")}
        for measure, _ in MEASURES
    ]


def bands(row: Training) -> list[dict[str, str]]:
    """How often what was shown as so sure was right, on what was held back."""
    return [
        {
            "shown_as": f"{100 * low:.0f} to {100 * high:.0f} %",
            "count": f"{count:,}",
            "right": _percent(right / count) + " %",
        }
        for low, high, count, right in row.figures.get("bands", [])
    ]


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f}"
