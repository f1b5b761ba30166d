"""Who asks too often: counted for all processes together, and not at each request."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.api.throttle import Throttle
from claims.models import Allowance
from tests.pages.conftest import Person

DESKS = "/api/v1/workspaces/"


@pytest.mark.usefixtures("throttled")
def test_who_asks_too_often_is_told_when_to_come_back(analyst: Person, viewer: Person) -> None:
    codes = [analyst.client.get(DESKS).status_code for _ in range(4)]
    assert codes == [200, 200, 429, 429]
    answer = analyst.client.get(DESKS)
    assert int(answer["Retry-After"]) == 20
    assert answer["Content-Type"] == "application/problem+json"
    assert viewer.client.get(DESKS).status_code == 200


@pytest.mark.usefixtures("throttled")
def test_another_process_goes_on_counting_and_another_minute_begins_anew(
    analyst: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert analyst.client.get(DESKS).status_code == 200
    monkeypatch.setattr(Throttle, "shares", {})
    assert [analyst.client.get(DESKS).status_code for _ in range(2)] == [200, 429]
    monkeypatch.setattr(Throttle, "clock", lambda _: 1_000_000_030.0)
    assert analyst.client.get(DESKS).status_code == 200
    assert Allowance.objects.get().taken == 1


@pytest.mark.usefixtures("throttled")
def test_one_request_in_thirty_writes(analyst: Person, settings: Any) -> None:
    settings.API_RATE = "600/min"

    def writes(times: int) -> int:
        with CaptureQueriesContext(connection) as found:
            for _ in range(times):
                analyst.client.get(DESKS)
        return sum("claims_allowance" in one["sql"] for one in found)

    assert writes(30) == 1
    assert writes(30) == 1
    assert writes(1) == 1
    assert Allowance.objects.get().taken == 90


def test_attempts_to_sign_in_are_counted_where_every_process_sees_them(db: None) -> None:
    Client().post("/accounts/login/", {"login": "nobody", "password": "guess"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM claims_cache")
        keys = [key for (key,) in cursor.fetchall()]
    assert any("login" in key for key in keys)
