"""Sides: the parties, each with a name and one of eight colours."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from claims.actions import source as sources
from claims.actions.errors import Conflict
from claims.forms.errors import add_errors
from claims.forms.side import COLOR_NAMES, SideForm
from claims.models import Side
from claims.views.conflict import differences, overwrite_next
from claims.views.desk import DeskRequest, desk, one
from claims.views.done import tell


@desk("read")
def index(request: DeskRequest) -> HttpResponseBase:
    """All sides of the desk, by name."""
    kept = Count("sources", filter=Q(sources__deleted_at=None))
    sides = Side.objects.within(request.workspace).annotate(source_count=kept)
    rows = [(side, COLOR_NAMES[side.color]) for side in sides.order_by("name", "id")]
    return render(request, "side/index.html", {"rows": rows})


@desk("source.write", ("GET", "POST"))
def new(request: DeskRequest) -> HttpResponseBase:
    """Adds a side."""
    return _form(request, Side())


@desk("source.write", ("GET", "POST"))
def edit(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Renames a side or gives it another colour."""
    return _form(request, one(request, Side, uid))


def _form(request: DeskRequest, side: Side) -> HttpResponseBase:
    initial = {"name": side.name, "color": side.color}
    if side.pk:
        initial["seal"] = sources.side_seal(side)
    context: dict[str, Any] = {"side": side if side.pk else None}
    form = SideForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            seal = form.cleaned_data["seal"]  # without one, it fits no side that is there
            saved = sources.save_side(request.actor, side, form.values(), seal=seal)
        except Conflict:
            side = one(request, Side, side.uid)
            context["rows"] = differences(form, {"name": side.name, "color": side.color})
            overwrite_next(form, sources.side_seal(side), "seal")
        except ValidationError as error:
            add_errors(form, error)
        else:
            tell(request, f"Saved the side {saved}.")
            return redirect("sides", request.workspace.slug)
    status = 409 if "rows" in context else 422 if form.errors else 200
    context |= {"form": form, "keep_url": reverse("sides", args=[request.workspace.slug])}
    return render(request, "side/edit.html", context, status=status)


@desk("source.write", ("POST",))
def delete(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Deletes a side that no source is on."""
    side = one(request, Side, uid)
    try:
        sources.delete_side(request.actor, side, seal=request.POST.get("seal", ""))
    except Conflict:
        messages.error(request, "Somebody changed this side meanwhile. Look at it again.")
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        tell(request, f"Deleted the side {side}.")
    return redirect("sides", request.workspace.slug)
