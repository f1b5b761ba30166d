"""What is answered where no view answers: a page to a person, problem details to a script.

None of these pages asks the database, but for 403 and 404, which keep the menu of whoever asks:
where it does not answer for that, they become a 503.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
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
    503: "The database or the disk is out of reach for now. Nothing was half saved. Try again.",
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


def _plain(name: str, status: int) -> HttpResponse:
    """Without anything that could be what broke, but for the id of the request."""
    template = loader.get_template(name)
    context = {"request_id": request_id()}
    try:
        text = template.render(context)
    except ValueError:  # a static file that is not in the list: `collectstatic` was not run
        text = template.render(context | {"bare": True})
    return HttpResponse(text, status=status)


def _answer(request: HttpRequest, status: int) -> HttpResponseBase:
    return _told(status, lambda _: _plain(f"{status}.html", status))(request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """What is too large is told as such; Django has one answer for all."""
    return _answer(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def fault(request: HttpRequest) -> HttpResponseBase:
    """What ended a view: 503 where waiting helps, so that scripts and proxies try again."""
    if not _passes(sys.exception()):
        return _answer(request, 500)
    response = _answer(request, 503)
    response["Retry-After"] = RETRY_AFTER
    return response


def _passes(error: BaseException | None) -> bool:
    """Whether it is the database that is away, or a disk without room, and no fault of a page."""
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    return isinstance(error, (OperationalError, InterfaceError))


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """A form without the token of this session."""
    return _plain("403_csrf.html", 403)


forbidden = _told(403, defaults.permission_denied)
not_found = _told(404, defaults.page_not_found)
