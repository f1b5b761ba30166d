"""Claims of an incident moved to another one, or split off as a new one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Change, Claim, Incident
from claims.records import Relation
from tests import factories
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words

pytestmark = pytest.mark.one_database


def at(person: Person, name: str, *args: object) -> str:
    return reverse(name, args=[person.desk.slug, *args])


def get(person: Person, name: str, *args: object, **query: Any) -> Any:
    return person.client.get(at(person, name, *args), query)


def post(person: Person, name: str, *args: object, **data: object) -> Any:
    return person.client.post(at(person, name, *args), data)


def queries(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as seen:
        ask()
    return len(seen)


def seen(*claims: Claim) -> list[str]:
    return [f"{claim.uid}:{claim.version}" for claim in claims]


def ticked(answer: Any) -> list[str]:
    boxes = select(parsed(answer), "input[name=claims]")
    return [box.get("value") for box in boxes if box.get("checked") is not None]


def said(incident: Incident) -> Claim:
    return factories.a_claim(factories.an_article(incident.workspace), incident=incident)


@pytest.fixture
def here(reviewer: Person) -> Incident:
    return factories.an_incident(reviewer.desk, title="The raid", occurred_from=factories.NOON)


@pytest.fixture
def there(reviewer: Person) -> Incident:
    return factories.an_incident(reviewer.desk, title="The strike")


def test_claims_are_ticked_by_what_they_say_and_where_they_stand(
    reviewer: Person, here: Incident
) -> None:
    one, two = said(here), said(here)
    question = factories.a_question(here, text="Why?")
    factories.a_filing(one, factories.a_position(question, text="So"))
    for name in ("incident-move", "incident-split"):
        answer = get(reviewer, name, here.uid, claims=str(two.uid))
        assert ticked(answer) == seen(two)
        rows = [words(row) for row in select(parsed(answer), ".choices li")]
        assert str(two.source) in rows[0]
        assert "A strike hit the market" in rows[1]
        assert "filed under: Why? So" in rows[1]


def test_several_claims_are_moved_at_once_and_back(
    analyst: Person, here: Incident, there: Incident
) -> None:
    claims = [said(here) for _ in range(2)]
    for incident in (here, there):
        answer = factories.a_position(factories.a_question(incident, text="Why?"), text="So")
        if incident == here:
            factories.a_filing(claims[0], answer)
    done = post(analyst, "incident-move", here.uid, claims=seen(*claims), incident_name=there.code)
    page = parsed(analyst.client.get(done.url))
    told = words(select(page, ".message.success")[0])
    assert f"Moved 2 claims to {there}. {claims[0].source} stays filed under “Why?”" in told
    assert there.claims.count() == 2
    post(analyst, "undo")
    assert here.claims.count() == 2


def test_it_asks_before_a_link_ends(analyst: Person, here: Incident, there: Incident) -> None:
    one, two = said(here), said(here)
    factories.a_link(one, Relation.CONTRADICTS, two)
    sent: dict[str, Any] = {"claims": seen(one), "incident_name": str(there)}
    answer = post(analyst, "incident-move", here.uid, **sent)
    assert answer.status_code == 409
    assert ticked(answer) == seen(one)
    assert "This would end" in words(select(parsed(answer), ".consent")[0])
    assert post(analyst, "incident-move", here.uid, **sent, consent="1").status_code == 302
    one.refresh_from_db()
    assert one.incident == there


def test_claims_can_go_to_no_incident(analyst: Person, here: Incident) -> None:
    one = said(here)
    post(analyst, "incident-move", here.uid, claims=seen(one), nowhere="on")
    one.refresh_from_db()
    assert one.incident is None
    assert Change.objects.get().summary == "moved 1 claim to no incident"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"claims": []}, "Choose at least one claim."),
        ({"claims": ["x"]}, "Choose the claims again."),
        ({"claims": ["x:1"]}, "Choose the claims again."),
        ({"claims": [f"{uuid4()}:99999999999"]}, "Choose the claims again."),
        ({"incident_name": ""}, "Say where they go."),
        ({"incident_name": "nothing"}, "No other incident is called so."),
        ({"incident_name": "The raid"}, "No other incident is called so."),
        ({"nowhere": "on"}, "not both"),
    ],
)
def test_what_is_missing_is_told_beside_its_field(
    analyst: Person, here: Incident, there: Incident, changes: dict[str, Any], says: str
) -> None:
    sent = {"claims": seen(said(here)), "incident_name": there.code} | changes
    answer = post(analyst, "incident-move", here.uid, **sent)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Change.objects.exists()


def test_stale_claims_are_shown_anew(reviewer: Person, here: Incident, there: Incident) -> None:
    one = said(here)
    Claim.objects.update(version=2)
    for claims in (seen(one), [f"{uuid4()}:1"]):
        moved = post(reviewer, "incident-move", here.uid, claims=claims, incident_name=there.code)
        split = post(
            reviewer,
            "incident-split",
            here.uid,
            claims=claims,
            title="New",
            precision="day",
            version=1,
        )
        for answer in (moved, split):
            assert answer.status_code == 409
            assert "changed meanwhile" in answer.content.decode()
    assert ticked(post(reviewer, "incident-move", here.uid, claims=seen(one), nowhere="on")) == [
        f"{one.uid}:2"
    ]
    assert not Change.objects.exists()


def test_a_part_is_split_off_and_put_back(reviewer: Person, here: Incident) -> None:
    one, two = said(here), said(here)
    factories.a_link(one, Relation.CONTRADICTS, two)
    form = get(reviewer, "incident-split", here.uid).context["form"]
    sent: dict[str, Any] = {
        "claims": seen(one),
        "title": "The second strike",
        "occurred_from": "2016-12-08 12:30",
        "precision": form["precision"].value(),
        "part": "on",
        "version": form["version"].value(),
    }
    asked = post(reviewer, "incident-split", here.uid, **sent)
    assert asked.status_code == 409
    assert "This would end" in words(select(parsed(asked), ".consent")[0])
    answer = post(reviewer, "incident-split", here.uid, **sent, consent="1")
    made = Incident.objects.get(title="The second strike")
    assert answer.url == made.get_absolute_url()
    one.refresh_from_db()
    assert (one.incident, made.parent, made.code) == (made, here, "20161208-01")
    post(reviewer, "undo")
    one.refresh_from_db()
    assert one.incident == here
    assert get(reviewer, "incident", made.uid).status_code == 404


def test_a_stale_or_strange_split_is_refused(reviewer: Person, here: Incident) -> None:
    elsewhere = said(factories.an_incident(reviewer.desk))
    sent: dict[str, Any] = {"title": "New", "precision": "day", "version": 1}
    answer = post(reviewer, "incident-split", here.uid, **sent, claims=seen(elsewhere))
    assert answer.status_code == 422
    assert "not about this incident" in answer.content.decode()
    Incident.objects.update(version=2)
    stale = post(reviewer, "incident-split", here.uid, **sent, claims=seen(said(here)))
    assert stale.status_code == 409
    assert stale.context["form"]["version"].value() == "2"
    assert not Change.objects.exists()


def test_one_and_eleven_claims_cost_as_many_queries(reviewer: Person, here: Incident) -> None:
    question = factories.a_question(here)

    def one_more() -> None:
        factories.a_filing(said(here), factories.a_position(question))

    def ask(name: str) -> int:
        return queries(lambda: get(reviewer, name, here.uid))

    one_more()
    names = ("incident-move", "incident-split")
    for name in names:
        ask(name)
    one = [ask(name) for name in names]
    for _ in range(10):
        one_more()
    assert [ask(name) for name in names] == one
