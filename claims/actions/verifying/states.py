"""The stored states are what is computed of the rows now.

The statements that keep them are run anew, some incidents at a time, and taken back: what they
would write is what is wrong. Each time in a transaction of its own, since they lock incidents for
a moment, as any act does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from claims.actions import state
from claims.actions.verifying.shapes import Breach, Found
from claims.models import Assessment, Claim, Incident, Position, Question, Workspace

INCIDENTS = 100
ALONE = 2_000

Rows = dict[tuple[str, int], dict[str, Any]]


def states(desk: Workspace) -> Iterator[Found]:
    """Of incidents with all that hangs on them, then of claims about none."""
    incidents = Incident.objects.within(desk).order_by("id")
    for ids in _ids(incidents, INCIDENTS):
        yield from _compared(ids, [])
        yield len(ids)
    alone = Claim.objects.within(desk).filter(incident=None).order_by("id")
    for ids in _ids(alone, ALONE):
        yield from _compared([], ids)
        yield len(ids)


def _ids(rows: Any, size: int) -> Iterator[list[int]]:
    last = 0
    while ids := list(rows.filter(id__gt=last).values_list("id", flat=True)[:size]):
        yield ids
        last = ids[-1]


def _compared(incidents: list[int], alone: list[int]) -> Iterator[Found]:
    with transaction.atomic():
        list(Incident.objects.select_for_update().filter(id__in=incidents).order_by("id"))
        stored = _stored(incidents, alone)
        state.refresh(incidents)
        state.refresh_claims(alone)
        computed = _stored(incidents, alone)
        transaction.set_rollback(True)
    for key, columns in stored.items():
        for name, value in columns.items():
            now = computed[key][name]
            if now != value:
                yield Breach(f"{key[0]} {key[1]}", f"expected {name} {now!r}, it is {value!r}")


def _stored(incidents: list[int], alone: list[int]) -> Rows:
    found: Rows = {}
    for model, of in (
        (Incident, {"id__in": incidents}),
        (Question, {"incident__in": incidents}),
        (Position, {"question__incident__in": incidents}),
        (Claim, {"incident__in": incidents}),
        (Claim, {"id__in": alone}),
        (Assessment, {"incident__in": incidents}),
        (Assessment, {"question__incident__in": incidents}),
    ):
        rows: Any = model.objects.filter(**of).order_by()
        for row in rows.values("id", *sorted(model.DERIVED)):
            found[model._meta.model_name or "", row.pop("id")] = row
    return found
