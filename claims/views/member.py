"""Pages of: member."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponseBase

from claims.views.desk import DeskRequest, desk


@desk("members", ("GET", "POST"))
def index(request: DeskRequest) -> HttpResponseBase:
    raise Http404("Not yet.")


@desk("members", ("POST",))
def set_role(request: DeskRequest, pk: int) -> HttpResponseBase:
    raise Http404("Not yet.")


@desk("members", ("POST",))
def remove(request: DeskRequest, pk: int) -> HttpResponseBase:
    raise Http404("Not yet.")
