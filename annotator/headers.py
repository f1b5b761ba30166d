"""What every answer tells the browser beside the policy of content: django-csp sends that."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

# Passkeys need the last two; nothing here needs a camera, a place or a payment.
PERMISSIONS = ", ".join(
    [f"{feature}=()" for feature in "camera display-capture geolocation microphone midi".split()]
    + [f"{feature}=()" for feature in "payment serial usb xr-spatial-tracking".split()]
    + ["publickey-credentials-create=(self)", "publickey-credentials-get=(self)"]
)
ALWAYS = {
    "Permissions-Policy": PERMISSIONS,
    # No other site may show an image, a file or an answer of ours, or measure one.
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class Headers:
    """Middleware; the first but one, so that nothing is answered without them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if _signs_out(response):
            # Else the next person at this computer reads by the Back key what the first one read.
            response.headers["Clear-Site-Data"] = '"cache"'
        return response


def _signs_out(response: HttpResponseBase) -> bool:
    """Whether the browser is told to forget its session."""
    cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
    return cookie is not None and cookie["max-age"] == 0
