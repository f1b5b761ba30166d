"""The addresses of a site whose settings name a provider for signing in."""

from __future__ import annotations

from django.urls import include, path

from annotator import urls

urlpatterns = [path("accounts/oidc/", include("claims.oidc_urls")), *urls.urlpatterns]
