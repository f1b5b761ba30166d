"""Pages of: export."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponseBase

from claims.views.desk import DeskRequest, desk


@desk("export")
def index(request: DeskRequest) -> HttpResponseBase:
    raise Http404("Not yet.")


@desk("export")
def claims_csv(request: DeskRequest) -> HttpResponseBase:
    raise Http404("Not yet.")


@desk("export")
def bundle(request: DeskRequest) -> HttpResponseBase:
    raise Http404("Not yet.")
