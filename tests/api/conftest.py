"""The people and the world of the pages' tests: the API lets in the same ones."""

from __future__ import annotations

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
