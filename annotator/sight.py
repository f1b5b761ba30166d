"""What one request must not see is not kept from the next one: a thread serves many."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from claims.models import lens


class Sight:
    """Middleware; the first of those that ask the database. A desk's door puts the lens on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with lens.request():
            return self.get_response(request)
