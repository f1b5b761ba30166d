"""Every address of the site."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    *([path("accounts/oidc/", include("claims.oidc_urls"))] if settings.OIDC_ISSUER else []),
    path("", include("claims.urls")),
]

handler400 = "annotator.faults.bad_request"
handler403 = "annotator.faults.forbidden"
handler404 = "annotator.faults.not_found"
handler500 = "annotator.faults.fault"
