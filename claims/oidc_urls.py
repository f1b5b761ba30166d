"""The addresses of the sign-in by a provider; there where the settings name one."""

from __future__ import annotations

from django.urls import path

from claims.views import oidc

urlpatterns = [
    path("", oidc.begin, name="oidc"),
    path("callback/", oidc.callback, name="oidc-callback"),
]
