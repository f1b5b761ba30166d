"""Who may do what by the API, written out: every address, by every method, by everybody.

The twin of `tests/pages/test_policy.py`; nothing of the table is computed from `claims/policy.py`.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from claims.api import urls
from claims.api.frame import mark
from tests.pages.conftest import Person, World
from tests.pages.test_policy import everything, taken_back
from tests.pages.walk import *  # noqa: F403 (the same fixtures as elsewhere, made once)

pytestmark = pytest.mark.one_database

# ok: it was told or done; in: sent to the sign-in page; else the status. 400 deletes what is in
# use, and 403 in a whole line changes what somebody else has said.
#                     viewer analyst reviewer owner outsider signed-out
TABLE = """
api-docs         GET  ok   ok   ok   ok   ok   in
api-schema       GET  ok   ok   ok   ok   ok   401
api-workspaces   GET  ok   ok   ok   ok   ok   401
api-articles     GET  ok   ok   ok   ok   404  401
api-articles     POST   403 ok   ok   ok   404  401
api-article      GET  ok   ok   ok   ok   404  401
api-article      PATCH  403 ok   ok   ok   404  401
api-article      DELETE 403 400  400  400  404  401
api-article-revisions GET ok  ok   ok   ok   404  401
api-article-revisions POST 403 ok  ok   ok   404  401
api-revisions    GET  ok   ok   ok   ok   404  401
api-revision     GET  ok   ok   ok   ok   404  401
api-sources      GET  ok   ok   ok   ok   404  401
api-sources      POST   403 ok   ok   ok   404  401
api-source       GET  ok   ok   ok   ok   404  401
api-source       PATCH  403 ok   ok   ok   404  401
api-source       DELETE 403 400  400  400  404  401
api-sides        GET  ok   ok   ok   ok   404  401
api-sides        POST   403 ok   ok   ok   404  401
api-side         GET  ok   ok   ok   ok   404  401
api-side         PATCH  403 ok   ok   ok   404  401
api-side         DELETE 403 400  400  400  404  401
api-claims       GET  ok   ok   ok   ok   404  401
api-claims       POST   403 ok   ok   ok   404  401
api-claims-bulk  GET    405 405  405  405  404  401
api-claims-bulk  POST   403 ok   ok   ok   404  401
api-claim        GET  ok   ok   ok   ok   404  401
api-claim        PATCH  403 ok   ok   ok   404  401
api-claim        DELETE 403 ok   ok   ok   404  401
api-links        GET  ok   ok   ok   ok   404  401
api-links        POST   403 ok   ok   ok   404  401
api-link         GET  ok   ok   ok   ok   404  401
api-link         PATCH  403 ok   ok   ok   404  401
api-link         DELETE 403 ok   ok   ok   404  401
api-filings      GET  ok   ok   ok   ok   404  401
api-filings      POST   403 ok   ok   ok   404  401
api-filing       GET  ok   ok   ok   ok   404  401
api-filing       PATCH  403 ok   ok   ok   404  401
api-filing       DELETE 403 ok   ok   ok   404  401
api-incidents    GET  ok   ok   ok   ok   404  401
api-incidents    POST   403 ok   ok   ok   404  401
api-incident     GET  ok   ok   ok   ok   404  401
api-incident     PATCH  403 ok   ok   ok   404  401
api-incident     DELETE 403 400  400  400  404  401
api-questions    GET  ok   ok   ok   ok   404  401
api-questions    POST   403 ok   ok   ok   404  401
api-question     GET  ok   ok   ok   ok   404  401
api-question     PATCH  403 ok   ok   ok   404  401
api-question     DELETE 403 400  400  400  404  401
api-positions    GET  ok   ok   ok   ok   404  401
api-positions    POST   403 ok   ok   ok   404  401
api-position     GET  ok   ok   ok   ok   404  401
api-position     PATCH  403 ok   ok   ok   404  401
api-position     DELETE 403 400  400  400  404  401
api-assessments  GET  ok   ok   ok   ok   404  401
api-assessments  POST   403 403  ok   ok   404  401
api-assessment   GET  ok   ok   ok   ok   404  401
api-assessment   PATCH  403 403  403  403   404  401
api-assessment   DELETE 403 403  403  403   404  401
api-comments     GET  ok   ok   ok   ok   404  401
api-comments     POST   403 ok   ok   ok   404  401
api-comment      GET  ok   ok   ok   ok   404  401
api-comment      PATCH  403 ok   ok   ok   404  401
api-comment      DELETE 403 403  403  403  404  401
api-suggestions  GET  ok   ok   ok   ok   404  401
api-suggestion   GET  ok   ok   ok   ok   404  401
api-suggestion-accept GET  405 405 405 405 404 401
api-suggestion-accept POST 403 ok  ok  ok  404 401
api-suggestion-dismiss GET 405 405 405 405 404 401
api-suggestion-dismiss POST 403 ok ok  ok  404 401
api-webhooks     GET  403  403  403  ok   404  401
api-webhooks     POST   403 403  403  ok   404  401
api-webhook      GET  403  403  403  ok   404  401
api-webhook      PATCH  403 403  403  ok   404  401
api-webhook      DELETE 403 403  403  ok   404  401
api-incident-matrix GET ok ok   ok   ok   404  401
api-review       GET  ok   ok   ok   ok   404  401
api-search       GET  ok   ok   ok   ok   404  401
api-export-file   GET ok   ok   ok   ok   404  401
"""

PEOPLE = ("viewer", "analyst", "reviewer", "owner", "outsider", "nobody")
METHODS = ("GET", "POST", "PATCH", "DELETE")


class Row(NamedTuple):
    """A line of the table; what is not in it answers 405 to whoever gets that far."""

    name: str
    method: str
    expected: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


def rows() -> list[Row]:
    written = {}
    for line in TABLE.strip().splitlines():
        name, method, *cells = line.split()
        written[name, method] = dict(zip(PEOPLE, cells, strict=True))
    assert {name for name, _ in written} == {pattern.name for pattern in urls.urlpatterns}
    return [
        Row(name, method, written.get((name, method)) or refused(written[name, "GET"]))
        for name in dict.fromkeys(name for name, _ in written)
        for method in METHODS
    ]


def refused(reading: dict[str, str]) -> dict[str, str]:
    """By a method that the address does not know."""
    inside = ("ok", "403")
    return {person: "405" if cell in inside else cell for person, cell in reading.items()}


ROWS = rows()
OBJECTS = {p.name for p in urls.urlpatterns if "uid" in p.pattern.converters}
OF_AN_OBJECT = [row for row in ROWS if row.name in OBJECTS and row.expected["owner"] != "405"]


@pytest.fixture
def everybody(
    viewer: Person, analyst: Person, reviewer: Person, owner: Person, outsider: Person
) -> dict[str, Client]:
    people = (viewer, analyst, reviewer, owner, outsider)
    clients = [person.client for person in people] + [Client()]
    return dict(zip(PEOPLE, clients, strict=True))


def address(name: str, world: World, slug: str = "") -> str:
    """The route's address at the desk, with the world's object where it names one."""
    pattern = next(pattern for pattern in urls.urlpatterns if pattern.name == name)
    wanted = set(pattern.pattern.converters)
    values: dict[str, Any] = {"slug": slug or world.desk.slug} if "slug" in wanted else {}
    if "uid" in wanted:
        values["uid"] = getattr(world, name.split("-")[1]).uid
    if "name" in wanted:
        values["name"] = "csv"
    return reverse(name, kwargs=values)


def version(name: str, world: World) -> str:
    """The ETag of the world's object at that address."""
    return mark(getattr(world, name.split("-")[1])) if name in OBJECTS else ""


