"""What every page's frame needs: the desk, one's role, one's other desks, one's keys."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def desk(request: HttpRequest) -> dict[str, Any]:
    """`workspace` and `role` as set by the view's decorator; lazily, one's workspaces."""
    return {
        "workspace": getattr(request, "workspace", None),
        "role": getattr(request, "role", None),
    }
