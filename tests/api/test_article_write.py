"""Articles brought in by the API: the text exactly as it was sent."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from claims.actions import token as tokens
from claims.models import Article, Revision, Source, Upload
from tests import factories
from tests.api.writing import fields, post, send
from tests.pages.conftest import Person

pytestmark = pytest.mark.one_database

TEXT = " \ufeffA strike hit.\n\n“Dozens”, said 👨‍👩‍👧 e\u0301 القائم\u00a0.\t\n"
BODY = {"title": "A strike", "text": TEXT}


def test_the_text_comes_back_exactly_as_it_was_sent(analyst: Person) -> None:
    body = BODY | {
        "publisher": "Example Wire",
        "url": "https://example.org/1",
        "archive_url": "",
        "byline": "A. Reporter",
        "published_on": "2016-12-08",
        "language": "EN-gb",
    }
    told = post(analyst, "articles/", body)
    assert told["sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    where = f"/api/v1/w/{analyst.desk.slug}/revisions/{told['revision']}/"
    assert analyst.client.get(where).json()["text"] == TEXT
    publisher = Source.objects.get(uid=told["publisher"])
    assert (publisher.name, publisher.kind) == ("Example Wire", "media")
    assert (told["language"], told["published_on"]) == ("en-GB", "2016-12-08")
    revision = Revision.objects.get()
    with revision.original.open("rb") as original:
        assert original.read() == TEXT.encode()
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"text": "NUL \0"}, "text"),
        ({"text": "one\r\ntwo"}, "text"),
        ({"text": "half \ud83d"}, "text"),
        ({"text": " \n"}, "text"),
        ({"text": ""}, "text"),
        ({"text": "x" * (5 * 1024 * 1024 + 1)}, "text"),
        ({"title": ""}, "title"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"archive_url": "ftp://example.org/"}, "archive_url"),
        ({"language": "English, mostly"}, "language"),
        ({"status": "reviewed"}, "status"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_can_not_be_kept_is_told_by_its_field(
    more: dict[str, Any], named: str, analyst: Person
) -> None:
    assert fields(post(analyst, "articles/", BODY | more, 400)) == [named]
    assert not Article.objects.exists()
    assert not Upload.objects.exists()


def test_a_carriage_return_is_named_by_its_line(analyst: Person) -> None:
    problem = post(analyst, "articles/", BODY | {"text": "one\ntwo\rthree"}, 400)
    assert "Line 2 holds a carriage return" in problem["detail"]


def test_the_same_text_again_says_what_it_republishes(analyst: Person) -> None:
    first = post(analyst, "articles/", BODY)
    post(analyst, "articles/", BODY | {"title": "Again"}, 400)
    assert not Upload.objects.exists()
    told = post(analyst, "articles/", BODY | {"title": "Again", "republishes": first["id"]})
    assert told["republishes"] == first["id"]


def test_a_publisher_of_several_is_a_choice(analyst: Person) -> None:
    for _ in range(2):
        factories.a_source(analyst.desk, name="Wire")
    problem = post(analyst, "articles/", BODY | {"publisher": "wire"}, 409)
    assert len(problem["candidates"]["publisher"]) == 2


@pytest.mark.parametrize("by_token", [True, False])
def test_more_than_can_be_held_is_refused_unread(
    by_token: bool, analyst: Person, settings: Any
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    headers = {}
    if by_token:
        headers["Authorization"] = f"Bearer {tokens.create(analyst.user, analyst.desk)}"
        analyst.client.logout()
    response = send(analyst, "POST", "articles/", BODY | {"byline": "x" * 200}, **headers)
    assert response.status_code == 413
    assert response["Content-Type"] == "application/problem+json"
