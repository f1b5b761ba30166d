"""An address without its slash is sent on as it came: a POST stays a POST."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware


class Common(CommonMiddleware):
    """Django's own sends everything on with 301, of which most clients make a GET."""

    response_redirect_class = staticmethod(  # type: ignore[assignment]
        partial(HttpResponsePermanentRedirect, preserve_request=True)
    )
