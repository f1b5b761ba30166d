"""One's own tokens of the API: made, listed, revoked."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from claims.actions import token as tokens
from claims.forms.errors import add_errors
from claims.forms.token import TokenForm
from claims.models import User


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
@never_cache
def index(request: HttpRequest) -> HttpResponseBase:
    """The list, and the form that makes one; a new token stands on this one answer only."""
    user = cast("User", request.user)
    form = TokenForm(user, request.POST or None)
    token = ""
    if form.is_valid():
        try:
            token = tokens.create(user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            form = TokenForm(user)
    context: dict[str, Any] = {"form": form, "token": token, "rows": tokens.of(user)}
    return render(request, "token/index.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["POST"])
def revoke(request: HttpRequest) -> HttpResponseBase:
    """Ends one, by its key."""
    tokens.revoke(cast("User", request.user), request.POST.get("key", "").replace("\0", ""))
    messages.success(request, "Revoked: that token opens nothing any more.")
    return redirect("tokens")
