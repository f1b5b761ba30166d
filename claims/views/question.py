"""Pages of: question."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponseBase

from claims.views.desk import DeskRequest, desk


@desk("incident.write", ("GET", "POST"))
def new(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    raise Http404("Not yet.")


@desk("incident.write", ("GET", "POST"))
def edit(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    raise Http404("Not yet.")


@desk("incident.write", ("POST",))
def delete(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    raise Http404("Not yet.")


@desk("incident.write", ("GET", "POST"))
def new_position(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    raise Http404("Not yet.")


@desk("incident.write", ("GET", "POST"))
def edit_position(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    raise Http404("Not yet.")


@desk("incident.write", ("POST",))
def delete_position(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    raise Http404("Not yet.")


@desk("claim.write", ("GET", "POST"))
def file_claims(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    raise Http404("Not yet.")
