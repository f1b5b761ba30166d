"""Sources that an act made beside what it was for, told with the way to put each on a side."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from claims.models import ChangeRow, Side, Source
from claims.views.desk import DeskRequest
from claims.views.done import Way

MOST = 3
"""So many are named; the others are counted."""


class Newcomers(NamedTuple):
    """A sentence about them, after a space, and where each gets its side; nothing where none is."""

    said: str = ""
    ways: tuple[Way, ...] = ()


def newcomers(request: DeskRequest, back: str) -> Newcomers:
    """The sources that this request has made; the form of each leads back to `back`."""
    changes = [act.pk for act in request.actor.acts]
    made = ChangeRow.objects.filter(change__in=changes, model="source", before__isnull=True)
    found = list(Source.objects.filter(pk__in=made.values("object_id")).order_by("id"))
    if not found:
        return Newcomers()
    names = ", ".join(f"“{source}”" for source in found[:MOST])
    more = f" and {len(found) - MOST} more" if len(found) > MOST else ""
    said = f" New source{'s' if found[1:] else ''}: {names}{more}"
    if not request.may("source.write") or not Side.objects.within(request.workspace).exists():
        return Newcomers(f"{said}.")
    ways = (_way(request, source, back, alone=not found[1:]) for source in found[:MOST])
    return Newcomers(f"{said}, on no side yet.", tuple(ways))


def _way(request: DeskRequest, source: Source, back: str, *, alone: bool) -> Way:
    address = reverse("source-edit", args=[request.workspace.slug, source.uid])
    query = urlencode({"begin": "side", "next": back})
    return Way(f"{address}?{query}", f"Put {'it' if alone else f'“{source}”'} on a side")
