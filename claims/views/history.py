"""History: what was done at the desk, and to one thing; an incident as it was."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import render

from claims.actions.as_of import first_after, rows_before
from claims.actions.purge import NOUNS as PURGED
from claims.actions.purge import tombstone_of
from claims.forms.history import AsOfForm, HistoryFilter
from claims.models import Change, ChangeTopic, Chronicle, Incident
from claims.views import past
from claims.views.addresses import addresses
from claims.views.as_of import scene_then
from claims.views.desk import DeskRequest, desk, one
from claims.views.history_feed import Entry, entries
from claims.views.history_things import called, found, thing
from claims.views.incident_page import at_any_time, in_whole
from claims.views.paging import page
from claims.views.verdicts import verdicts_then

NEWEST_FIRST = ("-at", "-id")
WITH_ROWS = 20
"""So many changes stand on a page that tells every row."""


class Feed(NamedTuple):
    """One page of changes."""

    rows: list[Entry]
    next_token: str


@desk("read")
def index(request: DeskRequest) -> HttpResponseBase:
    """What was done at the desk, the newest first, narrowed by the filters."""
    form = HistoryFilter(request.workspace, request.GET)
    changes = form.narrow(Change.objects.within(request.workspace))
    part = page(changes.select_related("user"), NEWEST_FIRST, request.GET.get("after", ""))
    context = {
        "form": form,
        "page": Feed(entries(request, part.rows), part.next_token),
        "has_past": Chronicle.objects.within(request.workspace).kept().exists(),
        "filtered": bool(form.errors) or any(form.cleaned_data.values()),
    }
    return render(request, "history/index.html", context)


@desk("read")
def of_object(request: DeskRequest, noun: str, uid: UUID) -> HttpResponseBase:
    """What was done to one thing and what is in it; also when it is deleted."""
    row: Any = one(request, found(request.workspace, noun), uid, deleted=True)
    topics = ChangeTopic.objects.filter(
        workspace=request.workspace, noun=noun, object_id=row.pk
    ).select_related("change__user")
    part = page(topics, ("-change_id",), request.GET.get("after", ""), WITH_ROWS)
    changes = [topic.change for topic in part.rows]
    context = {
        "noun": noun,
        "row": row,
        "name": called(row) if noun == "claim" else str(row),
        "thing": thing(row, addresses(request.workspace)),
        "page": Feed(entries(request, changes, of=(noun, row.pk)), part.next_token),
        "past": past.of_thing(request, noun, row.uid),
        "stone": tombstone_of(row),
        "purge_url": addresses(request.workspace)(f"{noun}-purge", row.uid)
        if noun in PURGED
        else "",
        "as_of_form": AsOfForm() if noun == "incident" else None,
    }
    return render(request, "history/object.html", context)


@desk("read")
def as_of(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """An incident as it was `at` a moment, or just `before` a change; read only."""
    incident = one(request, Incident.objects.select_related("workspace"), uid, deleted=True)
    form = AsOfForm(request.GET if "at" in request.GET else None)
    since = None
    if before := request.GET.get("before", ""):
        since = one(request, Change.objects.select_related("user"), before)
    elif form.is_valid():
        since = first_after(request.workspace, form.cleaned_data["at"])
    context: dict[str, Any] = {"incident": incident, "form": form, "before": before and since}
    if not form.errors:
        rows = rows_before(incident, since)
        seen = scene_then(incident, rows, request.workspace.slug)
        context["then"] = seen and seen.incident
        if seen:
            context |= at_any_time(seen, in_whole(request))
            verdicts = rows["assessment"]
            context["verdicts"] = verdicts_then(request, seen, verdicts, since and since.pk)
    return render(request, "history/as_of.html", context, status=422 if form.errors else 200)
