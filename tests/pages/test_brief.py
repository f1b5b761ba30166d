"""The brief: an incident as a document, each claim and source by its number."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Incident
from claims.records import Extent, Relation, Stance
from tests import factories
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words

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
