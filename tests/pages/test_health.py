"""What watches the site is answered, each request has an id, and logs hold nothing personal."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from annotator import logs
from annotator.logs import Json
from claims.actions import heartbeat
from tests.pages.conftest import Person

pytestmark = pytest.mark.one_database
STRANGER = {"HTTP_HOST": "10.1.2.3"}  # no name of the site's


def ready() -> tuple[int, dict[str, Any]]:
    response = Client().get("/readyz", **STRANGER)  # type: ignore[arg-type]
    return response.status_code, response.json()


def test_a_process_that_lives_says_so_without_a_database() -> None:
    response = Client().get("/healthz", **STRANGER)  # type: ignore[arg-type]
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert Client().post("/healthz").status_code == 405


def test_it_is_ready_and_tells_when_a_worker_was_seen(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ready() == (
        200,
        {
            "ready": True,
            "data_folder": "ok",
            "migrations": "ok",
            "worker_seen_seconds_ago": None,
            "database": "ok",
        },
    )
    monkeypatch.setattr(heartbeat, "connection", type("Outside", (), {"in_atomic_block": False}))
    monkeypatch.setattr(heartbeat, "_last", -heartbeat.EVERY)
    call_command("work", "--once")
    assert ready()[1]["worker_seen_seconds_ago"] in range(60)


def test_it_is_not_ready_without_database_migrations_or_folder(
    db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(MigrationExecutor, "migration_plan", lambda *_: ["one"])
        assert ready()[0] == 503
        assert ready()[1]["migrations"] == "1 to be applied"
    with monkeypatch.context() as patch:

        def down(*_: Any, **__: Any) -> Any:
            raise OperationalError("password of counterclaim at 10.0.0.1")

        patch.setattr(BaseDatabaseWrapper, "cursor", down)
        status, told = ready()
        assert status == 503
        assert told["database"] == "does not answer, or has no tables"
        assert "password" not in json.dumps(told)
    settings.DATA_DIR = tmp_path / "gone"
    assert ready()[1]["data_folder"] == "can't be written to"


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("0123abcd-_XY", True),
        ("short", False),
        ("a" * 65, False),
        ("<script>alert</script>", False),
        ("two\tparts of it", False),
    ],
)
def test_an_id_is_taken_from_a_proxy_where_it_is_safe(given: str, taken: bool) -> None:
    response = Client(headers={"X-Request-ID": given}).get("/healthz")
    assert (response["X-Request-ID"] == given) == taken
    assert logs.SAFE.fullmatch(response["X-Request-ID"])


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """What is logged meanwhile, as lines of JSON."""
    told: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(self.format(record))

    kept, root, ours = Kept(), logging.getLogger(), logs.log
    kept.setFormatter(Json())
    before = ours.level
    root.addHandler(kept)
    ours.setLevel(logging.INFO)
    yield told
    root.removeHandler(kept)
    ours.setLevel(before)


def test_a_request_is_logged_by_its_route(viewer: Person, lines: list[str]) -> None:
    response = viewer.client.get(
        f"/w/{viewer.desk.slug}/search/?q=Abu+Omar", REMOTE_ADDR="10.9.9.9"
    )
    (line,) = [json.loads(line) for line in lines]
    assert line["route"] == "w/<slug:slug>/search/"
    assert (line["method"], line["status"]) == ("GET", 200)
    assert line["request_id"] == response["X-Request-ID"]
    for secret in (viewer.desk.slug, "Omar", "10.9.9.9", viewer.user.username):
        assert secret not in lines[0]


def test_a_fault_is_logged_without_what_it_quotes_and_shown_with_its_id(
    viewer: Person, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        try:
            int("Abu Omar")
        except ValueError as error:
            raise LookupError("Abu Omar") from error

    monkeypatch.setattr("claims.views.search.render", broken)
    viewer.client.raise_request_exception = False
    response = viewer.client.get(f"/w/{viewer.desk.slug}/search/")
    assert response.status_code == 500
    assert response["X-Request-ID"] in response.content.decode()
    fault = next(line for line in lines if "fault" in json.loads(line))
    assert json.loads(fault)["request_id"] == response["X-Request-ID"]
    assert "LookupError" in fault
    assert "ValueError" in fault
    assert "in broken" not in fault
    assert "Omar" not in fault
