"""Suggestions by the API: listed, accepted, dismissed."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from claims.models import Claim, Suggestion
from tests import factories
from tests.pages.conftest import Person

pytestmark = pytest.mark.one_database


def ask(person: Person, name: str, *args: Any, **query: Any) -> Any:
    return person.client.get(reverse(name, args=[person.desk.slug, *args]), query)


def send(person: Person, name: str, one: Suggestion, data: Any = None) -> Any:
    where = reverse(name, args=[person.desk.slug, one.uid])
    return person.client.post(where, data or {}, "application/json")


@pytest.fixture
def one(analyst: Person) -> Suggestion:
    article = factories.an_article(analyst.desk)
    return factories.a_suggestion(article, "Dozens were killed", engine="learned")


def test_they_are_listed_and_narrowed(viewer: Person, one: Suggestion) -> None:
    other = factories.a_suggestion(one.article, "A strike hit the market", state="dismissed")
    told = ask(viewer, "api-suggestions").json()["results"]
    assert [row["id"] for row in told] == [str(one.uid), str(other.uid)]
    assert told[0]["article"] == str(one.article.uid)
    assert told[0]["content"] == one.content
    for query, expected in (
        ({"state": "proposed"}, one),
        ({"engine": "rules"}, other),
        ({"article": str(one.article.uid), "state": "dismissed"}, other),
    ):
        found = ask(viewer, "api-suggestions", **query).json()["results"]
        assert [row["id"] for row in found] == [str(expected.uid)]
    assert ask(viewer, "api-suggestions", state="odd").status_code == 400
    assert ask(viewer, "api-suggestion", one.uid).json()["words"] == "Dozens were killed"


def test_an_accepted_one_names_its_claim(analyst: Person, one: Suggestion) -> None:
    incident = factories.an_incident(analyst.desk)
    answer = send(analyst, "api-suggestion-accept", one, {"incident": str(incident.uid)})
    claim = Claim.objects.get()
    assert answer.status_code == 201
    told = answer.json()
    assert (told["state"], told["claim"]) == ("accepted", str(claim.uid))
    assert (claim.incident, claim.origin) == (incident, "suggestion")
    assert send(analyst, "api-suggestion-accept", one).status_code == 400


def test_what_is_to_be_chosen_is_told(analyst: Person, one: Suggestion) -> None:
    Suggestion.objects.update(polarity="")
    answer = send(analyst, "api-suggestion-accept", one)
    assert answer.status_code == 400
    assert "not clear from the words" in answer.content.decode()
    assert not Claim.objects.exists()


def test_a_dismissed_one_stays_so(analyst: Person, one: Suggestion) -> None:
    answer = send(analyst, "api-suggestion-dismiss", one)
    assert answer.status_code == 201
    assert answer.json()["decided_by"] == analyst.user.username
    assert send(analyst, "api-suggestion-dismiss", one, {"why": "x"}).status_code == 400
    assert not Claim.objects.exists()
