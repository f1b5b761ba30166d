"""Where one is signed in, and signing out there."""

from __future__ import annotations

from typing import Any, cast

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.decorators import login_required
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from claims.models import User

# In this order: each names itself beside those that come after it.
BROWSERS = {"Edg": "Edge", "OPR": "Opera"} | {
    name: name for name in ("Firefox", "Chrome", "Safari")
}
SYSTEMS = {name: name for name in ("Android", "iPhone", "iPad", "Windows")} | {
    "Mac OS": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


@login_required
@require_http_methods(["GET", "HEAD"])
def index(request: HttpRequest) -> HttpResponseBase:
    """Those that work, this one first."""
    here = request.session.session_key
    rows = [
        {"session": row, "browser": browser(row.user_agent), "here": row.session_key == here}
        for row in _working(cast("User", request.user))
    ]
    rows.sort(key=lambda row: not row["here"])
    return render(request, "session/index.html", {"rows": rows})


@login_required
@require_http_methods(["POST"])
def end(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Signs out there; of one's own sessions only."""
    row: Any = get_object_or_404(UserSession, pk=pk, user=request.user)
    if row.session_key == request.session.session_key:
        return redirect("account_logout")
    row.end()
    messages.success(request, "Signed out there.")
    return redirect("sessions")


@login_required
@require_http_methods(["POST"])
def end_others(request: HttpRequest) -> HttpResponseBase:
    """Signs out everywhere but here."""
    others = UserSession.objects.filter(user=request.user)
    for row in others.exclude(session_key=request.session.session_key):
        row.end()
    messages.success(request, "Signed out everywhere else.")
    return redirect("sessions")


def browser(user_agent: str) -> str:
    """Which browser on what, as far as it says so itself."""
    name = next((BROWSERS[key] for key in BROWSERS if f"{key}/" in user_agent), "")
    system = next((SYSTEMS[key] for key in SYSTEMS if key in user_agent), "")
    return " on ".join(filter(None, [name, system])) or "something else"


def _working(user: User) -> list[Any]:
    """The sessions that are not over, the one last seen first.

    A changed password ends the others without touching their rows: they hold another hash.
    """
    rows = list(UserSession.objects.filter(user=user).order_by("-last_seen_at", "-id"))
    keys = [row.session_key for row in rows]
    kept = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    fits = user.get_session_auth_hash()
    working = {one.pk for one in kept if one.get_decoded().get(HASH_SESSION_KEY) == fits}
    return [row for row in rows if row.session_key in working]
