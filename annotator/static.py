"""Static files: which ones are collected, and how their names are hashed."""

from __future__ import annotations

from django.contrib.staticfiles.apps import StaticFilesConfig
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(StaticFilesConfig):
    """Leaves out htmx 4 and its extensions.

    Nothing uses them, and one imports a file that isn't shipped, which stops `collectstatic`.
    """

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "django_htmx/ext/*",
        "django_htmx/*-4*.js",
    ]


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Rewrites `import './x.js'` too, so that a changed module is never stale in a cache."""

    support_js_module_import_aggregation = True
