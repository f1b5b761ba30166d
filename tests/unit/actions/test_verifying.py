"""What was done past the program, in the database or in the files, is found and named."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from pytest_django.plugin import DjangoDbBlocker

from claims import custody
from claims.actions import sealing
from claims.actions.verifying import CHECKS
from claims.actions.verifying.chain import chain
from claims.actions.verifying.checks import Check
from claims.actions.verifying.standing import ring
from claims.actions.verifying.states import states
from claims.demo import accounts
from claims.demo.load import load
from claims.models import Change, Claim, Revision, Seal, Workspace
from tests import factories

# One process has them all, or each would load the demo.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("verifying")]
EVERY: dict[str, Check] = {
    **CHECKS,
    "states": states,
    "chain": lambda desk: chain(desk, None),
}

END = "id = (SELECT {}(id) FROM {})"
LINK_ELSEWHERE = """
UPDATE claims_link SET incident_id = (SELECT MAX(id) FROM claims_incident) WHERE {first}"""
DEMANDS_FILED = """
UPDATE claims_claim SET kind = 'demand' WHERE id IN (SELECT claim_id FROM claims_filing)"""
CLAIMS_DELETED = """
UPDATE claims_claim SET deleted_at = updated_at
WHERE id IN (SELECT from_claim_id FROM claims_link)"""
DISPUTE_HIDDEN = "UPDATE claims_incident SET state = 'unanswered' WHERE state = 'disputed'"
LINE_PUT_IN = """
INSERT INTO claims_changerow (change_id, workspace_id, model, object_id)
SELECT change_id, workspace_id, model, object_id FROM claims_changerow WHERE {first}"""
ACT_MOVED = """
UPDATE claims_change SET seal_id = (SELECT MAX(id) FROM claims_seal) WHERE {first}"""


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Workspace]:
    """The demo, sealed in three parts; taken away at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        people, _ = accounts.make()
        desk = load(people)
        for _ in range(2):
            sealing.seal(desk, most=90)
        sealing.seal_all(desk)
        yield desk
        transaction.set_rollback(True)
    connections.close_all()


@pytest.fixture
def desk(loaded: Workspace) -> Iterator[Workspace]:
    """What a test does to it is taken back."""
    with transaction.atomic():
        yield loaded
        transaction.set_rollback(True)


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        assert cursor.rowcount, "it has tampered with nothing"


def found(name: str, desk: Workspace) -> list[str]:
    return [str(one) for one in EVERY[name](desk) if not isinstance(one, int)]


def test_a_desk_as_its_people_have_left_it_is_whole(desk: Workspace) -> None:
    said = StringIO()
    call_command("verify", stdout=said)
    assert said.getvalue() == "All is as it should be.\n"


@pytest.mark.parametrize(
    ("check", "sql", "told"),
    [
        ("texts and quotes", "UPDATE claims_span SET quote = 'x' WHERE {first}", "expected 'x'"),
        ("texts and quotes", "UPDATE claims_revision SET text = 'x' WHERE {first}", "with sha256"),
        ("rules between rows", LINK_ELSEWHERE, "expected two claims of its own incident"),
        ("rules between rows", DEMANDS_FILED, "expected a factual claim"),
        ("rules between rows", CLAIMS_DELETED, "expected two claims that are not deleted"),
        ("history", "UPDATE claims_claim SET note = 'x' WHERE {first}", "note ''"),
        ("history", "DELETE FROM claims_figure WHERE {first}", "has not removed it"),
        ("search", "DELETE FROM claims_searchdocument WHERE {first}", "can't be found"),
        ("search", "UPDATE claims_searchdocument SET body = 'x' WHERE {first}", "other body"),
        ("states", DISPUTE_HIDDEN, "expected state 'disputed', it is 'unanswered'"),
        ("states", "UPDATE claims_position SET held_by = 77 WHERE {first}", "it is 77"),
        ("chain", "UPDATE claims_change SET summary = 'x' WHERE {first}", "seal 1: 90 acts"),
        ("chain", "UPDATE claims_changerow SET after = '{{}}' WHERE {last}", "seal 3:"),
        ("chain", "DELETE FROM claims_changerow WHERE {first}", "seal 1: 90 acts"),
        ("chain", LINE_PUT_IN, "seal 1: 90 acts"),
        ("chain", "UPDATE claims_changerow SET id = -id WHERE {first}", "seal 1: 90 acts"),
        ("chain", ACT_MOVED, "seal 1: 89 acts of 90"),
        ("chain", "UPDATE claims_changetopic SET object_id = -1 WHERE {last}", "seal 3:"),
        ("chain", "UPDATE claims_seal SET number = 7 WHERE number = 3", "expected seal 3 here"),
    ],
)
def test_what_was_done_past_the_program_is_named(
    desk: Workspace, check: str, sql: str, told: str
) -> None:
    verb, *rest = sql.split()
    table = rest[0 if verb == "UPDATE" else 1]
    run(sql.format(first=END.format("MIN", table), last=END.format("MAX", table)))
    assert any(told in line for line in found(check, desk))


def test_a_row_that_nobody_made_or_that_is_of_another_desk_is_named(desk: Workspace) -> None:
    claim = Claim.objects.order_by("id")[0]
    figure = factories.a_figure(claim)
    assert found("history", desk) == [
        f"figure {figure.pk}: expected a line of the history that made it"
    ]
    stranger = factories.a_source(factories.a_workspace())
    Claim.objects.filter(pk=claim.pk).update(source=stranger)
    assert f"claim {claim.pk}: expected its source to be of this desk" in found(
        "what belongs to the desk", desk
    )


def test_a_changed_or_lost_original_is_named(desk: Workspace) -> None:
    original = Revision.objects.order_by("id")[0].original
    path = Path(original.path)
    before = path.read_bytes()
    try:
        path.write_bytes(before + b" ")
        assert original.name in found("originals", desk)[0]
        path.unlink()
        assert found("originals", desk)[0].endswith("it is not there")
    finally:
        path.write_bytes(before)


def test_a_chain_that_was_made_anew_is_told_by_the_head_kept_elsewhere(
    desk: Workspace, tmp_path: Path
) -> None:
    newest = sealing.head(desk)
    assert newest is not None
    file = tmp_path / "head.txt"
    file.write_text(sealing.head_to_keep(newest))
    head = custody.read(file.read_text())
    assert not [one for one in chain(desk, head) if not isinstance(one, int)]
    run("UPDATE claims_change SET summary = 'x' WHERE id = (SELECT MIN(id) FROM claims_change)")
    Change.objects.update(seal=None)
    Seal.objects.all().delete()
    assert [str(one) for one in chain(desk, head) if not isinstance(one, int)] == [
        f"seal 3: expected {head.sha256} by the head; there is no such seal"
    ]
    for _ in range(2):
        sealing.seal(desk, most=90)
    sealing.seal_all(desk)
    assert found("chain", desk) == []
    said = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify", "--head", str(file), stdout=said, verbosity=0)
    assert ended.value.code == 1
    assert f"{desk.slug}: chain: seal 3: expected {head.sha256} by the head" in said.getvalue()


@pytest.mark.parametrize("arguments", [["--workspace", "nowhere"], ["--head", "/nowhere"]])
def test_what_is_not_there_is_not_verified(desk: Workspace, arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("verify", *arguments)


def test_only_rings_are_left_of_chains() -> None:
    assert ring({1: [2], 2: [3], 9: [2]}) == []
    assert ring({1: [2], 2: [1], 3: [1], 2 + 2: [5]}) == [1, 2, 3]
