"""Any order of acts, undos and redos on one incident keeps states true and can be walked back."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from claims.actions import rules
from claims.models import Assessment, Claim, Comment
from claims.records import ClaimKind, ClaimStatus, SpanRole
from tests.unit.actions import searched
from tests.unit.actions.desk import DAYS, EXAMPLES, ROOTS, Desk
from tests.unit.actions.reference import assert_as_the_reference_says

# Python's rules over many acts: what SQL there is, other tests ask of both databases.
pytestmark = pytest.mark.one_database


class WalkedBack(Desk):
    """Whatever was done, no rule is ever broken; step by step it leads back to the start."""

    def __init__(self) -> None:
        super().__init__()
        self.start = self.now

    @invariant()
    def states_are_those_of_the_reference(self) -> None:
        assert_as_the_reference_says(self.incident.pk)
        for claim in Claim.objects.filter(incident=None):
            assert claim.originator_id == claim.source_id
            assert not claim.disputed
            assert claim.live == (
                claim.deleted_at is None
                and claim.kind == ClaimKind.FACTUAL.value
                and claim.status in (ClaimStatus.SUBMITTED.value, ClaimStatus.APPROVED.value)
            )

    @invariant()
    def no_rule_is_broken(self) -> None:
        for model in ROOTS:
            for row in model.objects.kept():
                # What was said of a thing that is deleted waits for it to come back.
                if not (isinstance(row, Comment) and row.about.deleted_at):
                    assert rules.breach(row) == ""
        for verdict in Assessment.objects.current().exclude(question__deleted_at__isnull=False):
            assert rules.breach(verdict) == ""
        for claim in Claim.objects.kept():
            assert claim.spans.filter(role=SpanRole.CONTENT.value).exists()

    @invariant()
    def what_is_searched_is_up_to_date(self) -> None:
        searched.assert_is_up_to_date()

    def teardown(self) -> None:
        """Walks all of it back, each step without a question, and finds the empty start."""
        try:
            self.walk_back()
            self.states_are_those_of_the_reference()
            assert self.everything() == self.start
        finally:
            super().teardown()


@pytest.mark.django_db
def test_any_order_of_acts_and_undos() -> None:
    run_state_machine_as_test(
        WalkedBack,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=20,
            deadline=None,
            # The same sequences each time, so that a run can't fail by chance; by hand, with
            # COUNTERCLAIM_EXAMPLES, others are tried.
            derandomize="COUNTERCLAIM_EXAMPLES" not in os.environ,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
@pytest.mark.parametrize("seed", DAYS)
def test_a_long_day_is_walked_back(seed: int) -> None:
    desk = WalkedBack()
    try:
        desk.work(seed, changes=60)
        desk.states_are_those_of_the_reference()
        desk.no_rule_is_broken()
    finally:
        desk.teardown()
