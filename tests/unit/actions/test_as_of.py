"""An incident as it was: after any acts and undos, each moment is found again as it stood."""

from __future__ import annotations

import datetime as dt
import os
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from claims.actions import claim as claims
from claims.actions import incident as incidents
from claims.actions import search
from claims.actions import source as sources
from claims.actions.as_of import Table, first_after, rows_before
from claims.actions.as_of_state import bearing, head
from claims.actions.journal import Actor
from claims.actions.rows import plain
from claims.actions.spans import SpanInput
from claims.dispute import resolve
from claims.models import (
    Article,
    Change,
    Claim,
    Figure,
    Filing,
    Incident,
    Link,
    Position,
    Question,
    Source,
    Span,
)
from claims.models.dispute_rows import load
from claims.records import SpanRole
from tests import factories
from tests.unit.actions.desk import NUMBER, chosen
from tests.unit.actions.test_undo_any_order import WalkedBack as Busy

pytestmark = pytest.mark.django_db

Picture = dict[str, dict[int, Any]]
WORDS = SpanInput(SpanRole.CONTENT, 0, 8)


def picture(incident: Incident) -> Picture:
    """The incident's rows as they stand, read from the tables and not from the journal."""
    of: dict[type[models.Model], Any] = {
        Incident: {"pk": incident.pk},
        Claim: {"incident": incident},
        Question: {"incident": incident},
        Link: {"incident": incident},
        Position: {"question__incident": incident},
        Span: {"claim__incident": incident},
        Figure: {"claim__incident": incident},
        Filing: {"claim__incident": incident, "position__question__incident": incident},
    }
    return {
        model._meta.model_name or "": {
            row.pk: plain(row) for row in model._default_manager.filter(**lookups)
        }
        for model, lookups in of.items()
    }


def seen(found: dict[str, dict[int, Any]]) -> Picture:
    """Of what was read back, the tables of a picture."""
    own = "incident claim question link position span figure filing".split()
    return {table: found[table] for table in own}


class Desk(Busy):
    """The busy desk of the undo tests, at which a picture is taken before every act."""

    def __init__(self) -> None:
        super().__init__()
        self.pictures: list[tuple[int, Picture, Any]] = []
        self.other = factories.an_incident(self.incident.workspace)
        search.rebuild()

    def attempt(self, act: Any, *needed: object) -> Change | None:
        last = Change.objects.order_by("-id").values_list("id", flat=True).first() or 0
        before = picture(self.incident), resolve(load(self.incident.pk))
        change = super().attempt(act, *needed)
        if change is not None:
            self.pictures.append((last, *before))
        return change

    @chosen(which=NUMBER, there=NUMBER)
    def move_a_claim(self, which: int, there: int) -> None:
        claim = self.one(Claim, which)
        about = [None, self.incident, self.other][there % 3]
        self.attempt(
            lambda: claims.edit(
                self.people[0], claim, claim.version, {"incident": about}, consent=True
            ),
            claim,
        )

    @chosen(which=NUMBER, side=NUMBER)
    def rename_a_source(self, which: int, side: int) -> None:
        row = Source.objects.get(pk=self.speakers[which % 4].pk)
        self.attempt(
            lambda: sources.edit(self.people[0], row, row.version, {"name": f"Name {side}"})
        )

    def teardown(self) -> None:
        """Opens each moment again; then all is walked back, as in the undo tests."""
        try:
            self.open_each_moment()
        finally:
            super().teardown()

    def open_each_moment(self) -> None:
        for last, rows, state in self.pictures:
            change = Change.objects.filter(id__gt=last).order_by("id").first()
            then = rows_before(self.incident, change)
            assert seen(then) == rows
            assert resolve(bearing(self.incident.pk, then)) == state


def test_every_moment_of_any_order_of_acts_is_found_again() -> None:
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=int(os.environ.get("COUNTERCLAIM_EXAMPLES", "4")),
            stateful_step_count=20,
            deadline=None,
            derandomize="COUNTERCLAIM_EXAMPLES" not in os.environ,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture
def actor(db: None) -> Actor:
    desk = factories.a_workspace()
    return Actor(desk, factories.a_membership(desk).user)


@pytest.fixture
def article(actor: Actor) -> Article:
    return factories.an_article(actor.workspace, publisher=factories.a_source(actor.workspace))


