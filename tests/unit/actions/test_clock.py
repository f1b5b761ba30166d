"""A clock that has stepped back: nobody waits until it is again where it was."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from claims.actions import import_lease, receipt, sealing
from claims.actions import source as sources
from claims.actions.journal import Actor
from claims.models import Import, Receipt
from tests import factories

pytestmark = pytest.mark.django_db
AHEAD = dt.timedelta(hours=3)


@pytest.fixture
def actor() -> Actor:
    desk = factories.a_workspace()
    return Actor(desk, factories.a_membership(desk).user)


def test_the_lease_of_a_dead_worker_is_free(actor: Actor) -> None:
    job = Import.objects.create(
        workspace=actor.workspace, made_by=actor.user, format="table", name="a", sha256="", size=1
    )
    assert import_lease.take(job.pk)
    assert import_lease.take(job.pk) is None
    Import.objects.update(lease_until=timezone.now() + AHEAD)
    assert import_lease.next_free() == job.pk
    assert import_lease.take(job.pk)


def test_a_key_of_a_dead_attempt_is_free(actor: Actor) -> None:
    held = receipt.begin(actor.user, "key", "asked")
    with pytest.raises(receipt.InWork):
        receipt.begin(actor.user, "key", "asked")
    Receipt.objects.update(held_until=timezone.now() + AHEAD)
    assert receipt.begin(actor.user, "key", "asked").holder != held.holder


def test_an_act_of_the_future_is_sealed(actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    sources.create(actor, {"name": "A source"})
    assert sealing.due() is None
    before = timezone.now() - AHEAD
    monkeypatch.setattr("claims.actions.sealing.timezone.now", lambda: before)
    assert sealing.due() == actor.workspace
