"""Claims that change their incident together, and what goes with them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from claims.actions.errors import Conflict, NeedsConsent
from claims.actions.journal import Actor
from claims.actions.move import Moving, move
from claims.models import Change, Claim, Incident
from claims.records import Relation, Role, State
from tests import factories
from tests.unit.actions.everything import everything, settle, there_and_back
from tests.unit.actions.reference import assert_as_the_reference_says

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> Actor:
    desk = factories.a_workspace()
    return Actor(desk, factories.a_membership(desk, factories.a_user("one"), Role.OWNER).user)


@pytest.fixture
def here(actor: Actor) -> Incident:
    return factories.an_incident(actor.workspace)


@pytest.fixture
def there(actor: Actor) -> Incident:
    return factories.an_incident(actor.workspace)


def said(incident: Incident | None, actor: Actor, **fields: Any) -> Claim:
    return factories.a_claim(factories.an_article(actor.workspace), incident=incident, **fields)


def moved(actor: Actor, to: Incident | None, *claims: Claim, consent: bool = False) -> Moving:
    return move(actor, [(claim.uid, claim.version) for claim in claims], to, consent=consent)


def test_links_among_those_that_move_go_along(
    actor: Actor, here: Incident, there: Incident
) -> None:
    one, two, stays = (said(here, actor) for _ in range(3))
    link = factories.a_link(one, Relation.CONTRADICTS, two)
    settle()
    before = everything()
    moved(actor, there, one, two)
    for row in (one, two, link, stays):
        row.refresh_from_db()
    assert {one.incident, two.incident, link.incident} == {there}
    assert stays.incident == here
    assert Change.objects.get().summary == f"moved 2 claims to {there}"
    for incident in (here, there):
        assert_as_the_reference_says(incident.pk)
    assert Incident.objects.get(pk=there.pk).state == State.DISPUTED.value
    there_and_back(actor, before)


def test_it_asks_before_links_and_filings_end(
    actor: Actor, here: Incident, there: Incident
) -> None:
    one, stays = said(here, actor), said(here, actor)
    link = factories.a_link(stays, Relation.DENIES, one)
    answer = factories.a_position(factories.a_question(here, text="Why?"), text="So")
    filing = factories.a_filing(one, answer)
    settle()
    before = everything()
    with pytest.raises(NeedsConsent) as caught:
        moved(actor, there, one)
    assert everything() == before
    assert caught.value.losses == [
        f"This would end: {stays.source} explicitly rejects {one.source}.",
        f"This would end: {one.source} filed under “Why?”: holds: So.",
    ]
    assert moved(actor, there, one, consent=True).ends == [link, filing]
    for incident in (here, there):
        assert_as_the_reference_says(incident.pk)
    there_and_back(actor, before)


def test_a_filing_follows_to_the_same_answer_of_the_same_question(
    actor: Actor, here: Incident, there: Incident
) -> None:
    one = said(here, actor)
    answers = [
        factories.a_position(factories.a_question(incident, text="Why?"), text="So")
        for incident in (here, there)
    ]
    filing = factories.a_filing(one, answers[0])
    settle()
    before = everything()
    (told,) = moved(actor, there, one).told
    assert told.startswith(f"{one.source} stays filed under “Why?”: holds: So, as {there.code} has")
    filing.refresh_from_db()
    assert filing.position == answers[1]
    assert_as_the_reference_says(there.pk)
    there_and_back(actor, before)


def test_two_filings_do_not_become_one_unasked(
    actor: Actor, here: Incident, there: Incident
) -> None:
    one = said(here, actor)
    for _ in range(2):
        factories.a_filing(
            one, factories.a_position(factories.a_question(here, text="Why?"), text="So")
        )
    factories.a_position(factories.a_question(there, text="Why?"), text="So")
    with pytest.raises(NeedsConsent):
        moved(actor, there, one)
    moved(actor, there, one, consent=True)
    assert one.filings.kept().count() == 1


def test_claims_can_be_about_no_incident(actor: Actor, here: Incident) -> None:
    one, two = said(here, actor), said(here, actor)
    link = factories.a_link(one, Relation.CORROBORATES, two)
    settle()
    before = everything()
    with pytest.raises(NeedsConsent):
        moved(actor, None, one, two)
    moved(actor, None, one, two, consent=True)
    link.refresh_from_db()
    one.refresh_from_db()
    assert link.deleted_at
    assert one.incident is None
    assert one.live
    there_and_back(actor, before)
    settle()
    one.refresh_from_db()
    assert moved(actor, here, one).claims == []


def test_claims_of_several_incidents_move_at_once(
    actor: Actor, here: Incident, there: Incident
) -> None:
    target = factories.an_incident(actor.workspace)
    claims = [said(incident, actor) for incident in (here, there, None, target)]
    settle()
    before = everything()
    assert len(moved(actor, target, *claims).claims) == 3
    assert target.claims.kept().count() == 4
    there_and_back(actor, before)


def test_what_changed_meanwhile_is_not_moved(actor: Actor, here: Incident, there: Incident) -> None:
    one = said(here, actor)
    with pytest.raises(Conflict):
        move(actor, [(one.uid, 2)], there)
    with pytest.raises(Claim.DoesNotExist):
        move(actor, [(uuid4(), 1)], there)
    with pytest.raises(ValidationError, match="at least one"):
        move(actor, [], there)
    there.deleted_at = factories.NOON
    there.save()
    with pytest.raises(Conflict):
        moved(actor, there, one)
    assert not Change.objects.exists()
