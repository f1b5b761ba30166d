"""The journal is sealed behind the acts, whatever the order in which they are committed."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from claims import custody, tasks
from claims.actions import incident, sealing
from claims.actions.journal import Actor
from claims.models import Change, ChangeRow, Import, Seal
from claims.records import ImportState
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> Actor:
    return Actor(factories.a_workspace(), factories.a_user())


def an_act(actor: Actor, title: str = "A strike") -> Change:
    incident.create(actor, {"title": title})
    return actor.acts[-1]


def sealed_in(act: Change) -> int | None:
    act.refresh_from_db()
    return act.seal.number if act.seal else None


def test_each_seal_stands_on_the_one_before_it(actor: Actor) -> None:
    first, second = an_act(actor), an_act(actor, "A second strike")
    one = sealing.seal(actor.workspace)
    third = an_act(actor, "A third")
    two = sealing.seal(actor.workspace)
    assert one is not None
    assert two is not None
    assert [sealed_in(act) for act in (first, second, third)] == [1, 1, 2]
    assert (one.acts, one.previous, two.previous) == (2, custody.NOTHING, one.sha256)
    desk = str(actor.workspace.uid)
    acts = list(sealing.hashes_of([third]).values())
    at = custody.moment(two.sealed_at)
    assert two.sha256 == custody.seal_hash(desk, 2, at, one.sha256, acts)
    assert sealing.seal(actor.workspace) is None


def test_a_large_act_has_the_hash_that_it_would_have_among_others(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts = [an_act(actor), an_act(actor, "Another")]
    together = sealing.hashes_of(acts)
    monkeypatch.setattr(sealing, "FEW", 0)
    assert sealing.hashes_of(acts) == together
    assert len(set(together.values())) == 2


def test_an_act_that_was_slower_than_its_number_is_in_the_next_seal(actor: Actor) -> None:
    slow = Change(workspace=actor.workspace, user=actor.user, action="a", summary="was slow")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence('claims_change', 'id'))")
            slow.pk = cursor.fetchone()[0]
    quick = an_act(actor)
    slow.pk = slow.pk or quick.pk - 1 or quick.pk + 1
    assert sealing.seal(actor.workspace)
    slow.save(force_insert=True)
    assert sealing.seal(actor.workspace)
    assert (sealed_in(quick), sealed_in(slow)) == (1, 2)


def test_an_act_grows_no_more_once_it_is_sealed(actor: Actor) -> None:
    act = an_act(actor)
    job = Import.objects.create(
        workspace=actor.workspace,
        made_by=actor.user,
        size=1,
        change=act,
        state=ImportState.WRITING.value,
    )
    other = an_act(actor, "Meanwhile")
    sealing.seal_all(actor.workspace)
    assert (sealed_in(act), sealed_in(other)) == (None, 1)
    Import.objects.filter(pk=job.pk).update(state=ImportState.DONE.value)
    sealing.seal_all(actor.workspace)
    assert sealed_in(act) == 2


def test_of_two_workers_one_begins_anew(actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    an_act(actor)
    sealing.seal(actor.workspace)
    act = an_act(actor, "Another")
    with monkeypatch.context() as patch:
        patch.setattr(sealing, "head", lambda _: None)  # as it was when the other one began
        assert sealing.seal(actor.workspace) is None
    assert sealed_in(act) is None
    assert sealing.seal(actor.workspace)


def test_the_worker_seals_what_has_waited_for_a_minute(actor: Actor) -> None:
    an_act(actor)
    assert not tasks.seal_next(lambda: False)
    Change._base_manager.update(at=timezone.now() - dt.timedelta(minutes=2))
    assert not tasks.seal_next(lambda: True)
    assert tasks.seal_next(lambda: False)
    assert Seal.objects.get().acts == 1


def test_what_the_journal_says_is_not_changed_by_the_program(actor: Actor) -> None:
    act = an_act(actor)
    line = ChangeRow.objects.filter(change=act)
    with pytest.raises(TypeError, match="never changed"):
        line.update(after=None)
    with pytest.raises(TypeError, match="never changed"):
        Change.objects.update(summary="nothing")
    for rows in (line, Change.objects.all()):
        with pytest.raises(TypeError, match="never deleted"):
            rows.delete()


def test_the_command_seals_and_tells_the_head(actor: Actor) -> None:
    act = an_act(actor)
    said = StringIO()
    call_command("seal", "--workspace", actor.workspace.slug, "--head", stdout=said)
    head = custody.read(said.getvalue())
    assert (head.desk, head.number, sealed_in(act)) == (actor.workspace.slug, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_an_act_that_somebody_is_undoing_is_passed_over(actor: Actor) -> None:
    """Waiting for it would hold up others, who may hold what the undo wants next."""
    if connection.vendor == "sqlite":
        assert sealing.seal(actor.workspace) is None  # it has one writer at a time
        return
    held, free = an_act(actor), an_act(actor, "Another")
    other = connection.copy()
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM claims_change WHERE id = %s FOR UPDATE", [held.pk])
        with transaction.atomic():
            assert sealing.seal(actor.workspace)
    finally:
        other.rollback()
        other.close()
    assert (sealed_in(held), sealed_in(free)) == (None, 1)
