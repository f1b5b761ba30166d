"""What is staged of a work becomes what is there: a few incidents a step, each of them whole.

Nobody has to wait for longer than a step. What could go wrong is tried before the first one, so
that all the steps follow; a worker that dies between two leaves the rest to the next one. Within a
step an incident comes with its questions, claims, links and filings, and its states are right.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Count, Exists, OuterRef

from claims.actions import state
from claims.actions.evidence import Touched
from claims.actions.import_shapes import some
from claims.actions.importing.rows import FORWARD
from claims.actions.importing.there import MODELS
from claims.actions.rows import plain
from claims.models import (
    Article,
    Change,
    Claim,
    Comment,
    Filing,
    Import,
    Incident,
    Link,
    Position,
    Question,
    Rating,
    Source,
)

ROOTS: tuple[Any, ...] = (Source, Rating, Article, Question, Position, Claim, Link, Filing, Comment)
"""What may be left once the incidents are shown, in the order in which it can be."""
INCIDENTS = 200
CLAIMS = 2_000
"""Of so many claims at most are the incidents of a step, or it is one."""
ROWS = 1_000
_OF_INCIDENT: tuple[tuple[Any, str], ...] = (
    (Question, "incident__in"),
    (Position, "question__incident__in"),
    (Claim, "incident__in"),
    (Link, "incident__in"),
    (Filing, "claim__incident__in"),
)
_MAY_CLASH: tuple[tuple[Any, str], ...] = (
    (Position, "question"),
    (Link, "from_claim"),
    (Filing, "claim"),
)
"""What is unique among what belongs to one row; what belongs to a new one can clash with none."""


def hidden(job: Import, model: Any) -> Any:
    """The rows of this kind that the import has made and not shown yet."""
    return model.objects.filter(workspace=job.workspace, deleted_at=job.made_at)


def loosen(job: Import) -> None:
    """Takes away what hidden rows point at crosswise, so that they can be deleted one by one."""
    for name, columns in FORWARD.items():
        model = MODELS[name]
        staged = job.staged.filter(model=model._meta.model_name).values("object_id")
        model.objects.filter(pk__in=staged).update(
            **{column: None for column, _ in columns.values()}
        )


def rehearse(job: Import) -> None:
    """Raises ValidationError where something at the desk is in the way of what is staged."""
    kept = Incident.objects.within(job.workspace).kept().filter(code=OuterRef("code"))
    taken = hidden(job, Incident).filter(Exists(kept)).values_list("code", flat=True).first()
    if taken is not None:
        raise ValidationError(f"Another incident here has the code {taken} by now.")
    try:
        with transaction.atomic():
            for model, owner in _MAY_CLASH:
                rows = hidden(job, model).exclude(**{f"{owner}__deleted_at": job.made_at})
                rows.update(deleted_at=None)
            transaction.set_rollback(True)
    except IntegrityError as error:
        raise ValidationError(f"The file is at odds with itself or the desk: {error}") from error


def steps(job: Import, change: Change) -> Iterator[int]:
    """Shows what is hidden, in so many steps as it takes; says how many rows each has shown."""
    for model in (Source, Rating, Article):
        yield from _all(job, change, model)
    while ids := _next(job):
        shown = sum(_show(hidden(job, model).filter(**{of: ids})) for model, of in _OF_INCIDENT)
        shown += _show(hidden(job, Incident).filter(id__in=ids))
        state.refresh(ids)
        yield shown
    for model in ROOTS:
        yield from _all(job, change, model)


def _next(job: Import) -> list[int]:
    """The incidents of the next step."""
    rows = hidden(job, Incident).order_by("id").annotate(weight=Count("claims"))[:INCIDENTS]
    found: list[int] = []
    weight = 0
    for pk, claims in rows.values_list("id", "weight"):
        weight += claims
        if found and weight > CLAIMS:
            break
        found.append(pk)
    return found


def _show(rows: Any) -> int:
    count: int = rows.update(deleted_at=None)
    return count


def _all(job: Import, change: Change, model: Any) -> Iterator[int]:
    """What belongs to nothing that is new, or to no incident at all."""
    ids = list(hidden(job, model).order_by("id").values_list("id", flat=True))
    for chunk in some(ids, ROWS):
        rows = model.objects.filter(id__in=chunk)
        _show(rows)
        if model in (Question, Position, Claim, Link, Filing):
            _bear(change, rows)
        yield len(chunk)


def _bear(change: Change, rows: models.QuerySet[Any]) -> None:
    """Brings states up to date on which these bear, and marks verdicts that were here before."""
    touched = Touched()
    alone = []
    for row in rows:
        touched.note(row, {}, plain(row))
        match row:
            case Claim(incident_id=None):
                alone.append(row.pk)
            case Claim(incident_id=int(incident)) | Link(incident_id=int(incident)):
                touched.incidents.add(incident)
    kept = Incident.objects.kept().filter(pk__in=touched.incidents)  # of others nothing moves
    touched.incidents = set(kept.values_list("pk", flat=True))
    touched.mark(change, None)
    state.refresh(sorted(touched.incidents))
    state.refresh_claims(alone)
