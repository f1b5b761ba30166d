"""What follows an act: back to its page, with a message that offers to undo it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import (
    HttpResponseClientRedirect,
    HttpResponseLocation,
    trigger_client_event,
)

from claims.views.desk import DeskRequest

NOTHING = "Nothing was changed."
"""Said instead of what was done: an Undo here would undo something else."""


class Way(NamedTuple):
    """A link in a message, to what is left to do."""

    href: str
    text: str


def tell(request: DeskRequest, said: str, ways: Sequence[Way] = ()) -> None:
    """A message on the next page that `said` was done, with an Undo."""
    if request.actor.acts:
        links = format_html_join("", ' <a href="{}">{}</a>', ways)
        text = format_html("{}{}", said, links) if ways else said
        messages.success(request, text, extra_tags="undo")
    else:
        messages.info(request, NOTHING)


def toast(request: DeskRequest, said: str, ways: Sequence[Way] = ()) -> dict[str, Any]:
    """The same message for this page, as the detail of an htmx event `toast`."""
    if not request.actor.acts:
        return {"text": NOTHING, "level": "info"}
    detail: dict[str, Any] = {"text": said, "level": "success", "undo": True}
    return detail | {"ways": [way._asdict() for way in ways]} if ways else detail


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


def go_back(request: DeskRequest, otherwise: str, said: str) -> HttpResponseBase:
    """To the page of this site that the form names by `next`, or else to `otherwise`."""
    address = request.POST.get("next", "")
    here = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(address, here, require_https=request.is_secure())
    return done(request, address if safe else otherwise, said)
