"""What webhooks are told: with the act, in its transaction, and never what must not be seen yet."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from claims.actions import assessment as verdicts
from claims.actions import claim as claims
from claims.actions import incident as incidents
from claims.actions import link as links
from claims.actions import undo, webhook_events
from claims.actions.assessment import Finding
from claims.actions.claim_bulk import Draft, create_all
from claims.actions.comment import create as comment
from claims.actions.journal import Act, Actor
from claims.actions.link import FilingInput
from claims.actions.spans import SpanInput
from claims.actions.webhook_verdicts import Line, hidden_among
from claims.models import Article, Assessment, Claim, Delivery, Incident, Webhook, Workspace
from claims.records import (
    ClaimStatus,
    Confidence,
    Extent,
    Relation,
    Role,
    SpanRole,
    Stance,
    Verdict,
)
from tests import factories

pytestmark = pytest.mark.django_db

SPAN = SpanInput(SpanRole.CONTENT, 0, 26)


@pytest.fixture
def desk() -> Workspace:
    return factories.a_workspace(slug="desk")


@pytest.fixture
def webhook(desk: Workspace) -> Webhook:
    return factories.a_webhook(desk)


def seated(desk: Workspace, name: str) -> Actor:
    user = factories.a_user(name)
    factories.a_membership(desk, user, Role.REVIEWER)
    return Actor(desk, user)


@pytest.fixture
def one(desk: Workspace) -> Actor:
    return seated(desk, "one")


@pytest.fixture
def article(desk: Workspace) -> Article:
    return factories.an_article(desk, status="in_progress")


def told(webhook: Webhook | None = None) -> list[dict[str, Any]]:
    """What is to be sent, in order; and then it is not there any more."""
    rows = Delivery.objects.order_by("id")
    rows = rows.filter(webhook=webhook) if webhook else rows
    found = [json.loads(bytes(row.body)) for row in rows]
    rows.delete()
    return found


def names(webhook: Webhook | None = None) -> list[str]:
    return [one["event"] for one in told(webhook)]


def a_claim(actor: Actor, article: Article, **values: Any) -> Claim:
    values = {"source": factories.a_source(actor.workspace, name="The command")} | values
    return claims.create(actor, article, values, [SPAN])


def test_a_claim_from_its_making_to_its_return(
    one: Actor, article: Article, webhook: Webhook
) -> None:
    claim = a_claim(one, article)
    row = Delivery.objects.get()
    body = json.loads(bytes(row.body))
    assert body == {
        "event": "claim.created",
        "id": str(row.event_uid),
        "at": body["at"],
        "workspace": "desk",
        "data": {
            "id": str(claim.uid),
            "url": f"/api/v1/w/desk/claims/{claim.uid}/",
            "article": str(article.uid),
            "incident": None,
            "source": str(claim.source.uid),
            "source_name": "The command",
            "kind": "factual",
            "polarity": "asserts",
            "status": "submitted",
        },
    }
    assert body["at"].endswith("Z")
    assert resolve(body["data"]["url"]).url_name == "api-claim"
    told()
    claims.set_status(one, claim, 1, ClaimStatus.APPROVED)
    assert told()[0]["data"]["changed"] == ["status"]
    claims.add_span(one, claim, 2, SpanInput(SpanRole.CUE, 27, 31))
    assert [(b["event"], b["data"]["changed"]) for b in told()] == [("claim.changed", ["spans"])]
    claims.delete(one, claim, 3)
    assert names() == ["claim.deleted"]
    undo.undo(one, one.acts[-1])
    assert names() == ["claim.restored"]
    undo.undo(one, one.acts[0], consent=True)
    assert names() == ["claim.deleted"]


def test_a_link_and_the_state_that_it_moves(one: Actor, article: Article, webhook: Webhook) -> None:
    incident = factories.an_incident(one.workspace, title="Strike")
    sources = [factories.a_source(one.workspace) for _ in range(2)]
    pair = [a_claim(one, article, incident=incident, source=source) for source in sources]
    assert names() == ["claim.created", "incident.state_changed", "claim.created"]
    link = links.create(one, pair[0].uid, pair[1].uid, Relation.CONTRADICTS)
    first, second = told()
    assert first["event"] == "link.created"
    assert first["data"] == {
        "id": str(link.uid),
        "url": f"/api/v1/w/desk/links/{link.uid}/",
        "incident": str(incident.uid),
        "from_claim": str(pair[0].uid),
        "to_claim": str(pair[1].uid),
        "relation": "contradicts",
        "basis": "",
    }
    assert second["event"] == "incident.state_changed"
    assert second["data"] == {
        "id": str(incident.uid),
        "url": f"/api/v1/w/desk/incidents/{incident.uid}/",
        "code": incident.code,
        "title": "Strike",
        "was": "uncorroborated",
        "state": "disputed",
    }
    links.edit(one, link, 1, relation=Relation.CORROBORATES, basis="", note="")
    assert names() == ["link.changed", "incident.state_changed"]
    links.delete(one, link, 2)
    undo.undo(one, one.acts[-1])
    assert [name for name in names() if name.startswith("link")] == [
        "link.deleted",
        "link.restored",
    ]


def test_a_filing_tells_of_the_state_alone_and_other_acts_of_nothing(
    one: Actor, article: Article, webhook: Webhook
) -> None:
    incident = factories.an_incident(one.workspace)
    question = factories.a_question(incident, is_key=True)
    told()
    for name in ("The command", "The outlet"):
        source = factories.a_source(one.workspace, name=name)
        claim = a_claim(one, article, incident=incident, source=source)
        told()
        answer = FilingInput(factories.a_position(question), Stance.HOLDS, Extent.FULLY)
        links.file(one, claim.uid, answer)
    assert names() == ["incident.state_changed"]
    comment(one, claim, "Nobody else's business.")
    incidents.edit(one, incident, 1, {"title": "Other"})
    assert names() == []


def test_an_act_that_is_taken_back_tells_nothing(
    one: Actor, article: Article, webhook: Webhook
) -> None:
    with transaction.atomic():
        a_claim(one, article)
        assert Delivery.objects.count() == 1
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()
    assert not Claim.objects.exists()


def test_what_comes_and_goes_within_one_act_is_not_told(
    one: Actor, article: Article, webhook: Webhook
) -> None:
    with Act(one, "claim.create", "made and deleted a claim") as act:
        source = factories.a_source(one.workspace)
        claim = Claim(workspace=one.workspace, article=article, source=source, annotator=one.user)
        act.remove(act.add(claim))
    assert names() == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ["claim.created", "incident.state_changed"]),
        ({"tells_claims": False}, ["incident.state_changed"]),
        ({"tells_states": False}, ["claim.created"]),
        ({"active": False}, []),
        ({"stopped": "gone"}, []),
        ({"deleted_at": factories.NOON}, []),
    ],
)
def test_each_webhook_is_told_what_it_asks_for(
    one: Actor, article: Article, fields: dict[str, Any], expected: list[str]
) -> None:
    webhook = factories.a_webhook(one.workspace, **fields)
    factories.a_webhook(factories.a_workspace())
    a_claim(one, article, incident=factories.an_incident(one.workspace))
    assert names() == expected
    assert webhook.tells("link")


def finding(verdict: Verdict = Verdict.UNRESOLVED, **more: Any) -> Finding:
    return Finding(verdict, Confidence.LOW, "Secret reasons.", **more)


def test_a_verdict_is_told_and_withdrawn(one: Actor, webhook: Webhook) -> None:
    incident = factories.an_incident(one.workspace)
    verdict = verdicts.record(one, incident, finding(Verdict.LEANS))
    body = told()[0]
    assert body["event"] == "verdict.given"
    assert body["data"]["verdict"] == "leans"
    assert body["data"]["url"] == f"/api/v1/w/desk/assessments/{verdict.uid}/"
    assert "Secret" not in json.dumps(body)
    verdicts.withdraw(one, verdict)
    undo.undo(one, one.acts[-1])
    undo.undo(one, one.acts[0])
    assert names() == ["verdict.withdrawn", "verdict.given", "verdict.withdrawn"]


def test_a_verdict_that_awaits_a_second_opinion_is_not_told_before(
    one: Actor, desk: Workspace, webhook: Webhook
) -> None:
    question = factories.a_question(factories.an_incident(desk))
    first = verdicts.record(one, question, finding(wants_second=True))
    assert told()[0]["data"] == {
        "id": str(first.uid),
        "url": f"/api/v1/w/desk/assessments/{first.uid}/",
        "question": str(question.uid),
        "incident": str(question.incident.uid),
        "awaits_second": True,
    }
    second = verdicts.record(seated(desk, "two"), question, finding())
    given, shown = told()
    assert (given["event"], given["data"]["id"]) == ("verdict.given", str(second.uid))
    assert (given["data"]["second_of"], given["data"]["agrees"]) == (str(first.uid), True)
    assert (shown["event"], shown["data"]["id"]) == ("verdict.shown", str(first.uid))
    assert shown["data"]["verdict"] == "unresolved"
    verdicts.ask(one, first, wanted=False)
    assert names() == []


def test_a_first_verdict_is_told_when_no_second_is_asked_for_any_more(
    one: Actor, desk: Workspace, webhook: Webhook
) -> None:
    first = verdicts.record(one, factories.an_incident(desk), finding(wants_second=True))
    verdicts.ask(one, first, wanted=False)
    assert [b["event"] for b in told() if "verdict" in b["data"]] == ["verdict.shown"]


def test_what_is_hidden_is_what_the_pages_hide(desk: Workspace) -> None:
    """All cases of three verdicts on one question, by two reviewers, against the queries."""
    question = factories.a_question(factories.an_incident(desk))
    two = [factories.a_user("first"), factories.a_user("second")]
    stranger = factories.a_user("stranger")
    earlier = factories.an_assessment(question, reviewer=two[0])
    first = factories.an_assessment(question, reviewer=two[0])
    other = factories.an_assessment(question, reviewer=two[1])
    withdrawn = {"withdrawn_at": factories.NOON, "withdrawn_by": two[0]}
    stands = {"withdrawn_at": None, "withdrawn_by": None}
    cases = set()
    for wants, wanted, replaces, gone, seconds, other_gone in product((False, True), repeat=6):
        rows = Assessment.objects.filter
        rows(pk=earlier.pk).update(wants_second=wanted)
        rows(pk=first.pk).update(
            wants_second=wants,
            supersedes=earlier if replaces else None,
            **(withdrawn if gone else stands),
        )
        rows(pk=other.pk).update(
            second_of=first if seconds else None,
            agrees=True if seconds else None,
            **(withdrawn if other_gone else stands),
        )
        lines = [Line(*row) for row in Assessment.objects.values_list(*Line._fields)]
        hidden = set(Assessment.objects.hidden_from(stranger).values_list("pk", flat=True))
        assert hidden_among(lines) == hidden, (wants, wanted, replaces, gone, seconds, other_gone)
        cases.add(frozenset(hidden))
    assert cases == {
        frozenset(),
        frozenset({earlier.pk, first.pk}),
        frozenset({earlier.pk, first.pk, other.pk}),
    }


def test_a_large_act_is_one_delivery(
    one: Actor, article: Article, webhook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook_events, "MOST", 3)
    monkeypatch.setattr(webhook_events, "MOST_IDS", 2)
    states = factories.a_webhook(one.workspace, tells_claims=False, tells_links=False)
    deaf = factories.a_webhook(one.workspace, tells_claims=False, tells_states=False)
    values = {
        "source": factories.a_source(one.workspace),
        "incident": factories.an_incident(one.workspace),
    }
    made = create_all(one, [Draft(article, values, [SPAN]) for _ in range(3)])
    (body,) = told(webhook)
    assert body["event"] == "bulk"
    assert body["data"]["counts"] == {"claim.created": 3, "incident.state_changed": 1}
    assert body["data"]["ids"]["claim.created"] == [str(claim.uid) for claim in made[:2]]
    assert told(states)[0]["data"]["counts"] == {"incident.state_changed": 1}
    assert told(deaf) == []


def test_of_many_verdicts_nothing_is_said(
    one: Actor, webhook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook_events, "MOST", 0)
    incident = factories.an_incident(one.workspace)
    verdict = verdicts.record(one, incident, finding(Verdict.LEANS, wants_second=True))
    (body,) = told()
    assert body["data"]["counts"] == {"verdict.given": 1}
    assert body["data"]["ids"] == {"verdict.given": [str(verdict.uid)]}
    assert "leans" not in json.dumps(body)


def test_rows_that_one_statement_made_are_counted(
    one: Actor, article: Article, webhook: Webhook
) -> None:
    factories.a_webhook(one.workspace, tells_claims=False)
    factories.a_claim(article)
    with Act(one, "work.import", "imported claims") as act:
        act.begin()
        act.events.note_many("claim", Claim.objects.all())
        act.events.note_many("span", Claim.objects.all())
    (body,) = told()
    assert body["data"] == {"counts": {"claim.created": 1}, "ids": {}}


def queries(actor: Actor, article: Article, incident: Incident) -> list[str]:
    source = factories.a_source(actor.workspace)
    with CaptureQueriesContext(connection) as seen:
        a_claim(actor, article, incident=incident, source=source)
    return [query["sql"] for query in seen]


def test_a_desk_without_webhooks_pays_one_query(one: Actor, article: Article) -> None:
    incident = factories.an_incident(one.workspace)
    seen = queries(one, article, incident)
    assert len([sql for sql in seen if "claims_webhook" in sql]) == 1
    factories.a_webhook(one.workspace)
    # The states before and after, the facts of claim and incident, and the deliveries.
    more = len(queries(one, article, incident)) - len(seen)
    assert 0 < more <= 5
    with CaptureQueriesContext(connection) as comments:
        comment(one, article, "Nothing to tell.")
    assert not [query for query in comments if "claims_webhook" in query["sql"]]
