"""What follows a saved form: back to its page, with a message that offers to undo it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django_htmx.http import HttpResponseLocation, trigger_client_event

from claims.views.desk import DeskRequest


def done(request: DeskRequest, address: str, said: str) -> HttpResponseBase:
    """To `address`; from a form that stands in a page, that page's main part is read anew."""
    if not request.htmx:
        messages.success(request, said, extra_tags="undo")
        return redirect(address)
    response = HttpResponseLocation(address, target="#main", select="#main", swap="outerHTML")
    toast = {"text": said, "level": "success", "undo": True}
    return trigger_client_event(response, "toast", toast)
