"""The review queue: lanes, filters, and taking work on."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import assessment as verdicts
from claims.actions import claim as claims
from claims.actions.assessment import Finding
from claims.actions.link import FilingInput
from claims.actions.spans import SpanInput
from claims.models import Claim, Incident
from claims.records import Confidence, Relation, SpanRole, State, Verdict
from tests import factories
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words

WORDS = [SpanInput(SpanRole.CONTENT, 0, 8)]


def queue(person: Person, lane: str = "disputed", **filters: str) -> Any:
    answer = person.client.get(
        reverse("review", args=[person.desk.slug]), {"lane": lane, **filters}
    )
    assert answer.status_code == 200
    return parsed(answer)


def titles(page: Any) -> list[str]:
    return [words(one) for one in select(page, "ol.queue h2")]


def said(person: Person, incident: Incident, **more: Any) -> Claim:
    return claims.create(
        person.actor,
        factories.an_article(person.desk),
        {"source": factories.a_source(person.desk), "incident": incident},
        WORDS,
        **more,
    )


def a_dispute(person: Person, title: str, **fields: Any) -> Incident:
    incident = factories.an_incident(person.desk, title=title, **fields)
    first = said(person, incident)
    said(person, incident, competes_with=[claims.LinkInput(first.uid, Relation.CONTRADICTS)])
    incident.refresh_from_db()
    return incident


def decided(person: Person, incident: Incident, **more: Any) -> Any:
    finding = Finding(Verdict.UNRESOLVED, Confidence.LOW, "Too little is known.", **more)
    return verdicts.record(person.actor, incident, finding)


def test_an_empty_queue_says_what_would_appear(viewer: Person) -> None:
    for lane in ("disputed", "changed", "second", "severe", "no such lane"):
        assert "Nothing here." in words(queue(viewer, lane))


def test_what_is_disputed_is_in_front_and_counted_in_the_navigation(analyst: Person) -> None:
    a_dispute(analyst, "Small")
    big = a_dispute(analyst, "Big")
    other = Claim.objects.filter(incident=big).first()
    assert other is not None
    said(analyst, big, competes_with=[claims.LinkInput(other.uid, Relation.CONTRADICTS)])
    said(analyst, factories.an_incident(analyst.desk, title="Quiet"))
    page = queue(analyst)
    assert titles(page) == ["Big", "Small"]
    (badge,) = select(page, "nav a span.badge.disputed")
    assert words(badge) == "in dispute: 2"


def test_a_dispute_beside_the_key_question_is_in_the_queue_too(analyst: Person) -> None:
    incident = factories.an_incident(analyst.desk, title="A raid")
    cause = factories.a_question(incident, text="What was it?", is_key=True)
    market = factories.a_question(incident, text="Was a market hit?", exclusive=True)
    sure = factories.a_position(cause, text="A strike")
    yes, no = (factories.a_position(market, text=text) for text in ("Yes", "No"))
    said(analyst, incident, filings=[FilingInput(sure), FilingInput(yes)])
    said(analyst, incident, filings=[FilingInput(no)])
    incident.refresh_from_db()
    assert incident.state == State.UNCORROBORATED
    page = queue(analyst)
    assert titles(page) == ["A raid"]
    (badge,) = select(page, "ol.queue header .badge")
    assert words(badge) == "one source; disputed, though not key: was a market hit"
    assert words(select(page, "nav a span.badge.disputed")[0]) == "in dispute: 1"
    shown = parsed(analyst.client.get(incident.get_absolute_url()))
    assert words(select(shown, ".stays .badge")[0]) == words(badge)


def test_a_verdict_stands_beside_the_state_and_what_changed_since_has_a_lane(
    analyst: Person, reviewer: Person
) -> None:
    incident = a_dispute(analyst, "A raid")
    decided(reviewer, incident)
    assert "unresolved" in words(queue(analyst))
    assert titles(queue(analyst, "changed")) == []
    said(analyst, incident)
    page = queue(analyst, "changed")
    assert titles(page) == ["A raid"]
    assert "Evidence changed since: 1 change" in words(page)
    assert "analyst added a claim" in words(page)


def test_a_second_reviewer_does_not_see_the_first_verdict(
    analyst: Person, reviewer: Person, owner: Person
) -> None:
    incident = a_dispute(analyst, "A raid")
    decided(reviewer, incident, wants_second=True)
    (row,) = select(queue(owner, "second"), "ol.queue > li")
    assert "A verdict is recorded; it is shown once you have decided." in words(row)
    assert "unresolved" not in words(row)
    assert "reviewer" not in words(row)


def test_no_filter_finds_what_a_second_reviewer_must_not_see(
    analyst: Person, reviewer: Person, owner: Person
) -> None:
    decided(reviewer, a_dispute(analyst, "A raid"), wants_second=True)
    assert titles(queue(owner, verdict="unresolved")) == []
    assert titles(queue(reviewer, verdict="unresolved")) == ["A raid"]
    assert titles(queue(analyst, verdict="unresolved")) == ["A raid"]


def test_one_act_beside_two_verdicts_is_one_change_and_the_newest_are_listed(
    analyst: Person, reviewer: Person, owner: Person
) -> None:
    incident = a_dispute(analyst, "A raid")
    decided(reviewer, incident)
    decided(owner, incident)
    said(analyst, incident)
    assert "Evidence changed since: 1 change" in words(queue(analyst, "changed"))
    for _ in range(6):
        said(analyst, incident)
    page = queue(analyst, "changed")
    assert "Evidence changed since: 7 changes" in words(page)
    assert len(select(page, "ol.queue details li")) == 6
    assert "and 2 earlier" in words(page)


def test_one_source_that_tells_of_deaths_has_a_lane_of_its_own(analyst: Person) -> None:
    severe = factories.an_incident(analyst.desk, title="Severe")
    figure = {"measure": "killed", "status": "civilian", "low": 3}
    said(analyst, severe, figures=[figure])
    denied = factories.an_incident(analyst.desk, title="Denied")
    denial = said(analyst, denied, figures=[figure])
    Claim.objects.filter(pk=denial.pk).update(polarity="denies")
    said(analyst, factories.an_incident(analyst.desk, title="Mild"))
    assert titles(queue(analyst, "severe")) == ["Severe"]


def test_filters_narrow_a_lane(analyst: Person, reviewer: Person) -> None:
    day = dt.datetime(2016, 12, 7, tzinfo=dt.UTC)
    a_dispute(analyst, "Here", place="Valley", occurred_from=day, assignee=analyst.user)
    there = a_dispute(analyst, "There")
    decided(reviewer, there)
    for filters in (
        {"place": "vall"},
        {"since": "2016-12-07", "until": "2016-12-07"},
        {"assignee": str(analyst.user.pk)},
        {"verdict": "none"},
    ):
        assert titles(queue(analyst, **filters)) == ["Here"], filters
    assert titles(queue(analyst, verdict="unresolved")) == ["There"]
    assert titles(queue(analyst, verdict="established")) == []
    assert "No incident of this lane fits." in words(queue(analyst, verdict="junk"))


def test_an_incident_is_taken_on_and_given_back(analyst: Person) -> None:
    incident = a_dispute(analyst, "A raid")
    where = reverse("review-assign", args=[analyst.desk.slug, incident.uid])
    analyst.client.post(where, {"version": incident.version})
    incident.refresh_from_db()
    assert incident.assignee == analyst.user
    analyst.client.post(where, {"version": incident.version - 1, "drop": "1"})
    incident.refresh_from_db()
    assert incident.assignee == analyst.user
    analyst.client.post(where, {"version": incident.version, "drop": "1", "next": "//evil.example"})
    incident.refresh_from_db()
    assert incident.assignee is None


def test_much_costs_as_many_queries_as_little(analyst: Person, reviewer: Person) -> None:
    def more() -> None:
        incident = a_dispute(analyst, "A raid")
        decided(reviewer, incident)
        said(analyst, incident)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            reviewer.client.get(reverse("review", args=[analyst.desk.slug]))
        return len(seen)

    more()
    few = queries()
    for _ in range(4):
        more()
    assert queries() == few
