"""Pages of: change."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponseBase

from claims.views.desk import DeskRequest, desk


@desk("undo.own", ("POST",))
def undo_latest(request: DeskRequest) -> HttpResponseBase:
    raise Http404("Not yet.")


@desk("undo.own", ("POST",))
def undo(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    raise Http404("Not yet.")
