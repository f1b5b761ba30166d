"""What the tests of writing have in common."""

from __future__ import annotations

import json
from typing import Any

from claims.models.base import Root
from tests.pages.conftest import Person


def send(person: Person, method: str, path: str, data: Any = None, **headers: str) -> Any:
    """The response to JSON; `version=` is sent as `If-Match`."""
    if version := headers.pop("version", ""):
        headers["If-Match"] = f'"{version}"'
    where = f"/api/v1/w/{person.desk.slug}/{path}"
    sent = data if isinstance(data, str) else json.dumps(data)
    return person.client.generic(method, where, sent, "application/json", headers=headers)


def post(person: Person, path: str, data: Any, status: int = 201) -> Any:
    response = send(person, "POST", path, data)
    assert response.status_code == status, response.content
    return response.json()


def patch(person: Person, path: str, row: Root, data: Any, status: int = 200) -> Any:
    """Changes `path` from the version of `row`."""
    where = f"{path}/{row.uid}/"
    response = send(person, "PATCH", where, data, version=str(row.version))
    assert response.status_code == status, response.content
    return response.json()


def fields(problem: Any) -> list[str]:
    """The fields that a problem names."""
    return [error["field"] for error in problem["errors"]]
