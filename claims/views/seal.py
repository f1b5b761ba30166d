"""Seals over the journal, and the head of the chain to keep elsewhere; for owners."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from claims.actions import sealing
from claims.models import Seal
from claims.views.desk import DeskRequest, desk
from claims.views.paging import page


@never_cache
@desk("custody", ("GET", "POST"))
def index(request: DeskRequest) -> HttpResponseBase:
    """All seals, the newest first; a POST seals what waits now, not in a minute."""
    if request.method == "POST":
        made = sealing.seal(request.workspace)
        said = f"Sealed: {made}." if made else "There is nothing to seal."
        messages.info(request, said)
        return redirect("seals", request.workspace.slug)
    context = {
        "page": page(
            Seal.objects.within(request.workspace), ("-number",), request.GET.get("after", "")
        ),
        "head": sealing.head(request.workspace),
        "waits": sealing.waiting().filter(workspace=request.workspace).exists(),
    }
    return render(request, "history/seals.html", context)


@never_cache
@desk("custody")
def head(request: DeskRequest) -> HttpResponseBase:
    """The head as a small file; back to the seals where there is none yet."""
    newest = sealing.head(request.workspace)
    if newest is None:
        return redirect("seals", request.workspace.slug)
    response = HttpResponse(sealing.head_to_keep(newest), content_type="text/plain; charset=utf-8")
    name = f"{request.workspace.slug}-head-{newest.number}.txt"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
