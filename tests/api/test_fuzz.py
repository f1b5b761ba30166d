"""The API by its own description: what may be sent, and what may not, by everybody.

No fault of ours, no status that is not described, no body and no header that is not as described.
A long hunt is `COUNTERCLAIM_API_EXAMPLES=200`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
import schemathesis
from django.test.client import ClientHandler
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from claims.actions import token as tokens
from claims.api.frame import mark
from tests.pages.conftest import Person, World
from tests.pages.test_policy import taken_back

pytestmark = pytest.mark.one_database

EXAMPLES = int(os.environ.get("COUNTERCLAIM_API_EXAMPLES", "2"))
CHECKS = [
    not_a_server_error,
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
]
# What is sent over an old version is refused before it is read.
REFUSALS = [400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 428, 429]
CONFIG = SchemathesisConfig.from_dict(
    {"checks": {"negative_data_rejection": {"expected-statuses": REFUSALS}}}
)
NOUNS = (
    "article revision source side claim link filing incident question position assessment comment "
    "webhook"
).split()


def named(document: dict[str, Any], world: World) -> dict[str, Any]:
    """The document with what is there in the places of ids, so that most requests get somewhere."""
    document = deepcopy(document)
    for path, operations in document["paths"].items():
        noun = next((noun for noun in NOUNS if f"/{noun}s/{{uid}}/" in path), "")
        row = getattr(world, noun) if noun else None
        there = {
            "slug": world.desk.slug,
            "uid": str(row.uid) if row else "",
            "If-Match": f'"{mark(row)}"',
        }
        for operation in operations.values():
            parameters = operation.get("parameters", [])
            operation["parameters"] = [one for one in parameters if one["name"] != "fields"]
            for one in operation["parameters"]:
                if one["name"] in there:
                    one["schema"] = {"const": there[one["name"]]}
                elif one["schema"].get("format") == "uuid":
                    one["schema"] = {"const": id_of(one["name"], world)}
    for name, schema in document["components"]["schemas"].items():
        if name.endswith("SentRequest"):
            for field, its in schema["properties"].items():
                if its.get("format") == "uuid" or "uuid" in str(its.get("type")):
                    its.clear()
                    its["const"] = id_of(field, world)
    spans = document["components"]["schemas"]["SpanSentRequest"]["properties"]
    spans |= {"role": {"enum": ["content"]}, "start": {"const": 0}, "end": {"const": 8}}
    del spans["quote"]
    return document


def id_of(field: str, world: World) -> str:
    """The uid of what stands under that name in a body."""
    other = {
        "from_claim": world.claim,
        "to_claim": world.other_claim,
        "parent": world.incident,
        "affiliation": world.source,
        "republishes": world.article,
    }
    return str((other.get(field) or getattr(world, field)).uid)


@pytest.fixture
def headers(
    viewer: Person, analyst: Person, reviewer: Person, owner: Person, outsider: Person
) -> list[dict[str, str]]:
    people = (viewer, analyst, reviewer, owner, outsider)
    known = [
        {"Authorization": f"Bearer {tokens.create(one.user, one.user.memberships.get().workspace)}"}
        for one in people
    ]
    return [*known, {}]


def test_nothing_is_answered_that_is_not_described(
    analyst: Person, world: World, headers: list[dict[str, str]]
) -> None:
    document = json.loads(analyst.client.get("/api/v1/openapi.json").content)
    schema: Any = schemathesis.openapi.from_dict(named(document, world), config=CONFIG)
    schema.app = application
    for found in schema.get_all_operations():
        hunt(found.ok(), headers)


def application(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    """The site within the test's transaction, which Django's own WSGI handler would close."""
    response: Any = ClientHandler()(environ)
    content = b"".join(response)
    start(f"{response.status_code} {response.reason_phrase}", list(response.items()))
    return [content]


def hunt(operation: Any, headers: list[dict[str, str]]) -> None:
    """Asks for one operation, in right ways and in wrong ones."""
    right = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    wrong = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @seed(0)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    @given(case=st.one_of(right, wrong), who=st.sampled_from(headers))
    def asked(case: Any, who: dict[str, str]) -> None:
        with taken_back():
            response = case.call(base_url="http://localhost", headers=who)
            case.validate_response(response, checks=CHECKS)

    asked()
