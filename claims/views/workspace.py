"""Pages of: workspace."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponseBase

from claims.views.desk import DeskRequest, desk


@desk("read")
def show(request: DeskRequest) -> HttpResponseBase:
    raise Http404("Not yet.")


@desk("settings", ("GET", "POST"))
def settings(request: DeskRequest) -> HttpResponseBase:
    raise Http404("Not yet.")
