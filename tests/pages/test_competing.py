"""What may compete with a claim: proposed where one links, accepted with its reasons, dismissed."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import blind, purge, undo
from claims.models import Change, Claim, Dismissal, Incident, Link
from claims.records import ClaimStatus, Relation
from claims.suggester.competing import ENGINE
from tests import factories
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words
from tests.pages.proposing import Toll, a_toll, number, panel, press, proposed
from tests.pages.raid import Raid, settle

pytestmark = pytest.mark.one_database


@pytest.fixture
def toll(analyst: Person) -> Toll:
    return a_toll(analyst)


def test_the_first_proposal_is_told_with_its_signs(analyst: Person, toll: Toll) -> None:
    (found,) = proposed(panel(analyst, toll.few))
    assert "“" not in words(select(panel(analyst, toll.few), ".proposed b")[0])
    assert "same incident; 25 killed against 55 killed" in found
    assert "Link: contradicts, over number" in found
    assert proposed(panel(analyst, toll.few, q="killed")) == []  # one looks for another


def test_a_proposal_becomes_a_link_that_says_where_it_is_from(analyst: Person, toll: Toll) -> None:
    press(analyst, panel(analyst, toll.few), "Link: contradicts")
    link = Link.objects.get()
    assert (link.from_claim, link.to_claim) == (toll.few, toll.many)
    assert (link.relation, link.basis) == ("contradicts", "number")
    assert link.note == f"Proposed by {ENGINE}: same incident; 25 killed against 55 killed."
    assert proposed(panel(analyst, toll.few)) == []
    undo.undo(analyst.actor, Change.objects.latest("id"))
    assert not Link.objects.kept().exists()
    assert len(proposed(panel(analyst, toll.few))) == 1


def test_a_link_can_begin_at_the_other_claim(analyst: Person) -> None:
    raid = Raid(analyst)
    says = raid.claim(raid.agency, "Iraqi jets killed dozens")
    denies = raid.claim(raid.command, "Iraqi jets killed dozens", polarity="denies")
    press(analyst, panel(analyst, says), "Link: it explicitly rejects this one")
    link = Link.objects.get()
    assert (link.from_claim, link.to_claim, link.relation) == (denies, says, "denies")


def test_what_was_dismissed_is_not_proposed_again(analyst: Person, toll: Toll) -> None:
    page = panel(analyst, toll.few)
    press(analyst, page, "Not these two")
    press(analyst, page, "Not these two")  # pressed twice, it is one act
    assert (
        Change.objects.filter(action="proposal.dismiss").count() == Dismissal.objects.count() == 1
    )
    assert proposed(panel(analyst, toll.few)) == []
    assert proposed(panel(analyst, toll.many)) == []
    change = Change.objects.latest("id")
    assert change.action == "proposal.dismiss"
    assert set(change.topics.values_list("object_id", flat=True)) == {toll.few.pk, toll.many.pk}
    undone = undo.undo(analyst.actor, change)
    assert len(proposed(panel(analyst, toll.many))) == 1
    undo.undo(analyst.actor, undone)
    assert proposed(panel(analyst, toll.many)) == []


def test_a_purge_takes_the_words_out_of_what_was_dismissed(
    analyst: Person, owner: Person, toll: Toll
) -> None:
    press(analyst, panel(analyst, toll.few), "Not these two")
    purge.purge(owner.actor, toll.few, toll.few.version, "It names somebody.")
    assert "25 were killed" not in Change.objects.get(action="proposal.dismiss").summary


def test_with_htmx_the_panel_stays_and_goes_on(analyst: Person, toll: Toll) -> None:
    where = reverse("proposal-dismiss", args=[analyst.desk.slug])
    data = {"noun": "claim", "one": toll.few.uid, "other": toll.many.uid}
    answer = analyst.client.post(where, data, headers={"HX-Request": "true", "HX-Target": "panel"})
    assert answer.status_code == 200
    assert select(parsed(answer), "#link-form")
    assert "Dismissed" in answer["HX-Trigger"]


def test_what_is_no_proposal_is_said(analyst: Person, toll: Toll) -> None:
    data = {"other": str(uuid.uuid4()), "relation": "likes"}
    where = reverse("proposal-link", args=[analyst.desk.slug, toll.few.uid])
    answer = analyst.client.post(where, data, follow=True)
    assert "That is no proposal" in answer.content.decode()
    where = reverse("proposal-dismiss", args=[analyst.desk.slug])
    answer = analyst.client.post(where, data, follow=True)
    assert "That is no proposal" in answer.content.decode()
    assert not Link.objects.exists()


def test_a_link_that_a_rule_forbids_is_refused_with_the_reason(analyst: Person, toll: Toll) -> None:
    where = reverse("proposal-link", args=[analyst.desk.slug, toll.few.uid])
    elsewhere = factories.a_claim(
        toll.few.article, "It rained", incident=factories.an_incident(analyst.desk)
    )
    data = {"other": str(elsewhere.uid), "relation": "contradicts"}
    answer = analyst.client.post(where, data, follow=True)
    assert "They are about different incidents" in answer.content.decode()


def test_claims_of_another_desk_are_not_there(analyst: Person, toll: Toll) -> None:
    far = factories.a_claim(factories.an_article(factories.a_workspace()))
    where = reverse("proposal-link", args=[analyst.desk.slug, toll.few.uid])
    data = {"other": str(far.uid), "relation": "contradicts"}
    assert analyst.client.post(where, data).status_code == 404
    where = reverse("proposal-dismiss", args=[analyst.desk.slug])
    data = {"noun": "claim", "one": str(toll.few.uid), "other": str(far.uid)}
    assert analyst.client.post(where, data).status_code == 404


def test_who_works_blind_is_proposed_nothing_of_others(
    analyst: Person, reviewer: Person, toll: Toll
) -> None:
    own = factories.a_claim(
        toll.few.article, "25 were killed", incident=toll.incident, annotator=analyst.user
    )
    number(own, 30)
    assert len(proposed(panel(analyst, own))) == 2
    blind.set_readers(reviewer.actor, toll.few.article, [analyst.user])
    assert proposed(panel(analyst, own)) == []


def test_drafts_and_repeats_are_not_proposed(analyst: Person, toll: Toll) -> None:
    Claim.objects.filter(pk=toll.many.pk).update(status=ClaimStatus.WITHDRAWN.value)
    assert proposed(panel(analyst, toll.few)) == []
    Claim.objects.filter(pk=toll.many.pk).update(status=ClaimStatus.SUBMITTED.value)
    factories.a_link(toll.many, Relation.RESTATES, toll.other)
    assert proposed(panel(analyst, toll.few)) == []


def incident_page(person: Person, incident: Incident) -> Any:
    return parsed(person.client.get(incident.get_absolute_url()))


def test_an_incident_has_its_proposals(analyst: Person, viewer: Person, toll: Toll) -> None:
    page = incident_page(analyst, toll.incident)
    (section,) = select(page, "#proposed")
    assert "May compete" in words(section)
    assert "same incident; 55 killed against 25 killed" in words(section)
    assert select(incident_page(viewer, toll.incident), "#proposed") == []
    answer = press(analyst, page, "Link: contradicts")
    assert answer["Location"].endswith("#proposed")
    assert select(incident_page(analyst, toll.incident), "#proposed") == []


def test_what_is_told_already_is_not_proposed_there(analyst: Person) -> None:
    raid = Raid(analyst)
    settle(raid.incident)
    told = "against air strike"
    assert told in words(incident_page(analyst, raid.incident))
    raid.file_all()  # they hold different answers now
    assert told not in words(incident_page(analyst, raid.incident))


def test_dismissed_on_the_page_of_the_incident(analyst: Person, toll: Toll) -> None:
    press(analyst, incident_page(analyst, toll.incident), "Not these two")
    assert select(incident_page(analyst, toll.incident), "#proposed") == []


def test_many_claims_cost_no_more_queries(analyst: Person, toll: Toll) -> None:
    address = reverse("link-new", args=[analyst.desk.slug, toll.few.uid])
    analyst.client.get(address)

    def asked(where: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert analyst.client.get(where).status_code == 200
        return len(seen)

    page = toll.incident.get_absolute_url()
    few = asked(address), asked(page)
    for count in range(60, 71):
        claim = factories.a_claim(toll.few.article, "55 were killed", incident=toll.incident)
        number(claim, count)
    settle(toll.incident)
    assert (asked(address), asked(page)) == few