def ask(
    client: Client, method: str, where: str, data: dict[str, Any], etag: str = ""
) -> HttpResponseBase:
    if method == "GET":
        response: Any = client.get(where, {"q": "market"} if where.endswith("/search/") else None)
    else:
        headers = {"If-Match": f'"{etag}"'}
        sent = json.dumps(data)
        response = client.generic(method, where, sent, "application/json", headers=headers)
    if response.streaming:
        b"".join(response.streaming_content)
    return response  # type: ignore[no-any-return]


def told(response: HttpResponseBase) -> str:
    """The response as a word of the table."""
    if response.headers.get("Location", "").startswith(reverse("account_login")):
        return "in"
    return "ok" if response.status_code in {200, 201, 204} else str(response.status_code)


def body(name: str, world: World) -> dict[str, Any]:
    """What would do something at that address, if it got through."""
    span = {"role": "content", "start": 0, "end": 8}
    claim, other = str(world.claim.uid), str(world.other_claim.uid)
    how = {"stance": "rejects", "extent": "in_part"}
    new = {"article": str(world.article.uid), "source": "New", "spans": [span]}
    found = {"verdict": "unresolved", "confidence": "low", "rationale": "Two say otherwise."}
    incident, question = str(world.incident.uid), str(world.question.uid)
    sent: dict[str, dict[str, Any]] = {
        "api-articles": {"title": "New", "text": "New"},
        "api-article": {"title": "New"},
        "api-sources": {"name": "New"},
        "api-source": {"name": "New"},
        "api-sides": {"name": "New"},
        "api-webhooks": {"name": "New", "url": "https://hooks.example.org/"},
        "api-webhook": {"name": "New"},
        "api-side": {"name": "New"},
        "api-incidents": {"title": "New"},
        "api-incident": {"title": "New"},
        "api-questions": {"incident": incident, "text": "New?"},
        "api-question": {"text": "New?"},
        "api-positions": {"question": question, "text": "New"},
        "api-position": {"text": "New"},
        "api-assessments": {"question": question, **found},
        "api-assessment": {"wants_second": True},
        "api-comments": {"claim": claim, "text": "New"},
        "api-comment": {"resolved": True},
        "api-claims": new,
        "api-claims-bulk": {"claims": [new, new]},
        "api-article-revisions": {"text": "New"},
        "api-claim": {"note": "New"},
        "api-links": {"from_claim": claim, "to_claim": other, "relation": "responds_to"},
        "api-link": {"note": "New"},
        "api-filings": {"claim": other, "position": str(world.position.uid), **how},
        "api-filing": how,
    }
    return sent.get(name, {})


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everybody_gets_what_the_table_says(
    row: Row, everybody: dict[str, Client], world: World
) -> None:
    where, etag, sent = address(row.name, world), version(row.name, world), body(row.name, world)
    before = everything()
    found = {}
    for person, client in everybody.items():
        with taken_back():
            found[person] = told(ask(client, row.method, where, sent, etag))
            if found[person] != "ok":
                assert everything() == before, f"{person} changed something"
    assert found == row.expected


@pytest.mark.parametrize("row", OF_AN_OBJECT, ids=str)
def test_an_object_of_another_desk_is_not_there(
    row: Row, everybody: dict[str, Client], world: World
) -> None:
    """Not even for the owner of the desk in the address, who may do everything there."""
    where, etag = address(row.name, world, slug="elsewhere"), version(row.name, world)
    before, sent = everything(), body(row.name, world)
    assert told(ask(everybody["outsider"], row.method, where, sent, etag)) == "404"
    assert everything() == before


@pytest.mark.parametrize("name", [pattern.name for pattern in urls.urlpatterns])
def test_no_other_method_does_anything(name: str, owner: Person, world: World) -> None:
    before = everything()
    for method in ("PUT", "OPTIONS"):
        assert told(ask(owner.client, method, address(name, world), {})) == "405"
    assert everything() == before
