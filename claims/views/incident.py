"""Pages of incidents: the list, the page of one, and its form."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import slugify

from claims.actions import incident as incidents
from claims.actions.errors import Conflict
from claims.forms.errors import add_errors
from claims.forms.incident import IncidentFilter, IncidentForm, initial_of
from claims.forms.incident_pick import MOST, matching
from claims.models import Article, Incident, lens
from claims.models.alike import incidents_alike
from claims.views.brief import brief as document
from claims.views.conflict import differences, overwrite_next, version_in
from claims.views.counts import count, counted
from claims.views.desk import DeskRequest, desk, one
from claims.views.done import done, tell
from claims.views.incident_page import page
from claims.views.incident_rows import rows
from claims.views.likely import likely_rows
from claims.views.pdf import PAPERS, pdf, why_not
from claims.views.proposed import within
from claims.views.scene import scene

WITH_PEOPLE = ("parent", "assignee", "workspace")


@desk("read")
def index(request: DeskRequest) -> HttpResponseBase:
    """The incidents of the desk, the most contested first, narrowed by the filters."""
    every = Incident.objects.within(request.workspace).kept()
    form = IncidentFilter(request.workspace, request.GET)
    found = form.narrow(every)
    part = rows(found, request.GET.get("after", ""))
    context = {
        "form": form,
        "page": part,
        "filtered": bool(form.errors) or any(form.cleaned_data.values()),
        "count": counted(count(found)),
        "contested_first": lens.current() is None,
    }
    return render(request, "incident/index.html", context)


@desk("incident.write", ("GET", "POST"))
def new(request: DeskRequest) -> HttpResponseBase:
    """A new incident; the desk's question templates come with it."""
    form = IncidentForm(request.workspace, request.POST or None, initial=_prefilled(request))
    if request.method == "POST" and form.is_valid():
        try:
            incident = incidents.create(request.actor, form.values())
        except ValidationError as error:
            add_errors(form, error)
        else:
            return done(request, incident.get_absolute_url(), f"Added {incident}.")
    status = 422 if request.method == "POST" else 200
    return render(request, "incident/form.html", {"form": form}, status=status)


def _prefilled(request: DeskRequest) -> dict[str, str]:
    """The title of the article that it is made from, if the address has one."""
    title = request.GET.get("title", "")[:300]
    return {"title": title} if title else {}


@desk("read")
def pick(request: DeskRequest) -> HttpResponseBase:
    """Incidents to choose from, as options of a combobox: those of `?article=` likely first."""
    text = request.GET.get("q", "").strip()
    every = Incident.objects.within(request.workspace).kept()
    found = matching(every, text)
    if not text and (uid := request.GET.get("article", "")):
        first = likely_rows(one(request, Article.objects.select_related("workspace"), uid))
        found = [*first, *(row for row in found if row not in first)][:MOST]
    context = {"incidents": found, "q": text}
    return render(request, "incident/pick.html", context)


@desk("read")
def show(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """One incident: who says what about it."""
    incident = one(request, Incident.objects.select_related(*WITH_PEOPLE), uid)
    seen = scene(incident, request.workspace.slug)
    context = page(request, incident, seen)
    if request.may("claim.write"):
        context |= {"proposed": within(seen), "alike": incidents_alike(incident)}
    return render(request, "incident/show.html", context)


@desk("read")
def brief(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """The incident as a document to print and to hand over."""
    incident = one(request, Incident.objects.select_related(*WITH_PEOPLE), uid)
    context = document(request, incident) | {"no_pdf": why_not(), "papers": PAPERS}
    return render(request, "incident/brief.html", context)


@desk("read")
def brief_pdf(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """The same document as a file, on `?paper=`; back to its page, with the reason, if not."""
    incident = one(request, Incident.objects.select_related(*WITH_PEOPLE), uid)
    if reason := why_not():
        messages.error(request, reason)
        return redirect("incident-brief", request.workspace.slug, incident.uid)
    paper = request.GET.get("paper", "")
    return pdf(
        request,
        "incident/brief.html",
        document(request, incident),
        f"brief-{slugify(incident.code, allow_unicode=True)}",
        paper if paper in PAPERS else PAPERS[0],
    )


@desk("incident.write", ("GET", "POST"))
def edit(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """An incident's details. A stale form gets both versions (409)."""
    incident = one(request, Incident.objects.select_related(*WITH_PEOPLE), uid)
    form = IncidentForm(
        request.workspace,
        request.POST or None,
        incident=incident,
        initial=initial_of(incident),
    )
    context: dict[str, Any] = {"form": form, "incident": incident}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                incidents.edit(request.actor, incident, form.cleaned_data["version"], form.values())
            except Conflict as conflict:
                context["rows"] = _differences(form, conflict)
                context["keep_url"] = incident.get_absolute_url()
                status = 409
            except ValidationError as error:
                add_errors(form, error)
            else:
                return done(request, incident.get_absolute_url(), "Saved.")
    return render(request, "incident/form.html", context, status=status)


def _differences(form: IncidentForm, conflict: Conflict) -> list[object]:
    theirs = initial_of(cast("Incident", conflict.current))
    overwrite_next(form, theirs["version"])
    for hidden in ("version", "parent"):
        del theirs[hidden]
    return list(differences(form, theirs))


@desk("incident.write", ("POST",))
def delete(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Deletes an incident that no claim is about; it can be undone."""
    incident = one(request, Incident, uid)
    try:
        incidents.delete(request.actor, incident, version_in(request))
    except Conflict:
        messages.error(request, "Somebody changed this incident meanwhile. Look at it again.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        tell(request, f"Deleted {incident}.")
        return redirect("incidents", request.workspace.slug)
    return redirect("incident", request.workspace.slug, incident.uid)
