"""The brief: an incident as a document, each claim and source by its number."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Incident
from claims.records import Extent, Relation, Stance
from tests import factories
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words

pytestmark = pytest.mark.one_database

TEXT = "A depot burnt, officials said.\nThe army rejected that civilians had been targeted."


def brief(person: Person, incident: Incident) -> Any:
    answer = person.client.get(reverse("incident-brief", args=[person.desk.slug, incident.uid]))
    assert answer.status_code == 200
    return parsed(answer)


def test_an_incident_without_claims_says_so(viewer: Person) -> None:
    page = words(brief(viewer, factories.an_incident(viewer.desk)))
    assert "No questions yet." in page
    assert "No claim is recorded yet." in page


def test_claims_and_sources_are_numbered_and_found_by_their_numbers(analyst: Person) -> None:
    incident = factories.an_incident(analyst.desk, title="Strikes")
    question = factories.a_question(incident, text="Were civilians killed?")
    yes = factories.a_position(question, text="Yes")
    outlet = factories.a_source(analyst.desk, name="Valley Wire")
    article = factories.an_article(
        analyst.desk, TEXT, title="A depot burns", publisher=outlet, url="https://example.org/depot"
    )
    officials = factories.a_source(analyst.desk, name="Officials")
    army = factories.a_source(analyst.desk, name="Army")
    burnt = factories.a_claim(article, "A depot burnt", source=officials, incident=incident)
    denial = factories.a_claim(
        article,
        "civilians had been targeted",
        source=army,
        incident=incident,
        polarity="denies",
        live=True,
        stands=True,
    )
    factories.a_filing(denial, yes, stance=Stance.REJECTS, extent=Extent.IN_PART)
    factories.a_link(denial, Relation.RESPONDS_TO, burnt)
    page = brief(analyst, incident)
    (asked,) = select(page, "section.asked")
    assert words(asked).endswith(
        "Yes Army [S1] rejects it in part: says it is not so: civilians had been targeted [2]"
    )
    first, second = select(page, "ol.numbered > li")
    assert (first.get("id"), second.get("id")) == ("claim-1", "claim-2")
    assert "As reported by Valley Wire, “A depot burns”" in words(first)
    assert "paragraph 2" in words(second)
    assert "https://example.org/depot" in words(first)
    assert f"/claims/{burnt.uid}/" in words(first)
    assert "Army [2] responds to Officials [1]" in words(page)
    # Each number that is named is there to be looked up.
    targets = {a.get("href")[1:] for a in select(page, "a") if a.get("href", "").startswith("#")}
    ids = {one.get("id") for one in select(page, "li")}
    assert {one for one in targets if re.match(r"(claim|source)-", one)} <= ids


def test_ten_reports_of_a_statement_are_one_line(analyst: Person) -> None:
    incident = factories.an_incident(analyst.desk)
    yes = factories.a_position(factories.a_question(incident, text="Was it hit?"), text="Yes")
    army = factories.a_source(analyst.desk, name="Army")
    claims = [
        factories.a_claim(
            factories.an_article(analyst.desk, TEXT),
            "A depot burnt",
            source=army,
            incident=incident,
        )
        for _ in range(3)
    ]
    for claim in claims:
        factories.a_filing(claim, yes)
    for repeat in claims[1:]:
        factories.a_link(repeat, Relation.RESTATES, claims[0])
    (asked,) = select(brief(analyst, incident), "section.asked dl")
    assert words(asked) == "Yes Army [S1]: A depot burnt [1] repeated in [2], [3]"


def test_what_does_not_count_is_marked(analyst: Person) -> None:
    incident = factories.an_incident(analyst.desk)
    article = factories.an_article(analyst.desk, TEXT)
    factories.a_claim(article, "A depot burnt", incident=incident, kind="demand")
    page = words(brief(analyst, incident))
    assert "(a demand)" in page
    assert "1 of 1 do not count" in page


def test_many_claims_cost_as_many_queries_as_one(analyst: Person) -> None:
    incident = factories.an_incident(analyst.desk)
    question = factories.a_question(incident)

    def more() -> None:
        article = factories.an_article(analyst.desk, TEXT)
        claim = factories.a_claim(article, "A depot burnt", incident=incident)
        factories.a_filing(claim, factories.a_position(question))

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            brief(analyst, incident)
        return len(seen)

    more()
    few = queries()
    for _ in range(5):
        more()
    assert queries() == few


def test_verdicts_stand_side_by_side_with_what_they_rest_on(analyst: Person) -> None:
    incident = factories.an_incident(analyst.desk)
    question = factories.a_question(incident, text="What burnt it?")
    factories.a_question(incident, text="Who was there?")
    fire = factories.a_position(question, text="A fire")
    medic = factories.a_source(analyst.desk, name="A medic")
    article = factories.an_article(analyst.desk, TEXT)
    claim = factories.a_claim(article, "A depot burnt", source=medic, incident=incident)
    change = factories.a_change(analyst.desk, summary="withdrew a claim")
    found: dict[str, Any] = {
        "verdict": "leans",
        "position": fire,
        "likelihood": "likely",
        "rationale": "One saw it.",
    }
    first = factories.an_assessment(question, change, evidence_changed=True, **found)
    first.rests_on.create(workspace=analyst.desk, claim=claim)
    factories.an_assessment(
        question, second_of=first, agrees=False, blind=True, rationale="Nobody saw it."
    )
    page = brief(analyst, incident)
    (judged,) = select(page, ".judged")
    one, other = select(judged, ".opinions > .told")
    assert words(one).startswith("leans to: A fire Verdict of user-")
    assert "One saw it. Rests on A medic [1]." in words(one)
    assert "Evidence changed since:" in words(one)
    assert "withdrew a claim" in words(one)
    assert words(other).startswith("unresolved Second opinion of user-")
    assert "dissents, decided without seeing the first" in words(other)
    sentences = [words(p) for p in select(judged, "p")]
    assert "Likelihood that it is so: likely, 55–80 %." in sentences
    assert not any("onfidence" in told and "ikelihood" in told for told in sentences)
    assert "No verdict yet on: Who was there? · the incident as a whole" in words(page)


def test_a_verdict_that_a_second_reviewer_must_not_see_is_left_out(
    reviewer: Person, viewer: Person
) -> None:
    incident = factories.an_incident(reviewer.desk)
    factories.an_assessment(incident, wants_second=True, rationale="A secret reason.")
    page = words(brief(reviewer, incident))
    assert "left out of this copy: a second opinion is awaited" in page
    assert "A secret reason." not in page
    assert "A secret reason." in words(brief(viewer, incident))


def test_figures_stand_in_tables_and_statements_under_their_days(analyst: Person) -> None:
    incident = factories.an_incident(analyst.desk)
    side = factories.a_side(analyst.desk, name="Doctors")
    medic = factories.a_source(analyst.desk, name="A medic", side=side)
    article = factories.an_article(analyst.desk, TEXT, published_on="2016-12-08")
    of_medic: dict[str, Any] = {"source": medic, "incident": incident}
    claim = factories.a_claim(article, "A depot burnt", live=True, stands=True, **of_medic)
    factories.a_figure(claim, group_as_stated="workers")
    demand = factories.a_claim(article, "officials said", kind="demand", stands=True, **of_medic)
    factories.a_figure(demand, low=3, high=3, as_stated="three")
    page = brief(analyst, incident)
    (row,) = select(page, "table.counted tbody tr")
    assert words(row) == "A medic Doctors “dozens” 24 or more workers not said [1]"
    assert "A medic [2]: killed: “three”, 3 (in a demand or an opinion)" in words(page)
    (day,) = select(page, ".dated > li")
    assert words(day) == (
        "8 December 2016 (published) A medic: A depot burnt [1]"
        "A medic (a demand): officials said [2]"
    )
