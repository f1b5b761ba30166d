"""What people have said about a thing that goes into another: comments, verdicts, ratings.

A verdict is on what its reviewer saw: of a thing that goes into another it no longer counts. It is
withdrawn with the whole line before it, and stays readable beside the thing that stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from claims.actions.journal import Act
from claims.models import Assessment, Incident, Position, Question

Subject = Incident | Question


def bring_along(
    act: Act, old: Subject, new: Subject, same: Mapping[Position, Position] | None = None
) -> None:
    """Comments and verdicts on `old` are on `new` from now on; the verdicts are withdrawn.

    `same` says which answer of the new question is an answer of the old one. To be called before
    `old` goes, so that an undo finds it there again.
    """
    noun = old._meta.model_name or ""
    for comment in old.comments.kept().select_for_update().order_by("id"):
        act.edit(comment, **{noun: new})
    answers = {one.pk: other for one, other in (same or {}).items()}
    for row in old.assessments.select_for_update(of=("self",)).order_by("id"):
        values: dict[str, Any] = {noun: new}
        if row.position_id in answers:
            values["position"] = answers[row.position_id]
        if row.withdrawn_at is None:
            values |= {"withdrawn_at": timezone.now(), "withdrawn_by": act.actor.user}
        act.edit(row, **values)


def ended_verdicts(subjects: Iterable[Subject]) -> list[str]:
    """That the verdicts on these would be withdrawn, as sentences. One query.

    Not who recorded them, nor what they find: who is to second one may be reading.
    """
    named = {(row._meta.model_name, row.pk): row for row in subjects}
    on = Q()
    for noun in ("incident", "question"):
        on |= Q(**{f"{noun}__in": [pk for name, pk in named if name == noun]})
    counts = Assessment.objects.current().filter(on).order_by().values_list("incident", "question")
    found = {
        ("question", question) if question else ("incident", incident): number
        for incident, question, number in counts.annotate(number=Count("id"))
    }
    return [
        f"{_verdicts(found[key])} on “{row}” would be withdrawn, to be decided anew; what was "
        "found stays readable."
        for key, row in named.items()
        if key in found
    ]


def _verdicts(number: int) -> str:
    return "The verdict" if number == 1 else f"The {number} verdicts"
