"""No request is read that is larger than the largest that anything here takes.

A file is written to the disk as it arrives, and a form judges it when it is there: without this,
one that goes on for ever would fill the disk first.
"""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponseBase

from claims.forms.imports import MAX_IMPORT

MOST = MAX_IMPORT + 1024 * 1024
"""Bytes: the largest file, and what a form is around it."""


class Sizes:
    """Middleware; stands before whatever reads a body.

    A request without a length has no body: WSGI says so, and Django reads none. What it raises is
    answered as everywhere (`annotator/faults.py`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length[:20]) > MOST:
            raise RequestDataTooBig("A body is larger than the largest that is taken.")
        return self.get_response(request)
