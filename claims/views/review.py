"""The review queue: what is contested, what changed since a verdict."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from claims.actions import review as reviewing
from claims.actions.errors import Conflict
from claims.forms.review import ReviewFilter
from claims.models import Incident
from claims.views.conflict import version_in
from claims.views.desk import DeskRequest, desk, one
from claims.views.done import tell
from claims.views.review_rows import LANES, lane_counts, queue


@desk("read")
def index(request: DeskRequest) -> HttpResponseBase:
    """One lane of the queue, the most contested first; `?lane=` names it."""
    lane = LANES.get(request.GET.get("lane", ""), LANES["disputed"])
    blind = request.user if request.may("assess") else None
    form = ReviewFilter(request.workspace, request.GET, blind=blind)
    context = {
        "form": form,
        "lane": lane,
        "lanes": lane_counts(request.workspace),
        "filtered": bool(form.errors) or any(form.cleaned_data.values()),
        "page": queue(request, lane, form, request.GET.get("after", "")),
    }
    return render(request, "review/index.html", context)


@desk("incident.write", ("POST",))
def assign(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Takes an incident on, or with `drop` gives it back."""
    incident = one(request, Incident, uid)
    to_me = "drop" not in request.POST
    try:
        reviewing.assign(request.actor, incident, version_in(request), to_me=to_me)
    except Conflict:
        messages.error(request, "Somebody changed this incident meanwhile. Look at it again.")
    else:
        said = f"You work on {incident.code} now." if to_me else f"{incident.code} is free again."
        tell(request, said)
    return redirect(_back(request))


def _back(request: DeskRequest) -> str:
    wanted: str = request.POST.get("next", "")
    here = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(wanted, here, require_https=request.is_secure())
    return wanted if safe else reverse("review", args=[request.workspace.slug])
