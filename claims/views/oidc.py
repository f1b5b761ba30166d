"""The way to the provider of the organisation and back; there where the settings name one."""

from __future__ import annotations

from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.core.internal import ratelimit
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from requests import RequestException

from claims.oidc import ID, Adapter, Strict, shut

RATES = {"oidc": "30/m/ip"}


class Return(OAuth2CallbackView):  # type: ignore[misc]
    """Comes back with a code; the token for it has to be of the sign-in that was begun here."""

    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[Any, Any]:
        state, answer = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, answer


@never_cache
@require_http_methods(["POST"])
def begin(request: HttpRequest) -> HttpResponseBase:
    """On to the provider, by a page: a redirect of a form may lead nowhere but to this site."""
    if _too_often(request):
        return ratelimit.handler429(request)  # type: ignore[no-any-return]
    provider = Adapter(request).get_provider(request, ID)
    try:
        answer = provider.redirect(request, AuthProcess.LOGIN, get_next_redirect_url(request))
    except (OAuth2Error, RequestException, KeyError) as error:
        return shut(request, error)
    return render(request, "oidc/onward.html", {"to": answer["Location"]})


@never_cache
@require_http_methods(["GET"])
def callback(request: HttpRequest) -> HttpResponseBase:
    """Back from there."""
    if _too_often(request):
        return ratelimit.handler429(request)  # type: ignore[no-any-return]
    answer: HttpResponseBase = Return.adapter_view(Strict(request, ID))(request)
    return answer


def _too_often(request: HttpRequest) -> bool:
    return not ratelimit.consume(request, app="claims", action="oidc", config=RATES, limit_get=True)
