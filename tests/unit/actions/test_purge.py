"""What is purged is nowhere any more, and the journal's chain holds without it."""

from __future__ import annotations

import shutil

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection

from claims import custody
from claims.actions import purge, sealing, undo
from claims.actions.errors import Conflict
from claims.actions.journal import Actor
from claims.models import Change, ChangeRow, Emptied, Tombstone
from claims.records import Role
from tests import factories
from tests.unit.actions.brought import brought
from tests.unit.actions.marked import files_with, rows_with
from tests.unit.actions.marked_desk import MARK, Marked, breaches, head_of, written

WHY = "The witness was threatened."


def an_owner() -> Actor:
    desk = factories.a_workspace(slug="desk", uses_reliability=True)
    return Actor(desk, factories.a_membership(desk, role=Role.OWNER).user)


@pytest.fixture
def owner(db: None) -> Actor:
    return an_owner()


def purge_all(marked: Marked) -> None:
    """Everything that holds the mark, each by itself."""
    for row, also in (
        (marked.comment, False),
        (marked.claim, False),
        (marked.source, False),
        (marked.article, False),
    ):
        row.refresh_from_db()
        purge.purge(marked.owner, row, row.version, WHY, claims=also)


def test_what_is_purged_is_in_no_table_and_the_chain_holds(owner: Actor) -> None:
    marked = Marked(owner)
    desk = owner.workspace
    was = breaches(desk)
    before = head_of(desk)
    purge_all(marked)
    assert list(rows_with(MARK)) == []
    # What factories made past the journal is a breach before and after; nothing else is.
    assert set(breaches(desk, before)) - set(was) == set()
    after = head_of(desk)
    assert set(breaches(desk, after)) - set(was) == set()
    stones = Tombstone.objects.filter(noun__in=["claim", "source", "article", "comment"])
    assert {stone.reason for stone in stones} == {WHY}
    assert all(stone.sha256 for stone in stones)


def test_what_was_done_before_can_not_be_undone_and_says_why(owner: Actor) -> None:
    marked = Marked(owner)
    claim = marked.claim
    purge.purge(owner, claim, claim.version, WHY)
    with pytest.raises(ValidationError, match="nothing keeps what there was"):
        undo.undo(owner, owner.acts[-1])
    with pytest.raises(ValidationError, match=f"was purged on .* because: {WHY}"):
        undo.undo(owner, Change.objects.filter(action="claim.create").first())  # type: ignore[arg-type]
    assert undo.latest(owner) not in owner.acts[-1:]
    claim.refresh_from_db()
    with pytest.raises(ValidationError, match="was purged already"):
        purge.purge(owner, claim, claim.version, WHY)
    with pytest.raises(Conflict):
        purge.purge(owner, marked.article, 99, WHY)


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("UPDATE claims_changerow SET after = '{}' WHERE id = %s", "as the tombstone left it"),
        ("DELETE FROM claims_emptied WHERE line_id = %s", "expected a tombstone"),
        ("UPDATE claims_emptied SET now = was WHERE line_id = %s", "as they were written down"),
        ("UPDATE claims_changerow SET left_sha256 = 'x' WHERE id = %s", "as the tombstone left it"),
        ("UPDATE claims_tombstone SET reason = 'x' WHERE %s > 0", "history: tombstone"),
    ],
)
def test_what_is_changed_past_a_tombstone_is_found(owner: Actor, sql: str, told: str) -> None:
    marked = Marked(owner)
    marked.claim.refresh_from_db()
    purge.purge(owner, marked.claim, marked.claim.version, WHY)
    sealing.seal_all(owner.workspace)
    line = Emptied.objects.filter(line__model="claim").latest("id").line_id
    assert not any(told in one for one in breaches(owner.workspace))
    with connection.cursor() as cursor:
        cursor.execute(sql, [line])
    assert any(told in one for one in breaches(owner.workspace))


def test_a_line_that_is_emptied_without_a_tombstone_is_found(owner: Actor) -> None:
    """Also where it says of itself which hash it had, so that the chain holds."""
    Marked(owner)
    sealing.seal_all(owner.workspace)
    line = ChangeRow.objects.filter(model="claim").first()
    assert line is not None
    was = custody.line_hash(line.pk, line.model, line.object_id, line.before, line.after)
    ChangeRow.objects.filter(pk=line.pk).empty(None, {}, was)
    assert f"what was purged: line {line.pk}" in " ".join(breaches(owner.workspace))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the bytes of PostgreSQL are its own")
@pytest.mark.django_db(transaction=True)
def test_no_file_of_the_site_holds_its_bytes() -> None:
    # Of tests whose transactions were taken back, files are left over.
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    marked = Marked(an_owner())
    assert len(files_with(MARK)) > 1
    purge_all(marked)
    assert files_with(MARK) == []
    assert not Tombstone.objects.filter(wiped_at=None).exists()


def test_a_purged_desk_comes_in_and_goes_out_the_same(owner: Actor) -> None:
    marked = Marked(owner)
    purge_all(marked)
    # What files told at the first desk is told at the second; the rest of it is checked here.
    content = written(owner, "jsonl")
    assert MARK.encode() not in content
    desk = factories.a_workspace()
    other = Actor(desk, factories.a_membership(desk, role=Role.OWNER).user)
    brought(other, "work-jsonl", content)
    assert written(other, "jsonl") == content


def test_a_source_goes_with_all_that_it_said(owner: Actor) -> None:
    marked = Marked(owner)
    source = marked.source
    source.refresh_from_db()
    purge.purge(owner, source, source.version, WHY, claims=True)
    source.refresh_from_db()
    marked.claim.refresh_from_db()
    assert (source.name, marked.claim.paraphrase) == ("Purged source", "")
    assert source.deleted_at
    assert marked.claim.deleted_at
    marked.other.refresh_from_db()
    assert not marked.other.deleted_at
