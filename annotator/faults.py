"""What is answered where no view answers: a page to a person, problem details to a script."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseServerError
from django.shortcuts import render
from django.template import loader
from django.views import defaults

from annotator.logs import request_id
from claims.api.problems import plainly

API = "/api/"
SAYS = {
    400: "The request can't be read.",
    403: "That is not allowed.",
    404: "There is no such address. Each one ends with a slash.",
    413: "That is more than can be sent at once.",
    500: "A fault of the site, which has been written down. Nothing was half saved.",
    503: "The site's database or disk is out of reach for now. Nothing was half saved. Ask again.",
}
RETRY_AFTER = "5"
"""Seconds: a database that is started again answers sooner."""
NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


def _told(status: int, page: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.path.startswith(API):
            return plainly(status, SAYS[status])
        return page(request, *args, **kwargs)

    return view


def _broken(request: HttpRequest) -> HttpResponseBase:
    """Without anything that could be what broke, but for the id of the request."""
    template = loader.get_template("500.html")
    return HttpResponseServerError(template.render({"request_id": request_id()}))


def _unreadable(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return defaults.bad_request(request, exception)


def _oversized(request: HttpRequest) -> HttpResponseBase:
    return render(request, "413.html", status=413)


def _out_of_reach(request: HttpRequest) -> HttpResponseBase:
    template = loader.get_template("503.html")
    return HttpResponse(template.render({"request_id": request_id()}), status=503)


def fault(request: HttpRequest) -> HttpResponseBase:
    """What ended a view: 503 where waiting helps, so that scripts and proxies try again."""
    if not _passes(sys.exception()):
        return _fault(request)
    response = _unavailable(request)
    response["Retry-After"] = RETRY_AFTER
    return response


def _passes(error: BaseException | None) -> bool:
    """Whether it is the database that is away, or a disk without room, and no fault of a page."""
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    return isinstance(error, (OperationalError, InterfaceError))


too_large = _told(413, _oversized)
bad_request = _told(400, _unreadable)
forbidden = _told(403, defaults.permission_denied)
not_found = _told(404, defaults.page_not_found)
_fault = _told(500, _broken)
_unavailable = _told(503, _out_of_reach)
