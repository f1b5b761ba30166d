"""What is answered where no view answers: a page to a person, problem details to a script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponseBase, HttpResponseServerError
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
}


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


too_large = _told(413, _oversized)
bad_request = _told(400, _unreadable)
forbidden = _told(403, defaults.permission_denied)
not_found = _told(404, defaults.page_not_found)
fault = _told(500, _broken)
