"""Static files with hashed names, compressed, ES modules' imports included."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Rewrites `import './x.js'` too, so that a changed module is never stale in a cache."""

    support_js_module_import_aggregation = True
