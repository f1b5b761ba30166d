"""Stored states equal the reference, are written sparingly, and bear on one incident alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings

from claims.actions import state
from claims.models import Assessment, Claim, Incident, Position, Question, Workspace
from claims.models.affiliation import heads
from claims.models.dispute_rows import load
from claims.records import ClaimStatus, Relation, State
from tests import factories
from tests.unit.actions.reference import (
    TABLES,
    all_stored,
    assert_as_the_reference_says,
    assert_pairs_as_the_reference_says,
    stored,
)
from tests.unit.actions.worlds import World, a_dispute, worlds

pytestmark = pytest.mark.django_db

# The suite keeps a few; a long hunt is `COUNTERCLAIM_EXAMPLES=2000`.
EXAMPLES = int(os.environ.get("COUNTERCLAIM_EXAMPLES", "60"))


def head_of(source: int, parent: dict[int, int | None]) -> int:
    """The end of the chain; of a ring, anything but an endless walk."""
    seen: list[int] = []
    while source not in seen:
        seen.append(source)
        source = parent[source] or source
    return source


def has_ring(parent: dict[int, int | None]) -> bool:
    return any(parent[head_of(source, parent)] is not None for source in parent)


def in_a_world(write: Callable[[], World], check: Callable[[World], None]) -> None:
    """Runs the check on the written world and takes the world away again."""
    with transaction.atomic():
        check(write())
        transaction.set_rollback(True)


def refresh(*incidents: Incident | int) -> None:
    with transaction.atomic():
        state.refresh(i if isinstance(i, int) else i.pk for i in incidents)


def written_by(act: Callable[[], None]) -> int:
    """How many rows the UPDATEs of an act write, as the database counts them."""
    counts: list[int] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        before = changes()
        result = execute(sql, params, many, context)
        if "UPDATE claims_" in sql:
            # The driver for SQLite does not count an UPDATE that begins with WITH.
            rows = context["cursor"].cursor.rowcount
            counts.append(changes() - before if connection.vendor == "sqlite" else rows)
        return result

    with connection.execute_wrapper(count):
        act()
    assert counts
    return sum(counts)


def changes() -> int:
    """How many rows this connection has written so far, on SQLite."""
    written: int = getattr(connection.connection, "total_changes", 0)
    return written


@pytest.fixture
def workspace() -> Workspace:
    return factories.a_workspace()


@settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(worlds())
def test_stored_states_equal_the_reference(write: Callable[[], World]) -> None:
    def check(world: World) -> None:
        refresh(*world.incidents)
        for incident in world.incidents:
            assert_as_the_reference_says(incident)
            assert_pairs_as_the_reference_says(incident)
        assert written_by(lambda: refresh(*world.incidents)) == 0

    in_a_world(write, check)


@settings(max_examples=max(EXAMPLES // 3, 1), suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_a_refresh_leaves_other_incidents_alone(write: Callable[[], World]) -> None:
    def check(world: World) -> None:
        one, other = world.incidents
        before = stored(Claim, incident=other), stored(Incident, id=other)
        refresh(one)
        assert (stored(Claim, incident=other), stored(Incident, id=other)) == before
        assert_as_the_reference_says(one)

    in_a_world(write, check)


@settings(max_examples=max(EXAMPLES // 3, 1), suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_heads_are_the_ends_of_the_chains(write: Callable[[], World]) -> None:
    def check(world: World) -> None:
        found = heads(world.sources)
        assert found.keys() == set(world.sources)
        if not has_ring(world.parent):
            assert found == {source: head_of(source, world.parent) for source in world.sources}

    in_a_world(write, check)


def test_affiliation_in_a_ring_is_one_group(workspace: Workspace) -> None:
    one, two, three = [factories.a_source(workspace) for _ in range(3)]
    for source, parent in ((one, two), (two, three), (three, one)):
        source.affiliation = parent
        source.save()
    assert set(heads([one.pk, two.pk, three.pk]).values()) == {one.pk}
    assert state.incidents_of_sources([two.pk]) == []


def test_rings_that_actions_refuse_do_not_hang(workspace: Workspace) -> None:
    incident = factories.an_incident(workspace)
    article = factories.an_article(workspace)
    one, two = [factories.a_claim(article, incident=incident) for _ in range(2)]
    for relation in (Relation.RESTATES, Relation.SUPERSEDES):
        factories.a_link(one, relation, two)
        factories.a_link(two, relation, one)
    refresh(incident)
    claims = stored(Claim, incident=incident)
    assert [row["stands"] for row in claims.values()] == [False, False]
    assert {id: row["statement"] for id, row in claims.items()} == {one.pk: one.pk, two.pk: two.pk}


SPOILED = [
    (Claim, "stands", False),
    (Claim, "live", False),
    (Claim, "statement", None),
    (Claim, "originator", None),
    (Claim, "originator_article", None),
    (Claim, "disputed", False),
    (Claim, "competing_claims", 77),
    (Claim, "competing_originators", 77),
    (Question, "state", State.UNANSWERED.value),
    (Question, "challenged", False),
    (Question, "competing_pairs", 77),
    (Position, "held_by", 77),
    (Position, "held_sides", 77),
    (Position, "held_by_accused", True),
    (Position, "in_part_by", 77),
    (Position, "rejected_by", 77),
    (Incident, "state", State.UNANSWERED.value),
    (Incident, "challenged", False),
    (Incident, "live_claims", 77),
    (Incident, "originators", 77),
    (Incident, "sides", 77),
    (Incident, "competing_pairs", 77),
    (Incident, "conflicting_originators", 77),
    (Incident, "heat", 77),
    (Incident, "verdicts", 77),
    (Incident, "awaits_second", False),
    (Incident, "evidence_changed", False),
    (Assessment, "evidence_changed", True),
]


@pytest.mark.parametrize(("model", "column", "value"), SPOILED)
def test_a_column_that_is_wrong_by_itself_is_put_right(
    workspace: Workspace, model: type[models.Model], column: str, value: object
) -> None:
    incident = a_dispute(workspace)
    refresh(incident)
    right = all_stored()
    model._default_manager.update(**{column: value})
    assert all_stored() != right
    refresh(incident)
    assert all_stored() == right


def test_every_derived_column_is_spoiled_above() -> None:
    listed = {(model, column) for model, column, _ in SPOILED}
    derived = {(m, c) for m in TABLES for c in m.DERIVED}  # type: ignore[attr-defined]
    assert listed == derived


def test_the_example_counts_everything_once(workspace: Workspace) -> None:
    incident = a_dispute(workspace)
    refresh(incident)
    assert_as_the_reference_says(incident.pk)
    for model in TABLES:
        for column in model.DERIVED:  # type: ignore[attr-defined]
            assert any(row[column] for row in stored(model).values()), (model, column)


def test_what_is_right_is_not_written(workspace: Workspace) -> None:
    incident = a_dispute(workspace)
    refresh(incident)
    assert written_by(lambda: refresh(incident)) == 0
    article = factories.an_article(workspace)
    factories.a_claim(article, incident=incident)
    # The new claim and the incident's counts; nothing is filed, so no other row moves.
    assert written_by(lambda: refresh(incident)) == 2


def test_versions_and_times_stay(workspace: Workspace) -> None:
    incident = a_dispute(workspace)

    def marks() -> list[Iterable[Any]]:
        tables = (Claim, Question, Position, Incident)
        return [
            list(m._default_manager.order_by("id").values_list("version", "updated_at"))
            for m in tables
        ]

    before = marks()
    refresh(incident)
    assert marks() == before
    assert Incident.objects.get().state == State.DISPUTED


def test_thirty_incidents_cost_as_many_statements_as_one(workspace: Workspace) -> None:
    incidents = [a_dispute(workspace) for _ in range(30)]
    with CaptureQueriesContext(connection) as one:
        state.refresh([incidents[0].pk])
    with CaptureQueriesContext(connection) as thirty:
        state.refresh([incident.pk for incident in incidents])
    # PostgreSQL is told the ids of the claims.
    assert len(one) == len(thirty) == (8 if connection.vendor == "sqlite" else 9)
    for incident in incidents[1:]:
        assert_as_the_reference_says(incident.pk)


def test_loading_a_large_incident_costs_as_many_queries_as_a_small_one(
    workspace: Workspace,
) -> None:
    small, large = a_dispute(workspace, claims=4), a_dispute(workspace, claims=11)
    with CaptureQueriesContext(connection) as few:
        load(small.pk)
    with CaptureQueriesContext(connection) as many:
        load(large.pk)
    assert len(few) == len(many) == 7


def test_nothing_to_refresh_costs_nothing() -> None:
    with CaptureQueriesContext(connection) as queries:
        state.refresh([])
        state.refresh_claims([])
    assert len(queries) == 0


def test_more_ids_than_a_batch_are_all_refreshed(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state, "BATCH", 2)
    incidents = [a_dispute(workspace) for _ in range(3)]
    refresh(*reversed(incidents))
    for incident in incidents:
        assert_as_the_reference_says(incident.pk)


def test_a_claim_about_no_incident_speaks_for_itself(workspace: Workspace) -> None:
    article = factories.an_article(workspace)
    medic = factories.a_source(workspace, article=article)
    named, unnamed = factories.a_claim(article), factories.a_claim(article, source=medic)
    draft = factories.a_claim(article, status=ClaimStatus.DRAFT.value)
    # As if it had been part of a dispute that it was moved out of.
    Claim.objects.update(disputed=True, competing_claims=3, competing_originators=2)
    ids = [named.pk, unnamed.pk, draft.pk]
    state.refresh_claims(ids)
    quiet = {"disputed": False, "competing_claims": 0, "competing_originators": 0}
    lives = {"stands": True, "live": True}
    assert stored(Claim) == {
        named.pk: quiet
        | lives
        | {"statement": named.pk, "originator": named.source_id, "originator_article": None},
        unnamed.pk: quiet
        | lives
        | {"statement": unnamed.pk, "originator": medic.pk, "originator_article": article.pk},
        draft.pk: quiet
        | {"stands": False, "live": False}
        | {"statement": draft.pk, "originator": draft.source_id, "originator_article": None},
    }
    assert written_by(lambda: state.refresh_claims(ids)) == 0


def test_claims_of_an_incident_are_not_taken_for_claims_of_none(workspace: Workspace) -> None:
    incident = a_dispute(workspace)
    refresh(incident)
    before = all_stored()
    state.refresh_claims(before["Claim"])
    assert all_stored() == before


def test_incidents_of_a_source_include_those_of_its_affiliates(workspace: Workspace) -> None:
    article = factories.an_article(workspace)
    head = factories.a_source(workspace)
    wing = factories.a_source(workspace, affiliation=head)
    outlet = factories.a_source(workspace, affiliation=wing)
    first, second, third = [factories.an_incident(workspace) for _ in range(3)]
    for source, incident in ((head, second), (outlet, first), (outlet, second)):
        factories.a_claim(article, source=source, incident=incident)
    factories.a_claim(article, incident=third)
    alone = factories.a_claim(article, source=outlet)
    assert state.incidents_of_sources([head.pk]) == [first.pk, second.pk]
    assert state.incidents_of_sources([wing.pk]) == [first.pk, second.pk]
    assert state.incidents_of_sources([]) == []
    assert state.claims_alone_of_sources([outlet.pk]) == [alone.pk]


def test_a_new_affiliation_unmakes_agreement(workspace: Workspace) -> None:
    article = factories.an_article(workspace)
    incident = factories.an_incident(workspace)
    answer = factories.a_position(factories.a_question(incident))
    claims = [factories.a_claim(article, incident=incident) for _ in range(2)]
    for claim in claims:
        factories.a_filing(claim, answer)
    refresh(incident)
    assert Question.objects.get().state == State.CORROBORATED
    outlet = claims[0].source
    outlet.affiliation = claims[1].source
    outlet.save()
    refresh(*state.incidents_of_sources([outlet.pk]))
    assert Question.objects.get().state == State.UNCORROBORATED
