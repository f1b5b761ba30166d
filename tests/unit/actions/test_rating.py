"""Ratings of sources by their action."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from claims.actions import rating as ratings
from claims.actions import source as sources
from claims.actions import undo
from claims.actions.journal import Actor
from claims.models import Change, Rating
from claims.records import Reliability
from tests import factories

pytestmark = pytest.mark.django_db

DAY = dt.date(2016, 12, 8)


@pytest.fixture
def actor() -> Actor:
    return Actor(factories.a_workspace(uses_reliability=True), factories.a_user())


def test_a_rating_is_dated_and_reasoned_and_can_be_undone(actor: Actor) -> None:
    source = factories.a_source(actor.workspace, name="The command")
    rating = ratings.rate(actor, source, Reliability.C, DAY, " Corrected itself twice. ")
    assert (rating.since, rating.reason) == (DAY, "Corrected itself twice.")
    assert Change.objects.get().summary == "rated the source The command: C"
    undo.undo(actor, Change.objects.get())
    assert not Rating.objects.kept().exists()
    assert Rating.objects.count() == 1


def test_a_rating_needs_a_reason_the_scale_and_a_source(actor: Actor) -> None:
    source = factories.a_source(actor.workspace)
    with pytest.raises(ValidationError, match="reason"):
        ratings.rate(actor, source, Reliability.C, DAY, " ")
    sources.delete(actor, source, source.version)
    source.refresh_from_db()
    with pytest.raises(ValidationError, match="Its source is deleted"):
        ratings.rate(actor, source, Reliability.C, DAY, "So it was.")
    actor.workspace.uses_reliability = False
    with pytest.raises(ValidationError, match="does not rate its sources"):
        ratings.rate(actor, source, Reliability.C, DAY, "So it was.")
    assert not Rating.objects.exists()
