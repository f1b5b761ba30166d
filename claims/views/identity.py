"""Who a protected source is: one page, for owners, and each look at it is an act."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from claims.actions import identity as actions
from claims.actions.errors import Conflict
from claims.forms.errors import add_errors
from claims.forms.purge import IdentityForm, ProtectForm
from claims.models import Source
from claims.views.conflict import version_in
from claims.views.desk import DeskRequest, desk, one

READINGS = 50
STALE = "Somebody changed this source meanwhile. Look at it again."


def _source(request: DeskRequest, uid: UUID, *, protected: bool) -> Source:
    source: Source = one(request, Source.objects.select_related("workspace"), uid)
    if protected and not source.protected:
        raise Http404("It is not protected.")
    return source


@never_cache
@desk("source.protect", ("GET", "POST"))
def protect(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Gives a source a pseudonym, everywhere, and takes its name out of the history."""
    source = _source(request, uid, protected=False)
    if source.protected:
        return redirect("source-identity", request.workspace.slug, source.uid)
    first = {"version": source.version, "pseudonym": actions.suggested(source)}
    form = ProtectForm(source, request.POST or None, initial=first)
    status = 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.protect(
                request.actor,
                source,
                data["version"],
                data["pseudonym"],
                data["reason"],
                list(data["incidents"]),
            )
        except ValidationError as error:
            add_errors(form, error)
        except Conflict:
            messages.error(request, STALE)
            return redirect("source-protect", request.workspace.slug, uid)
        else:
            messages.success(request, f"Protected: it is called {data['pseudonym']} now.")
            return redirect("source", request.workspace.slug, uid)
    status = 422 if form.errors else 200
    context = {"source": source, "form": form}
    return render(request, "identity/protect.html", context, status=status)


@never_cache
@desk("source.protect", ("GET", "POST"))
def show(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Who has looked; a POST looks, and with `save` changes what is kept."""
    source = _source(request, uid, protected=True)
    form, found, status = None, None, 200
    if request.method == "POST" and "save" in request.POST:
        form = IdentityForm(request.POST, auto_id="identity-%s")
        if form.is_valid():
            actions.set_identity(request.actor, source, **form.cleaned_data)
            messages.success(request, "Saved.")
            return redirect("source-identity", request.workspace.slug, uid)
        status = 422
    elif request.method == "POST":
        actions.note_reading(request.actor, source)
        found = actions.identity_of(source)
        kept = {"name": found.name, "aliases": "\n".join(found.aliases), "note": found.note}
        form = IdentityForm(initial=kept, auto_id="identity-%s")
    context: dict[str, Any] = {
        "source": source,
        "form": form,
        "places": actions.places_of(request.workspace, found) if found else [],
        "still": actions.still_named(request.workspace, found) if found else None,
        "readings": actions.readings(source)[:READINGS],
    }
    return render(request, "identity/show.html", context, status=status)


@desk("source.protect", ("POST",))
def lift(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """The source has its real name again, for everybody."""
    source = _source(request, uid, protected=True)
    try:
        actions.lift(request.actor, source, version_in(request))
    except (Conflict, ValidationError):
        messages.error(request, STALE)
        return redirect("source-identity", request.workspace.slug, uid)
    messages.success(request, "The protection is lifted.")
    return redirect("source", request.workspace.slug, uid)
