"""The WSGI entry point: `gunicorn annotator.wsgi`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotator.settings")
application = get_wsgi_application()
# Now, and not in the first request: all views, with all that they import.
get_resolver().url_patterns  # noqa: B018