def since(actor: Actor, act: Any) -> Change:
    """The first change of what `act` does."""
    last = Change.objects.order_by("-id").values_list("id", flat=True).first() or 0
    act()
    change: Change = Change.objects.filter(id__gt=last).order_by("id")[0]
    return change


def test_a_claim_that_has_moved_on_is_found_as_it_was(actor: Actor, article: Article) -> None:
    here, there = (factories.an_incident(actor.workspace) for _ in range(2))
    values = {"source": factories.a_source(actor.workspace), "incident": here}
    claim = claims.create(
        actor, article, values, [WORDS], figures=[{"measure": "killed", "low": 3}]
    )
    before = picture(here)

    def moves_and_changes() -> None:
        moved = claims.edit(actor, claim, claim.version, {"incident": there})
        other = [SpanInput(SpanRole.CONTENT, 13, 19)]
        claims.edit(actor, moved, moved.version, {"note": "n"}, spans=other, figures=[])

    change = since(actor, moves_and_changes)
    assert picture(here)["claim"] == {}
    assert seen(rows_before(here, change)) == before
    assert rows_before(here, None)["claim"] == {}


def test_sources_are_called_and_sided_as_they_were(actor: Actor, article: Article) -> None:
    desk = actor.workspace
    side = factories.a_side(desk, name="The first side")
    above = factories.a_source(desk, name="The ministry")
    speaker = factories.a_source(desk, name="The command", side=side, affiliation=above)
    incident = factories.an_incident(desk)
    factories.a_claim(article, incident=incident, source=speaker)

    def all_is_other() -> None:
        sources.edit(actor, above, 1, {"name": "The government"})
        sources.edit(actor, speaker, 1, {"name": "JOC", "side": None, "affiliation": None})
        sources.delete_side(actor, side)

    then = rows_before(incident, since(actor, all_is_other))
    assert {row["name"] for row in then["source"].values()} >= {"The command", "The ministry"}
    assert [row["name"] for row in then["side"].values()] == ["The first side"]
    assert head(speaker.pk, then["source"]) == above.pk
    now = rows_before(incident, None)
    assert head(speaker.pk, now["source"]) == speaker.pk
    assert now["side"] == {}


def test_what_was_not_there_yet_is_not_there(actor: Actor) -> None:
    def made() -> None:
        incidents.create(actor, {"title": "A strike"})

    change = since(actor, made)
    incident = Incident.objects.get()
    then = rows_before(incident, change)
    assert then["incident"] == {}
    assert resolve(bearing(incident.pk, then)).incident.live_claims == 0


def test_a_moment_begins_with_the_first_change_after_it(actor: Actor) -> None:
    for title in ("First", "Second"):
        incidents.create(actor, {"title": title})
    first, second = Change.objects.order_by("id")
    assert first_after(actor.workspace, first.at) == second
    assert first_after(actor.workspace, first.at - dt.timedelta(seconds=1)) == first
    assert first_after(actor.workspace, second.at) is None
    elsewhere = factories.a_workspace()
    assert first_after(elsewhere, first.at - dt.timedelta(seconds=1)) is None


def test_a_ring_of_affiliations_has_one_head() -> None:
    table: Table = {1: {"affiliation_id": 3}, 2: {"affiliation_id": 1}, 3: {"affiliation_id": 2}}
    assert {head(id, table) for id in table} == {1}


def test_many_claims_cost_as_many_queries_as_few(
    actor: Actor, article: Article, django_assert_num_queries: Any
) -> None:
    def an_incident(claims_: int) -> tuple[Incident, Change]:
        incident = factories.an_incident(actor.workspace)
        made = [
            claims.create(
                actor,
                article,
                {"source": factories.a_source(actor.workspace), "incident": incident},
                [SpanInput(SpanRole.CONTENT, number, number + 4)],
            )
            for number in range(claims_)
        ]

        def all_go() -> None:
            for claim in made:
                claims.delete(actor, claim, 1)

        return incident, since(actor, all_go)

    few, many = an_incident(1), an_incident(11)
    with CaptureQueriesContext(connection) as captured:
        rows_before(*few)
    with django_assert_num_queries(len(captured)):
        found = rows_before(*many)
    assert len(found["span"]) == 11
