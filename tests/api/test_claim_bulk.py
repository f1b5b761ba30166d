"""Many claims by one POST: all or none, one act, and nothing that grows with each claim."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions import undo
from claims.models import Article, Change, Claim, Figure, Source, Span, Workspace
from tests import factories
from tests.api.writing import fields, post
from tests.pages.conftest import Person

TEXT = "👨‍👩‍👧 Dozens were killed, a medic said.\nNobody was, the ministry said."
WORDS = "Dozens were killed"


@pytest.fixture
def article(desk: Workspace) -> Article:
    return factories.an_article(desk, TEXT)


def a_body(article: Article, /, **more: Any) -> dict[str, Any]:
    start = TEXT.index(WORDS)
    span = {"role": "content", "start": start, "end": start + len(WORDS), "quote": WORDS}
    return {"article": str(article.uid), "source": "The agency", "spans": [span]} | more


def test_claims_are_made_together_in_order_as_one_act(analyst: Person, article: Article) -> None:
    incident = factories.an_incident(analyst.desk)
    figure = {"measure": "killed", "low": 24, "as_stated": "dozens", "low_basis": "convention"}
    medic = {"name": "a medic", "named": False}
    other = factories.an_article(analyst.desk, TEXT + " ")
    sent = [
        a_body(article, incident=str(incident.uid), figures=[figure], accused="The agency"),
        a_body(other, source=medic, paraphrase=" as it is "),
        a_body(article, source=medic, polarity="denies"),
        a_body(article, source=medic),
    ]
    told = post(analyst, "claims/bulk/", {"claims": sent})["results"]
    assert [one["article"] for one in told] == [one["article"] for one in sent]
    assert [one["polarity"] for one in told] == ["asserts", "asserts", "denies", "asserts"]
    assert (told[0]["source"], told[0]["spans"][0]["quote"]) == (told[0]["accused"], WORDS)
    assert told[0]["figures"][0]["low"] == 24
    assert told[1]["paraphrase"] == " as it is "
    # A medic of one article is not the medic of another.
    assert told[2]["source"] == told[3]["source"] != told[1]["source"]
    assert Source.objects.count() == 3
    incident.refresh_from_db()
    assert (told[0]["live"], incident.live_claims) == (True, 1)
    article.refresh_from_db()
    assert article.status == "in_progress"
    change = Change.objects.get()
    assert (change.action, change.summary) == ("claim.create", "added 4 claims")
    undo.undo(analyst.actor, change)
    assert not Claim.objects.kept().exists()


def test_one_that_can_not_be_is_named_by_its_place_and_none_is_made(
    analyst: Person, article: Article
) -> None:
    others = factories.a_source(
        analyst.desk, name="a medic", article=factories.an_article(analyst.desk)
    )
    elsewhere = factories.an_article(factories.a_workspace())
    good = a_body(article)
    span = {"role": "content", "start": 0, "end": 999}

    def wrong(*bad: dict[str, Any]) -> list[str]:
        return fields(post(analyst, "claims/bulk/", {"claims": [good, *bad, good]}, 400))

    assert wrong(a_body(article, spans=[span])) == ["claims.1.spans.0.end"]
    assert wrong(good, a_body(article, kind="odd"), {}) == [
        "claims.2.kind",
        *(f"claims.3.{name}" for name in ("source", "spans", "article")),
    ]
    assert wrong(a_body(article, status="approved")) == ["claims.1.status"]
    assert wrong(a_body(article, said_to="2016-12-08")) == ["claims.1.said_to"]
    assert wrong(a_body(article, source=str(others.uid))) == ["claims.1"]
    assert wrong(a_body(elsewhere)) == ["claims.1.article"]
    assert wrong(a_body(article, spans=[span | {"role": "cue", "end": 3}])) == ["claims.1.spans"]
    assert fields(post(analyst, "claims/bulk/", {"claims": []}, 400)) == ["claims"]
    assert fields(post(analyst, "claims/bulk/", {"claims": [good] * 1_001}, 400)) == ["claims"]
    assert not Claim.objects.exists()
    assert not Change.objects.exists()
    assert Source.objects.get() == others


def test_what_needs_a_choice_is_named_by_its_place(analyst: Person, article: Article) -> None:
    for _ in range(2):
        factories.a_source(analyst.desk, name="MoD")
    sent = [a_body(article), a_body(article, source="mod"), a_body(article, via="mod")]
    problem = post(analyst, "claims/bulk/", {"claims": sent}, 409)
    assert sorted(problem["candidates"]) == ["claims.1.source", "claims.2.via"]
    other = a_body(article)
    other["spans"][0]["quote"] = "Other words"
    problem = post(analyst, "claims/bulk/", {"claims": [other]}, 409)
    assert fields(problem) == ["claims.0.spans.0.quote"]


def test_ten_more_claims_cost_no_more_queries(analyst: Person, article: Article) -> None:
    incident = factories.an_incident(analyst.desk)
    figure = {"measure": "killed", "low": 24}
    body = a_body(article, incident=str(incident.uid), figures=[figure])

    def queries(count: int) -> int:
        with CaptureQueriesContext(connection) as found:
            post(analyst, "claims/bulk/", {"claims": [body] * count})
        return len(found)

    queries(1)
    assert queries(1) == queries(11)
    assert (Claim.objects.count(), Span.objects.count(), Figure.objects.count()) == (13, 13, 13)
