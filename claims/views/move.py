"""Several claims of an incident moved to another one, or to none."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import render

from claims.actions import move as moving
from claims.actions.errors import Conflict, NeedsConsent
from claims.forms.errors import add_errors
from claims.forms.move import MoveForm
from claims.models import Claim, Incident
from claims.views.choices import choices
from claims.views.desk import DeskRequest, desk, one
from claims.views.done import done

CHANGED = "A claim was changed meanwhile. Look at them again."


@desk("claim.write", ("GET", "POST"))
def move(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Chooses the claims (`?claims=` ticks some) and where they go; asks before links end."""
    incident = one(request, Incident.objects.select_related("workspace"), uid)
    form = MoveForm(incident, request.POST or None)
    context: dict[str, Any] = {"form": form, "incident": incident}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            chosen, target = form.cleaned_data["claims"], form.cleaned_data["incident"]
            consent = bool(request.POST.get("consent"))
            try:
                moved = moving.move(request.actor, chosen, target, consent=consent)
            except NeedsConsent as asked:
                context["losses"] = asked.losses
                status = 409
            except (Conflict, Claim.DoesNotExist):
                form.add_error(None, CHANGED)
                status = 409
            except ValidationError as error:
                add_errors(form, error)
            else:
                return done(request, incident.get_absolute_url(), _told(moved, target))
    context["choices"] = choices(request, incident)
    return render(request, "incident/move.html", context, status=status)


def _told(moved: moving.Moving, target: Incident | None) -> str:
    where = target or "no incident"
    return " ".join([f"Moved {moving.number_of(moved.claims)} to {where}.", *moved.told])
