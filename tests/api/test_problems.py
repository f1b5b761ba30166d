"""Everything under `/api/` that goes wrong is told as problem details (RFC 9457)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from claims.actions import purge
from claims.actions import source as sources
from claims.models import Import
from tests.api.writing import send
from tests.pages.conftest import Person, World

pytestmark = pytest.mark.one_database


def is_problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = response.json()
    assert told.keys() >= {"type", "title", "status", "detail"}
    assert told["status"] == status
    return told


@pytest.mark.parametrize("path", ["nothing/", "w/desk/nothing/", "w/desk/claims/7/", "w"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_unknown_address(path: str, method: str, analyst: Person) -> None:
    for client in (analyst.client, Client()):
        is_problem(client.generic(method, f"/api/v1/{path}", "{}", "application/json"), 404)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_address_without_its_slash_is_sent_on_as_it_came(method: str, viewer: Person) -> None:
    answer = viewer.client.generic(method, "/api/v1/w/desk/claims")
    assert (answer.status_code, answer["Location"]) == (308, "/api/v1/w/desk/claims/")


def test_pages_keep_their_own(viewer: Person) -> None:
    answer = viewer.client.get("/nothing/")
    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    ("sent", "media_type", "status"),
    [
        ("{", "application/json", 400),
        ("[]", "application/json", 400),
        ('{"name": NaN}', "application/json", 400),
        (b'{"name": "\xff"}', "application/json", 400),
        ("name=x", "application/x-www-form-urlencoded", 415),
        ("<name/>", "text/xml", 415),
    ],
)
def test_what_can_not_be_read(sent: Any, media_type: str, status: int, analyst: Person) -> None:
    where = f"/api/v1/w/{analyst.desk.slug}/sources/"
    is_problem(analyst.client.generic("POST", where, sent, media_type), status)


def test_another_method_another_form_and_nobody(viewer: Person, world: World) -> None:
    put = send(viewer, "PUT", "claims/", {})
    is_problem(put, 405)
    assert put["Allow"] == "GET, HEAD, POST"
    is_problem(viewer.client.post("/api/v1/"), 405)
    is_problem(send(viewer, "POST", "sources/", {"name": "x"}), 403)
    is_problem(Client().get("/api/v1/w/desk/claims/"), 401)
    html = viewer.client.get("/api/v1/w/desk/claims/", headers={"Accept": "text/html"})
    is_problem(html, 406)


def test_a_fault_of_ours_tells_nothing_of_the_inside(
    analyst: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr(sources, "create", fail)
    analyst.client.raise_request_exception = False
    told = is_problem(send(analyst, "POST", "sources/", {"name": "x"}), 500)
    assert "hunter2" not in str(told)


def test_a_host_that_is_not_ours(viewer: Person) -> None:
    is_problem(viewer.client.get("/api/v1/workspaces/", headers={"Host": "elsewhere.example"}), 400)


def test_what_was_purged_is_told_by_whom_when_and_why(
    owner: Person, viewer: Person, outsider: Person, world: World
) -> None:
    Import.objects.update(state="cancelled")
    purge.purge(owner.actor, world.claim, 1, "It puts somebody at risk.")
    where = f"claims/{world.claim.uid}/"
    told = is_problem(send(viewer, "GET", where), 410)
    assert told["type"] == "urn:counterclaim:purged"
    assert told["purged"].keys() == {"by", "at", "reason"}
    assert told["purged"]["reason"] == "It puts somebody at risk."
    is_problem(send(owner, "DELETE", where, version="1"), 410)
    is_problem(send(outsider, "GET", where), 404)
