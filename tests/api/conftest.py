"""The people and the world of the pages' tests: the API lets in the same ones."""

from __future__ import annotations

from typing import Any

import pytest

from claims.api.throttle import Throttle
from tests.pages.conftest import (
    analyst,
    desk,
    outsider,
    owner,
    reviewer,
    viewer,
    world,
)

__all__ = ["analyst", "desk", "outsider", "owner", "reviewer", "viewer", "world"]


@pytest.fixture(autouse=True)
def unthrottled(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody asks too often, but where a test asks for `throttled`."""
    if "throttled" not in request.fixturenames:
        monkeypatch.setattr(Throttle, "allow_request", lambda *_: True)


@pytest.fixture
def throttled(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two requests a minute, and it is always noon."""
    settings.API_RATE = "2/min"
    monkeypatch.setattr(Throttle, "shares", {})
    monkeypatch.setattr(Throttle, "clock", lambda _: 1_000_000_000.0)
