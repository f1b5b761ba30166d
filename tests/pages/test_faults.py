"""Pages of what went wrong: in the frame, with what to do, and without the database."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.templatetags.static import StaticNode
from django.test import Client

from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words

pytestmark = pytest.mark.one_database
SIGN_IN = "/accounts/login/"


def away(*_: Any, **__: Any) -> Any:
    raise OperationalError("password of counterclaim at 10.0.0.1")


def broken(*_: Any, **__: Any) -> Any:
    raise LookupError("of a fault")


def unlisted(*_: Any, **__: Any) -> Any:
    raise ValueError("Missing staticfiles manifest entry")


@pytest.fixture
def asker() -> Client:
    """One that checks as a real site does."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def asked(asker: Client, status: str) -> Any:
    """Asks for what is answered so, where the database is as it is."""
    if status == "400":
        return asker.get(SIGN_IN, HTTP_HOST="elsewhere.example")
    if status == "403":
        return asker.post(SIGN_IN, {"login": "a"})
    if status == "413":
        asker.cookies["csrftoken"] = "a" * 32
        form = "application/x-www-form-urlencoded"
        return asker.post(SIGN_IN, b"login=" + b"a" * (17 * 1024 * 1024), content_type=form)
    asker.cookies["sessionid"] = "a" * 32
    return asker.get("/account/")


@pytest.mark.parametrize(
    ("status", "cursor", "advice"),
    [
        ("400", away, "try again from the page itself"),
        ("403", away, "load the page again"),
        ("413", away, "brought in as a file"),
        ("500", broken, "Go back and try again"),
        ("503", away, "wait a minute"),
    ],
)
def test_it_says_what_to_do_in_the_frame_without_the_database(
    asker: Client, monkeypatch: pytest.MonkeyPatch, status: str, cursor: Any, advice: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(BaseDatabaseWrapper, "cursor", cursor)
        answer = asked(asker, status)
    assert answer.status_code == int(status)
    page = parsed(answer)
    assert [words(one) for one in select(page, "header.bar")] == ["Counterclaim"]
    assert advice in words(select(page, "main")[0])
    assert answer["X-Request-ID"] in answer.content.decode()
    assert "10.0.0.1" not in answer.content.decode()
    assert answer.get("Retry-After") == ("5" if status == "503" else None)


@pytest.mark.parametrize("path", ["/nothing/", "/api/v1/me/"])
def test_where_the_database_is_away_nothing_is_said_not_to_be_there(
    viewer: Person, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    viewer.client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr(BaseDatabaseWrapper, "cursor", away)
        answer = viewer.client.get(path)
    assert answer.status_code == 503
    assert ("problem+json" in answer["Content-Type"]) == path.startswith("/api/")


def test_it_is_told_without_the_list_of_static_files_too(
    asker: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(StaticNode, "render", unlisted)
    answer = asker.get(SIGN_IN, HTTP_HOST="elsewhere.example")
    assert answer.status_code == 400
    assert "try again from the page itself" in answer.content.decode()
