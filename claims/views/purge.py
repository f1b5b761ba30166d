"""Purges, and what stands where something was purged."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from claims.actions import purge as actions
from claims.actions.attached import called
from claims.actions.errors import Conflict
from claims.forms.errors import add_errors
from claims.forms.purge import PurgeForm
from claims.models import Comment, Question, Tombstone
from claims.views.desk import DeskRequest, Purged, desk, one
from claims.views.paging import page

STALE = "Somebody changed it meanwhile. Look at it again before you purge it."


@desk("read")
def index(request: DeskRequest) -> HttpResponseBase:
    """What was purged or withheld at the desk, the newest first."""
    rows = Tombstone.objects.within(request.workspace).select_related("by")
    context = {"page": page(rows, ("-id",), request.GET.get("after", ""))}
    return render(request, "purge/index.html", context)


@desk("purge", ("GET", "POST"))
def purge(request: DeskRequest, noun: str, uid: UUID) -> HttpResponseBase:
    """Asks why, and for a word that is typed; also of what is deleted already."""
    rows: Any = apps.get_model("claims", noun).objects.select_related("workspace")
    row: Any = one(request, rows, uid, deleted=True)
    if stone := actions.tombstone_of(row):
        raise Purged(stone)
    form = PurgeForm(
        request.POST or None, of_source=noun == "source", initial={"version": row.version}
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            stone = actions.purge(
                request.actor,
                row,
                data["version"],
                data["reason"],
                claims=data.get("claims", False),
            )
        except ValidationError as error:
            add_errors(form, error)
        except Conflict:
            messages.error(request, STALE)
            return redirect(request.path)
        else:
            messages.success(request, f"Purged the {noun}, for good.")
            return redirect(stone)
    context = {"row": row, "noun": noun, "name": called(row), "form": form, "back": _back(row)}
    status = 422 if form.errors else 200
    return render(request, "purge/purge.html", context, status=status)


def _back(row: Any) -> str:
    """Where one may turn back to; nowhere, where that is deleted."""
    about = row.about if isinstance(row, Comment) else row
    if isinstance(about, Question):
        about = about.incident
    return about.get_absolute_url() if about.deleted_at is None else ""
