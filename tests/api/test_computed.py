"""The matrix, the queue, the search and the exports: what the pages compute, told to scripts."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions import search as indexing
from claims.models import Claim, Incident
from claims.records import Relation, State
from tests import factories
from tests.pages.conftest import Person, World
from tests.pages.raid import Raid, settle


def get(person: Person, path: str, status: int = 200, **headers: str) -> Any:
    where = f"/api/v1/w/{person.desk.slug}/{path}"
    response = person.client.get(where, headers=headers)
    assert response.status_code == status
    return response


# -- the matrix ------------------------------------------------------------------------------------


@pytest.fixture
def raid(analyst: Person) -> Raid:
    raid = Raid(analyst)
    raid.file_all()
    return raid


def test_the_matrix_says_who_holds_what_and_what_is_in_part(analyst: Person, raid: Raid) -> None:
    table = get(analyst, f"incidents/{raid.incident.uid}/matrix/").json()
    names = [column["name"] for column in table["columns"]]
    assert set(names) == {"The command", "The agency"}
    cause, killed = table["rows"]
    assert (cause["question"], cause["state"]) == (str(raid.cause.uid), "disputed")
    cells = dict(zip(names, cause["cells"], strict=True))
    (bomb,) = cells["The command"]["answers"]
    assert (bomb["position"], bomb["clash"], bomb["in_part"]) == (str(raid.bomb.uid), True, False)
    assert [one["claim"] for one in bomb["statements"]] == [str(raid.says_bomb.uid)]
    cells = dict(zip(names, killed["cells"], strict=True))
    (no,) = cells["The command"]["answers"]
    # Not targeting is not "nobody was killed".
    assert (no["text"], no["in_part"], no["clash"]) == ("No", True, False)
    assert no["statements"][0]["polarity"] == "denies"


def test_a_matrix_costs_as_many_queries_for_one_claim_as_for_many(
    analyst: Person, raid: Raid
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            get(analyst, f"incidents/{raid.incident.uid}/matrix/")
        return len(found)

    few = queries()
    for _ in range(10):
        claim = raid.claim(factories.a_source(raid.desk), "Iraqi jets killed dozens")
        factories.a_filing(claim, raid.strike)
    settle(raid.incident)
    assert queries() == few


# -- the queue -------------------------------------------------------------------------------------


def test_the_queue_is_told_lane_by_lane(reviewer: Person, raid: Raid) -> None:
    waiting = factories.an_incident(reviewer.desk, awaits_second=True)

    def lane(query: str) -> list[str]:
        return [row["id"] for row in get(reviewer, f"review/{query}").json()["results"]]

    assert lane("") == lane("?lane=disputed") == [str(raid.incident.uid)]
    assert lane("?lane=second") == [str(waiting.uid)]
    assert lane("?lane=second&workflow=closed") == []
    problem = get(reviewer, "review/?lane=left", 400).json()
    assert [error["field"] for error in problem["errors"]] == ["lane"]


def test_the_queue_does_not_find_what_is_to_be_seconded(reviewer: Person, raid: Raid) -> None:
    factories.an_assessment(raid.cause, wants_second=True)
    Incident.objects.filter(pk=raid.incident.pk).update(verdicts=1)
    assert get(reviewer, "review/?verdict=unresolved").json()["results"] == []


def test_the_queue_costs_as_many_queries_for_one_row_as_for_many(reviewer: Person) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            get(reviewer, "review/?lane=second")
        return len(found)

    factories.an_incident(reviewer.desk, awaits_second=True)
    few = queries()
    for _ in range(10):
        factories.an_incident(
            reviewer.desk, awaits_second=True, assignee=factories.a_user(), state=State.DISPUTED
        )
    assert queries() == few


# -- the search ------------------------------------------------------------------------------------


def test_words_are_found_and_marked(analyst: Person, raid: Raid) -> None:
    indexing.rebuild()
    found = get(analyst, "search/?q=jets&noun=claim").json()
    (hit,) = found["results"]
    assert (hit["noun"], hit["id"]) == ("claim", str(raid.says_jets.uid))
    assert [piece["text"] for piece in hit["words"] if piece["hit"]] == ["jets"]
    assert (found["count"], found["capped"], found["next"]) == (1, False, None)


def test_a_search_is_walked_page_by_page(analyst: Person, raid: Raid) -> None:
    for _ in range(25):
        raid.claim(factories.a_source(raid.desk), "Iraqi jets killed dozens")
    indexing.rebuild()
    first = get(analyst, "search/?q=jets&noun=claim").json()
    second = analyst.client.get(first["next"]).json()
    ids = [hit["id"] for hit in first["results"] + second["results"]]
    assert len(set(ids)) == len(ids) == first["count"] == 26
    assert second["next"] is None


@pytest.mark.parametrize(("query", "field"), [("", "q"), ("?q=x&noun=y", "noun"), ("?p=x", "p")])
def test_a_search_for_nothing_is_told_so(query: str, field: str, viewer: Person) -> None:
    problem = get(viewer, f"search/{query}", 400).json()
    assert [error["field"] for error in problem["errors"]] == [field]


# -- the exports -----------------------------------------------------------------------------------


def test_the_files_are_those_of_the_export_page(viewer: Person, world: World) -> None:
    def content(address: str) -> bytes:
        response: Any = viewer.client.get(address)
        return b"".join(response.streaming_content)

    for name in ("claims-csv", "csv"):
        told = content(f"/api/v1/w/{world.desk.slug}/export/{name}/")
        assert told == content(f"/w/{world.desk.slug}/export/{name}/")
    with zipfile.ZipFile(io.BytesIO(told)) as bundle:
        assert "claims.csv" in bundle.namelist()


def test_an_export_is_narrowed_by_the_filters_of_the_page(viewer: Person, world: World) -> None:
    factories.a_link(world.other_claim, Relation.RESPONDS_TO, world.claim)
    where = f"export/claims-csv/?source={world.source.uid}"
    response = get(viewer, where, Accept="text/csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert [row["claim_id"] for row in csv.DictReader(io.StringIO(text))] == [str(world.claim.uid)]
    assert Claim.objects.count() == 2


@pytest.mark.parametrize(
    ("query", "field"),
    [("incident=x", "incident"), ("state=odd", "state"), ("incident_name=x", "incident_name")],
)
def test_a_filter_that_means_nothing_is_no_file(query: str, field: str, viewer: Person) -> None:
    response = get(viewer, f"export/csv/?{query}", 400)
    assert response["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in response.json()["errors"]] == [field]
