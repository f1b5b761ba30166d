"""The OpenAPI document is true: what is answered is what it says, no field more and none less."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from claims.api import urls
from tests.api.test_policy import address
from tests.api.writing import send
from tests.pages.conftest import Person, World

pytestmark = pytest.mark.one_database

FILES = "api-docs api-schema api-export-file api-claims-bulk".split()
FILES += ["api-suggestion-accept", "api-suggestion-dismiss"]
TOLD = [str(pattern.name) for pattern in urls.urlpatterns if pattern.name not in FILES]


@pytest.fixture
def document(analyst: Person) -> Any:
    return json.loads(analyst.client.get("/api/v1/openapi.json").content)


def closed(node: Any) -> Any:
    """The schema without room for a field that it does not name."""
    if isinstance(node, dict):
        shut = {name: closed(inner) for name, inner in node.items()}
        return shut | ({"additionalProperties": False} if "properties" in node else {})
    return [closed(inner) for inner in node] if isinstance(node, list) else node


def faults(document: Any, operation: Any, response: Any) -> list[str]:
    """What is wrong with the response, by the operation's description of its status."""
    (content,) = operation["responses"][str(response.status_code)]["content"].items()
    media_type, described = content
    assert response["Content-Type"] == media_type
    schema = closed({"components": document["components"]}) | closed(described["schema"])
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [
        f"{error.json_path}: {error.message}" for error in validator.iter_errors(response.json())
    ]


def path_of(document: Any, where: str, world: World) -> Any:
    """The paths of the document by an address of the world."""
    parts = where.split("/")
    names = {world.desk.slug: "{slug}", parts[6] if len(parts) > 7 else "-": "{uid}"}
    return document["paths"]["/".join(names.get(part, part) for part in parts)]


@pytest.mark.parametrize("name", TOLD)
def test_what_is_read_is_as_described(
    name: str, document: Any, owner: Person, world: World
) -> None:
    where = address(name, world)
    response = owner.client.get(where, {"q": "market"} if name == "api-search" else None)
    assert response.status_code == 200
    assert faults(document, path_of(document, where, world)["get"], response) == []


def test_what_is_written_and_refused_is_as_described(
    document: Any, analyst: Person, world: World
) -> None:
    span = {"role": "content", "start": 0, "end": 8}
    sent = {"article": str(world.article.uid), "source": "New", "spans": [span]}
    claims = document["paths"]["/api/v1/w/{slug}/claims/"]["post"]
    assert faults(document, claims, send(analyst, "POST", "claims/", sent)) == []
    assert faults(document, claims, send(analyst, "POST", "claims/", sent | {"x": 1})) == []
    claim = document["paths"]["/api/v1/w/{slug}/claims/{uid}/"]
    where = f"claims/{world.claim.uid}/"
    assert faults(document, claim["patch"], send(analyst, "PATCH", where, {})) == []
    assert send(analyst, "DELETE", where, version="1").status_code == 204
    assert "content" not in claim["delete"]["responses"]["204"]


def test_every_operation_names_who_may_not_and_what_may_go_wrong(document: Any) -> None:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            codes = set(operation["responses"])
            assert {"401", "429"} <= codes, (path, method)
            assert method == "get" or {"400", "403", "404"} <= codes, (path, method)
            if method in {"patch", "delete"}:
                assert {"412", "428"} <= codes
                assert "If-Match" in {one["name"] for one in operation["parameters"]}
            assert ("410" in codes) == ("{uid}" in path), (path, method)
