"""Pages of: article."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponseBase

from claims.views.desk import DeskRequest, desk


@desk("read")
def index(request: DeskRequest) -> HttpResponseBase:
    raise Http404("Not yet.")


@desk("article.write", ("GET", "POST"))
def new(request: DeskRequest) -> HttpResponseBase:
    raise Http404("Not yet.")


@desk("article.write", ("GET", "POST"))
def preview(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    raise Http404("Not yet.")


@desk("article.write", ("POST",))
def drop(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    raise Http404("Not yet.")


@desk("read")
def show(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    raise Http404("Not yet.")


@desk("article.write", ("GET", "POST"))
def edit(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    raise Http404("Not yet.")


@desk("article.write", ("POST",))
def delete(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    raise Http404("Not yet.")


@desk("read")
def original(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    raise Http404("Not yet.")


@desk("article.write", ("POST",))
def read_paragraphs(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    raise Http404("Not yet.")
