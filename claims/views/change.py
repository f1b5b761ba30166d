"""Undo and redo, from any page."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme

from claims import policy
from claims.actions import undo as undoing
from claims.actions.errors import NeedsConsent
from claims.models import Change
from claims.views.desk import DeskRequest, desk, one


@desk("undo.own", ("POST",))
def undo_latest(request: DeskRequest) -> HttpResponseBase:
    """Undoes what one did last; pressed again, what one did before that."""
    return _newest(request, undoing.latest(request.actor), "undo")


@desk("undo.own", ("POST",))
def redo_latest(request: DeskRequest) -> HttpResponseBase:
    """Does again what one undid last; pressed again, what one undid before that."""
    return _newest(request, undoing.latest_undone(request.actor), "redo")


@desk("undo.own", ("POST",))
def undo(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Undoes one act: one's own, or anybody's for reviewers; of an undo, that is a redo."""
    return _undo(request, one(request, Change, uid))


def _newest(request: DeskRequest, change: Change | None, word: str) -> HttpResponseBase:
    if change is None:
        messages.info(request, f"There is nothing of yours to {word}.")
        return redirect(_next(request))
    return _undo(request, change)


def _undo(request: DeskRequest, change: Change) -> HttpResponseBase:
    for right in sorted(undoing.needs(request.actor, change)):
        if not request.may(right):
            raise PermissionDenied(policy.RULES[right].says)
    try:
        done = undoing.undo(request.actor, change, consent=request.POST.get("consent", ""))
    except NeedsConsent as asked:
        context = {
            "change": change,
            "losses": asked.losses,
            "seal": asked.seal,
            "next": _next(request),
        }
        return render(request, "change/confirm.html", context, status=409)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(_next(request))
    _say(request, done)
    return redirect(_place_left(request, done))


def _say(request: DeskRequest, done: Change) -> None:
    """The message, with a button that takes it back: it sends the frame's own undo form."""
    words = done.summary[:1].upper() + done.summary[1:]
    messages.success(
        request,
        format_html(
            '{} <button form="undo-form" formaction="{}" class="plain">{}</button>',
            words,
            reverse("change-undo", args=[request.workspace.slug, done.uid]),
            "Redo" if done.is_undo else "Undo",
        ),
    )


def _next(request: DeskRequest) -> str:
    """Where the person was, if that is on this site; else the desk."""
    wanted: str = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else request.workspace.get_absolute_url()


def _place_left(request: DeskRequest, done: Change) -> str:
    """Where the person was, unless that page has just been undone away; a history stays."""
    place = _next(request)
    if place.startswith(reverse("history", args=[request.workspace.slug])):
        return place
    rows = done.rows.values_list("after", flat=True)
    gone = [row["uid"] for row in rows if row and row.get("deleted_at") and "uid" in row]
    # A card that is gone is no reason to leave the page that it was on.
    away = any(uid in place.partition("#")[0] for uid in gone)
    return request.workspace.get_absolute_url() if away else place
