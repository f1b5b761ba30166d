"""Who waits for a page comes before a file that is sent for a minute."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

LONGEST, LOOK = 0.1, 0.005
"""Seconds: a piece of a file waits so long at most, and looks so often whether it may go on."""

_answering: list[None] = []  # one for each request; appending and popping need no lock


class Turns:
    """Middleware that knows what this process answers: no file whose first bytes are there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        _answering.append(None)
        try:
            return self.get_response(request)
        finally:
            _answering.pop()


def let_pages_go_first() -> None:
    """Waits while this process answers requests.

    Python lets one thread work at a time: beside an export each page would take twice as long.
    """
    until = time.monotonic() + LONGEST
    while _answering and time.monotonic() < until:
        time.sleep(LOOK)
