"""Pages of: claim."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponseBase

from claims.views.desk import DeskRequest, desk


@desk("claim.write", ("GET", "POST"))
def new(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    raise Http404("Not yet.")


@desk("read")
def show(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    raise Http404("Not yet.")


@desk("claim.write", ("GET", "POST"))
def edit(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    raise Http404("Not yet.")


@desk("claim.write", ("POST",))
def delete(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    raise Http404("Not yet.")


@desk("claim.write", ("POST",))
def add_span(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    raise Http404("Not yet.")


@desk("claim.write", ("POST",))
def set_status(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    raise Http404("Not yet.")
