"""What follows an act: back to its page, with a message that offers to undo it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django_htmx.http import HttpResponseLocation, trigger_client_event

from claims.views.desk import DeskRequest

NOTHING = "Nothing was changed."
"""Said instead of what was done: an Undo here would undo something else."""


def tell(request: DeskRequest, said: str) -> None:
    """A message on the next page that `said` was done, with an Undo."""
    if request.actor.acts:
        messages.success(request, said, extra_tags="undo")
    else:
        messages.info(request, NOTHING)


def toast(request: DeskRequest, said: str) -> dict[str, Any]:
    """The same message for this page, as the detail of an htmx event `toast`."""
    if request.actor.acts:
        return {"text": said, "level": "success", "undo": True}
    return {"text": NOTHING, "level": "info"}


def done(request: DeskRequest, address: str, said: str) -> HttpResponseBase:
    """To `address`; from a form that stands in a page, that page's main part is read anew."""
    if not request.htmx:
        tell(request, said)
        return redirect(address)
    response = HttpResponseLocation(address, target="#main", select="#main", swap="outerHTML")
    return trigger_client_event(response, "toast", toast(request, said))
