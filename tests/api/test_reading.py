"""What is read by the API: the same as on the pages, in constantly many queries."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Workspace
from claims.records import Relation, Role
from tests import factories
from tests.pages.conftest import Person, World, member

pytestmark = pytest.mark.one_database

NOUNS = (
    "articles revisions sources sides claims links incidents questions positions filings "
    "assessments comments"
).split()


def get(person: Person, path: str, status: int = 200) -> Any:
    response = person.client.get(f"/api/v1/w/{person.desk.slug}/{path}")
    assert response.status_code == status, response.content
    return response.json()


def ids(person: Person, path: str) -> list[str]:
    return [row["id"] for row in get(person, path)["results"]]


# -- one and many ----------------------------------------------------------------------------------


@pytest.mark.parametrize("noun", NOUNS)
def test_a_row_is_the_same_in_its_list_and_by_itself(
    noun: str, viewer: Person, world: World
) -> None:
    rows = get(viewer, f"{noun}/")["results"]
    assert rows
    for row in rows:
        alone = get(viewer, f"{noun}/{row['id']}/")
        assert row.items() <= alone.items()


@pytest.mark.parametrize("noun", NOUNS)
def test_no_number_of_a_row_and_no_address_of_a_person_is_told(
    noun: str, viewer: Person, world: World
) -> None:
    user = world.change.user
    assert user is not None
    user.email = "former@example.org"
    user.save()
    told = json.dumps(get(viewer, f"{noun}/"))
    assert "@example.org" not in told
    assert "workspace" not in told
    assert all(isinstance(row["id"], str) for row in get(viewer, f"{noun}/")["results"])


def one_more(desk: Workspace) -> None:
    """One more row of every noun, each by other people and on other rows."""
    side = factories.a_side(desk)
    source = factories.a_source(desk, side=side, affiliation=factories.a_source(desk))
    source.aliases.create(workspace=desk, name="Alias")
    article = factories.an_article(desk, publisher=source, assignee=factories.a_user())
    incident = factories.an_incident(desk, assignee=factories.a_user())
    question = factories.a_question(incident)
    position = factories.a_position(question)
    claims = [
        factories.a_claim(article, incident=incident, via=source, accused=source) for _ in range(2)
    ]
    factories.a_figure(claims[0])
    factories.a_link(claims[0], Relation.CONTRADICTS, claims[1])
    factories.a_filing(claims[0], position)
    verdict = factories.an_assessment(question)
    verdict.rests_on.create(workspace=desk, claim=claims[0])
    comment = factories.a_comment(claims[0])
    comment.mentions.create(workspace=desk, user=factories.a_user())


@pytest.mark.parametrize("noun", NOUNS)
def test_eleven_rows_cost_as_many_queries_as_one(
    noun: str, reviewer: Person, desk: Workspace
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            get(reviewer, f"{noun}/")
        return len(found)

    one_more(desk)
    few = queries()
    for _ in range(10):
        one_more(desk)
    assert queries() == few


def test_what_is_deleted_is_not_there(viewer: Person, world: World) -> None:
    world.claim.deleted_at = factories.NOON
    world.claim.save()
    assert str(world.claim.uid) not in ids(viewer, "claims/")
    answer = get(viewer, f"claims/{world.claim.uid}/", 404)
    assert answer["status"] == 404
    assert get(viewer, "comments/")["results"] == []


# -- pages of a list -------------------------------------------------------------------------------


@pytest.mark.parametrize("noun", NOUNS)
def test_a_list_is_walked_page_by_page_without_a_gap(
    noun: str, viewer: Person, desk: Workspace
) -> None:
    for _ in range(3):
        one_more(desk)
    whole = ids(viewer, f"{noun}/")
    assert len(whole) >= 3
    walked: list[str] = []
    where = f"http://testserver/api/v1/w/{desk.slug}/{noun}/?limit=2"
    while where:
        part = viewer.client.get(where).json()
        assert len(part["results"]) <= 2
        walked += [row["id"] for row in part["results"]]
        where = part["next"]
    assert walked == whole


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=many", "limit"),
        ("after=nonsense", "after"),
        ("fields=kind,secret", "fields"),
        ("sorce=x", "sorce"),
        ("incident=", "incident"),
        ("kind=factual&kind=demand", "kind"),
        ("status=wrong", "status"),
        ("incident=7", "incident"),
        ("article=00000000-0000-0000-0000-000000000000", "article"),
        ("annotator=nobody", "annotator"),
        ("since=tomorrow", "since"),
        ("since=2016-12-09&until=2016-12-08", ""),
    ],
)
def test_what_can_not_be_asked_is_told_by_field(
    query: str, field: str, viewer: Person, world: World
) -> None:
    answer = get(viewer, f"claims/?{query}", 400)
    assert [error["field"] for error in answer["errors"]] == [field]
    assert answer["detail"]


def test_fields_are_chosen(viewer: Person, world: World) -> None:
    (row,) = get(viewer, f"claims/?fields=id,kind&source={world.source.uid}")["results"]
    assert row == {"id": str(world.claim.uid), "kind": "factual"}
    assert get(viewer, f"claims/{world.claim.uid}/?fields=kind") == {"kind": "factual"}


# -- claims ----------------------------------------------------------------------------------------


def test_a_claim_comes_with_its_spans_in_code_points_and_its_figures(
    viewer: Person, desk: Workspace
) -> None:
    article = factories.an_article(desk, "👨‍👩‍👧 Dozens died, a medic said.")
    claim = factories.a_claim(article, "Dozens died")
    factories.a_figure(claim)
    told = get(viewer, f"claims/{claim.uid}/")
    (span,) = told["spans"]
    assert (span["role"], span["start"], span["end"]) == ("content", 6, 17)
    assert span["quote"] == "Dozens died"
    text = get(viewer, f"revisions/{span['revision']}/")["text"]
    assert text[span["start"] : span["end"]] == span["quote"]
    assert told["figures"] == [
        {
            "measure": "killed",
            "status": "unknown",
            "subgroup": "",
            "group_as_stated": "",
            "part": "",
            "low": 24,
            "high": None,
            "as_stated": "dozens",
            "low_basis": "stated",
        }
    ]
    assert told["article"] == str(article.uid)
    assert told["annotator"] == claim.annotator.username


def test_the_etag_is_the_version(viewer: Person, world: World) -> None:
    where = f"/api/v1/w/{world.desk.slug}/claims/{world.claim.uid}/"
    assert viewer.client.get(where)["ETag"] == '"1"'
    where = f"/api/v1/w/{world.desk.slug}/revisions/{world.revision.uid}/"
    assert "ETag" not in viewer.client.get(where)


FILTERS: list[Callable[[Any], str]] = [
    lambda claim: f"incident={claim.incident.uid}",
    lambda claim: f"article={claim.article.uid}",
    lambda claim: f"source={claim.source.uid}",
    lambda claim: f"source={claim.source.name}",
    lambda claim: f"side={claim.source.side.uid}",
    lambda _: "status=draft",
    lambda _: "kind=demand",
    lambda _: "disputed=true",
    lambda claim: f"annotator={claim.annotator.username}",
    lambda _: "since=2016-12-08",
    lambda _: "since=2016-12-07&until=2016-12-09",
    lambda _: "since=2016-12-09&until=2016-12-12",
]


@pytest.mark.parametrize("query", FILTERS)
def test_claims_are_found_by(query: Callable[[Any], str], viewer: Person, desk: Workspace) -> None:
    factories.a_claim(factories.an_article(desk), said_from=factories.NOON.replace(day=1))
    claim = factories.a_claim(
        factories.an_article(desk),
        incident=factories.an_incident(desk),
        source=factories.a_source(desk, name="Only this", side=factories.a_side(desk)),
        status="draft",
        kind="demand",
        disputed=True,
        said_from=factories.NOON,
        said_to=factories.NOON.replace(day=10),
    )
    assert ids(viewer, f"claims/?{query(claim)}") == [str(claim.uid)]


def test_the_filters_of_the_pages_filter_here(viewer: Person, world: World) -> None:
    someone = member(world.desk, Role.OWNER).user
    mine = factories.an_article(world.desk, title="Mine", assignee=someone, status="reviewed")
    for query in ("assignee=owner", "status=reviewed", "title=mine"):
        assert ids(viewer, f"articles/?{query}") == [str(mine.uid)]
    assert ids(viewer, "articles/?assignee=nobody") == [str(world.article.uid)]
    incident = factories.an_incident(world.desk, place="Market", assignee=someone)
    for query in ("place=market", "assignee=owner"):
        assert ids(viewer, f"incidents/?{query}") == [str(incident.uid)]
    assert get(viewer, "articles/?assignee=who", 400)["errors"][0]["field"] == "assignee"


@pytest.mark.parametrize(
    ("noun", "by"),
    [
        ("revisions", "article"),
        ("links", "incident"),
        ("filings", "incident"),
        ("filings", "question"),
        ("filings", "position"),
        ("filings", "claim"),
        ("questions", "incident"),
        ("positions", "incident"),
        ("positions", "question"),
        ("assessments", "question"),
        ("comments", "claim"),
    ],
)
def test_rows_are_found_by_what_they_point_at(
    noun: str, by: str, viewer: Person, world: World
) -> None:
    one_more(world.desk)
    found = ids(viewer, f"{noun}/?{by}={getattr(world, by).uid}")
    assert found == [str(getattr(world, noun.removesuffix("s")).uid)]


# -- what is kept back -----------------------------------------------------------------------------


def test_a_verdict_that_awaits_a_second_opinion_is_hidden_from_reviewers(
    viewer: Person, reviewer: Person, world: World
) -> None:
    verdict = factories.an_assessment(world.question, wants_second=True)
    assert str(verdict.uid) in ids(viewer, "assessments/")
    assert ids(reviewer, "assessments/") == [str(world.assessment.uid)]
    get(reviewer, f"assessments/{verdict.uid}/", 404)
    factories.an_assessment(
        world.question, second_of=verdict, reviewer=reviewer.user, agrees=True, blind=True
    )
    assert str(verdict.uid) in ids(reviewer, "assessments/")


def test_a_desk_of_somebody_else_is_not_in_the_list(outsider: Person, world: World) -> None:
    (told,) = outsider.client.get("/api/v1/workspaces/").json()
    assert (told["slug"], told["role"]) == ("elsewhere", "owner")
    assert outsider.client.get("/api/v1/workspaces/?all=1").status_code == 400
