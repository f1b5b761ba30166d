"""Static files: which ones are collected, and how their names are hashed."""

from __future__ import annotations

from django.contrib.staticfiles.apps import StaticFilesConfig
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(StaticFilesConfig):
    """Leaves out what nothing uses: htmx 4 with its extensions, most of Leaflet, all but Swagger.

    One of htmx's imports a file that isn't shipped, which stops `collectstatic`.
    """

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "django_htmx/ext/*",
        "django_htmx/*-4*.js",
        "drf_spectacular_sidecar/redoc/*",
        "drf_spectacular_sidecar/swagger-ui-dist/oauth2*",
        "drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-standalone*",
        "rest_framework/*",
        "leaflet/draw/*",
        "leaflet/leaflet-src.*",
        "leaflet/leaflet.extras.*",
        "leaflet/leaflet.forms.*",
        "leaflet/leaflet_django.css",
        "leaflet/proj4*",
        "leaflet/Control.*",
    ]


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Rewrites `import './x.js'` too, so that a changed module is never stale in a cache."""

    support_js_module_import_aggregation = True
