"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """The one app: claims, disputes, exports."""

    name = "claims"

    def ready(self) -> None:
        from claims import checks  # noqa: F401  (registers the system checks)
