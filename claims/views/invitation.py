"""Taking up an invitation: the link, then a page that asks whether to join."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from claims.actions import invitation as invitations
from claims.actions.errors import Conflict
from claims.forms.errors import add_errors
from claims.forms.invitation import NewAccountForm
from claims.models import Invitation, User
from claims.records import Role
from claims.views.desk import DeskRequest, desk, one
from claims.views.done import tell

BACKEND = "django.contrib.auth.backends.ModelBackend"


@desk("members", ("POST",))
def revoke(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Its link works no more."""
    try:
        invitations.revoke(request.actor, one(request, Invitation.objects.open(), uid))
    except Conflict:
        messages.info(request, "Somebody else has just revoked it, or it was used.")
    else:
        tell(request, "Revoked: its link works no more.")
    return redirect("members", request.workspace.slug)


@never_cache
@require_http_methods(["GET", "HEAD"])
def follow(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The link itself."""
    try:
        invitations.find(secret)
    except invitations.Over:
        return over(request)
    request.session[invitations.KEPT_AS] = secret
    return redirect("join")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponseBase:
    """Who is signed in joins; who is not makes an account, or signs in and comes back."""
    try:
        invitation = invitations.find(request.session.get(invitations.KEPT_AS, ""))
        if request.user.is_authenticated:
            return _as_oneself(request, invitation)
        return _anew(request, invitation)
    except invitations.Over:
        return over(request)


def over(request: HttpRequest) -> HttpResponseBase:
    """One page for a link that was used, revoked, has expired or never was one."""
    request.session.pop(invitations.KEPT_AS, None)
    return render(request, "invitation/over.html", status=404)


def _as_oneself(request: HttpRequest, invitation: Invitation) -> HttpResponseBase:
    wrong: list[str] = []
    if request.method == "POST":
        try:
            invitations.join(invitation, cast("User", request.user))
        except ValidationError as error:
            wrong = error.messages
        else:
            return _welcome(request, invitation, "")
    context = _context(invitation) | {"wrong": wrong}
    return render(request, "invitation/confirm.html", context, status=422 if wrong else 200)


def _anew(request: HttpRequest, invitation: Invitation) -> HttpResponseBase:
    form = NewAccountForm(request.POST or None)
    if form.is_valid():
        name, password = form.cleaned_data["name"], form.cleaned_data["password1"]
        try:
            user = invitations.join_anew(invitation, name, password)
        except ValidationError as error:
            add_errors(form, error)
        else:
            login(request, user, BACKEND)
            UserSession.objects.create_from_request(request)
            record_authentication(request, user, "password", reauthenticated=True)
            return _welcome(request, invitation, f" You sign in as {user.username}.")
    context = _context(invitation) | {"form": form}
    return render(request, "invitation/new.html", context, status=422 if form.errors else 200)


def _context(invitation: Invitation) -> dict[str, Any]:
    return {"invitation": invitation, "as_role": Role(invitation.role).label}


def _welcome(request: HttpRequest, invitation: Invitation, more: str) -> HttpResponseBase:
    request.session.pop(invitations.KEPT_AS, None)
    role = Role(invitation.role).label
    messages.success(request, f"You have a seat at {invitation.workspace} as {role}.{more}")
    return redirect(invitation.workspace)
