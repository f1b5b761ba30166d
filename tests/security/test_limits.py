"""What is too large, too deep or too much is stopped, says so, and changes nothing.

Of each format, what it gives up at is tested beside its reader in `tests/unit/importers`.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from claims.importers import bundle, jsonl
from claims.importers.page import ReadError
from tests.api import test_policy as api
from tests.pages import test_policy as pages
from tests.pages.conftest import Person, World
from tests.pages.walk import *  # noqa: F403 (the same fixtures as elsewhere, made once)

pytestmark = pytest.mark.one_database

HUGE = str(10 * 1024**3)
FORM = "multipart/form-data; boundary=x"


def test_ten_gigabytes_are_refused_before_a_byte_is_read(owner: Person, world: World) -> None:
    before = pages.everything()
    for name in ("import-new", "article-new", "settings"):
        where = pages.address(name, world)
        # Of a body that is empty, whoever reads it gets an error.
        answer = owner.client.generic("POST", where, b"", FORM, CONTENT_LENGTH=HUGE)
        assert answer.status_code == 413
        assert "That is too much at once" in answer.content.decode()
    where = api.address("api-articles", world)
    told: Any = owner.client.generic("POST", where, b"", "application/json", CONTENT_LENGTH=HUGE)
    assert (told.status_code, told.json()["status"]) == (413, 413)
    assert pages.everything() == before


def test_a_body_that_does_not_say_how_long_it_is_is_none(owner: Person, world: World) -> None:
    """Sent in chunks, it could go on for ever."""

    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise AssertionError("it was read")

    where, before = pages.address("import-new", world), pages.everything()
    extra: Any = {
        "CONTENT_LENGTH": "",
        "HTTP_TRANSFER_ENCODING": "chunked",
        "wsgi.input": Endless(),
    }
    answer = owner.client.generic("POST", where, b"", FORM, **extra)
    assert answer.status_code in (400, 422)
    assert pages.everything() == before


def test_a_form_of_more_than_it_may_have_says_so(owner: Person, world: World) -> None:
    before = pages.everything()
    sent = {"version": "1", "title": "x" * (17 * 1024 * 1024)}
    answer = owner.client.post(pages.address("article-edit", world), sent)
    assert answer.status_code == 413
    assert "Nothing was saved" in answer.content.decode()
    assert pages.everything() == before


def test_a_table_that_is_packed_a_thousandfold_is_not_read() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("claims.csv", bytes(30 * 1024 * 1024))
    with pytest.raises(ReadError, match="too large"):
        bundle.Bundle(packed)


def test_json_that_is_nested_without_end_is_told(owner: Person, world: World) -> None:
    deep = "[" * 100_000
    with pytest.raises(ReadError):
        jsonl.Jsonl(io.BytesIO(deep.encode()))
    answer: Any = owner.client.generic(
        "POST", api.address("api-claims", world), deep, "application/json"
    )
    assert (answer.status_code, answer.json()["status"]) == (400, 400)
