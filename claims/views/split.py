"""Claims of an incident split off as a new one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import render

from claims.actions import split as splitting
from claims.actions.errors import Conflict, NeedsConsent
from claims.forms.errors import add_errors
from claims.forms.move import SplitForm
from claims.models import Claim, Incident
from claims.views.choices import choices
from claims.views.conflict import overwrite_next
from claims.views.desk import DeskRequest, desk, one
from claims.views.done import done

CHANGED = "The incident or one of the claims was changed meanwhile. Look at them again."


@desk("incident.merge", ("GET", "POST"))
def split(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Chooses the claims (`?claims=` ticks some) and names the new incident."""
    incident = one(request, Incident.objects.select_related("workspace"), uid)
    form = SplitForm(request.POST or None, initial=_initial(incident))
    context: dict[str, Any] = {"form": form, "incident": incident}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data, values = form.cleaned_data, form.values(incident)
            consent = bool(request.POST.get("consent"))
            try:
                made = splitting.split(
                    request.actor,
                    incident,
                    data["version"],
                    data["claims"],
                    values,
                    consent=consent,
                )
            except NeedsConsent as asked:
                context["losses"] = asked.losses
                status = 409
            except (Conflict, Claim.DoesNotExist):
                incident.refresh_from_db()
                overwrite_next(form, incident.version)
                form.add_error(None, CHANGED)
                status = 409
            except ValidationError as error:
                add_errors(form, error)
            else:
                return done(request, made.get_absolute_url(), f"Split {made} off {incident}.")
    context["choices"] = choices(request, incident)
    return render(request, "incident/split.html", context, status=status)


def _initial(incident: Incident) -> dict[str, Any]:
    """The form's first values: what is split off happened about then and there."""
    names = ("occurred_from", "precision", "place", "version")
    return {name: getattr(incident, name) for name in names}
