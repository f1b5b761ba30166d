"""What follows an act: back to its page, with a message that offers to undo it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django_htmx.http import (
    HttpResponseClientRedirect,
    HttpResponseLocation,
    trigger_client_event,
)

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
    """To `address`, whose fragment names what was saved.

    From a form that stands in that page, its main part is read anew (`arrive.js` then goes to what
    the fragment names); another page has styles and scripts of its own.
    """
    current = request.htmx.current_url_abs_path or address
    if request.htmx and urlsplit(current).path == urlsplit(address).path:
        response = HttpResponseLocation(address, target="#main", select="#main", swap="outerHTML")
        return trigger_client_event(response, "toast", toast(request, said))
    tell(request, said)
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
