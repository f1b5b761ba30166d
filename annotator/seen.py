"""Notes when a session was last seen, and from where: every ten minutes, not with each request."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponseBase

EVERY = 600
KEPT_AS = "seen"


class Seen:
    """Middleware; stands after those of sessions and of accounts.

    allauth's own writes a row with each request. A session that nobody noted, since it is older
    than this list, is noted too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        session = request.session
        # Scripts with a token have no session, and are not asked for one.
        if session.session_key and (user := request.user).is_authenticated:
            signed_in = user.last_login.timestamp() if user.last_login else 0
            if time.time() - session.get(KEPT_AS, signed_in) > EVERY:
                session[KEPT_AS] = time.time()
                UserSession.objects.create_from_request(request)
        return self.get_response(request)
