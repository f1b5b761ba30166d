"""Fixtures of several files of tests about acts."""

from __future__ import annotations

import pytest

from claims.actions.journal import Actor
from claims.records import Role
from tests import factories


@pytest.fixture
def other() -> Actor:
    """The owner of a desk with nothing at it."""
    empty = factories.a_workspace(slug="other")
    user = factories.a_user("other-owner")
    factories.a_membership(empty, user, Role.OWNER)
    return Actor(empty, user)
