"""One's own pages: where to go after signing in, and one's keys."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render


@login_required
def home(request: HttpRequest) -> HttpResponseBase:
    """The desk, when there is one; a choice, when there are several."""
    desks = list(request.user.memberships.select_related("workspace"))
    if len(desks) == 1:
        return redirect(desks[0].workspace)
    return HttpResponse("")


@login_required
def account(request: HttpRequest) -> HttpResponseBase:
    return render(request, "account/show.html")
