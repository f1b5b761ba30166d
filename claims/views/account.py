"""One's own pages: where to go after signing in, a new desk, and one's details and keys."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from claims.actions.member import create_workspace
from claims.forms.account import DetailsForm, KeysForm
from claims.forms.errors import add_errors
from claims.forms.workspace import NewWorkspaceForm
from claims.models import User
from claims.records import Role
from claims.views.keys import KEYS


@login_required
@require_http_methods(["GET", "HEAD"])
def home(request: HttpRequest) -> HttpResponseBase:
    """The desk, when there is one; a choice, when there are several; else how to get one."""
    desks = _desks(request)
    if len(desks) == 1:
        return redirect(desks[0]["workspace"])
    return render(request, "account/home.html", {"seats": desks, "form": NewWorkspaceForm()})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_workspace(request: HttpRequest) -> HttpResponseBase:
    """Opens a desk, whose owner one is."""
    form = NewWorkspaceForm(request.POST or None)
    if form.is_valid():
        try:
            workspace = create_workspace(_user(request), form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"The desk “{workspace}” is open. Bring in an article.")
            return redirect(workspace)
    return render(request, "workspace/new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponseBase:
    """Details, roles and keys; each part is a form of its own."""
    user = _user(request)
    part = request.POST.get("part", "")
    if part == "reset":
        user.keys = {}
        return _kept(request, user, "Your keys are the usual ones again.")
    details = DetailsForm(user, request.POST if part == "details" else None)
    keys = KeysForm(KEYS, user.keys, request.POST if part == "keys" else None)
    if details.is_valid():
        details.save()
        return _kept(request, user, "Your details are saved.")
    if keys.is_valid():
        user.keys = keys.mapping()
        return _kept(request, user, "Your keys are saved.")
    context = {
        "details": details,
        "keys": keys,
        "seats": _desks(request),
    }
    wrong = details.errors or keys.errors
    return render(request, "account/show.html", context, status=422 if wrong else 200)


def _kept(request: HttpRequest, user: User, words: str) -> HttpResponseBase:
    user.save(update_fields=["keys"])
    messages.success(request, words)
    return redirect("account")


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)


def _desks(request: HttpRequest) -> list[dict[str, Any]]:
    """One's desks by name, with one's role at each."""
    seats = _user(request).memberships.select_related("workspace")
    return [
        {"workspace": seat.workspace, "role": Role(seat.role)}
        for seat in seats.order_by("workspace__name", "id")
    ]
