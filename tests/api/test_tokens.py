"""How a script says who it is, and what one that is nobody is told."""

from __future__ import annotations

import json
import re
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from knox.models import AuthToken

from claims.actions import token as tokens
from claims.models import Workspace
from tests.pages.conftest import Person, World

pytestmark = pytest.mark.one_database

ACCOUNT = "/account/"
DESKS = "/api/v1/workspaces/"


def ask(token: str, where: str = DESKS) -> Any:
    return Client().get(where, headers={"Authorization": f"Bearer {token}"})


def test_a_token_is_made_shown_once_listed_by_its_beginning_and_revoked(analyst: Person) -> None:
    made = analyst.client.post(ACCOUNT, {"part": "token"})
    token = re.findall(r"cc_[0-9a-f]{64}", made.content.decode())
    assert len(token) == 1
    assert made["Cache-Control"] == "no-store"
    page = analyst.client.get(ACCOUNT).content.decode()
    assert token[0] not in page
    assert f"<code>{token[0][:8]}…</code>" in page
    (key,) = re.findall(r'name="key" value="(.+?)"', page)
    assert [one["role"] for one in ask(token[0]).json()] == ["analyst"]
    assert analyst.client.post(ACCOUNT, {"part": "revoke", "key": key}).status_code == 302
    assert ask(token[0]).status_code == 401


def test_nobody_revokes_the_token_of_somebody_else(analyst: Person, viewer: Person) -> None:
    token = tokens.create(analyst.user)
    viewer.client.post(ACCOUNT, {"part": "revoke", "key": tokens.of(analyst.user)[0]["key"]})
    assert ask(token).status_code == 200


def test_only_the_hash_of_a_token_is_kept(analyst: Person) -> None:
    token = tokens.create(analyst.user)
    row = AuthToken.objects.values().get()
    assert not any(token in str(value) for value in row.values())


def test_the_command_makes_a_token_for_somebody(analyst: Person) -> None:
    out = StringIO()
    call_command("token", "analyst", stdout=out)
    assert ask(out.getvalue().strip()).status_code == 200
    with pytest.raises(CommandError, match="Nobody"):
        call_command("token", "who")


def test_a_token_that_is_over_and_one_of_somebody_who_left_open_nothing(analyst: Person) -> None:
    token = tokens.create(analyst.user)
    analyst.user.is_active = False
    analyst.user.save()
    assert ask(token).status_code == 401
    analyst.user.is_active = True
    analyst.user.save()
    AuthToken.objects.update(expiry=timezone.now())
    assert tokens.of(analyst.user) == []
    assert ask(token).status_code == 401


@pytest.mark.parametrize("token", ["", "a b", "ÿ", "cc_" + "0" * 64, "'; --"])
def test_what_is_no_token_is_refused_with_a_problem(db: None, token: str) -> None:
    answer = Client().get(DESKS, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 401


def test_a_session_writes_only_with_the_token_of_its_pages(owner: Person, world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(owner.user, "django.contrib.auth.backends.ModelBackend")
    where = f"/api/v1/w/{world.desk.slug}/claims/{world.claim.uid}/"
    answer = strict.delete(where, headers={"If-Match": '"1"'})
    assert answer.status_code == 403
    assert "CSRF" in answer.json()["detail"]


def test_no_other_site_may_ask(analyst: Person) -> None:
    answer = analyst.client.get(DESKS, headers={"Origin": "https://elsewhere.example"})
    assert not [name for name in answer.headers if name.startswith("Access-Control")]


def test_the_docs_need_nothing_from_elsewhere_and_nothing_inline(
    analyst: Person, desk: Workspace
) -> None:
    page = analyst.client.get("/api/v1/").content.decode()
    assert "style=" not in page
    loaded = re.findall(r'<(?:script|link)[^>]*(?:src|href)="([^"]+)"', page)
    assert "swagger-ui-bundle" in str(loaded)
    assert all(one.startswith((settings.STATIC_URL, "data:")) for one in loaded)


def test_the_document_is_openapi_3_1(analyst: Person) -> None:
    answer = analyst.client.get("/api/v1/openapi.json")
    document = json.loads(answer.content)
    assert document["openapi"].startswith("3.1")
    claims = document["paths"]["/api/v1/w/{slug}/claims/"]["get"]
    assert {"incident", "source", "fields", "after"} <= {p["name"] for p in claims["parameters"]}
    assert "application/problem+json" in claims["responses"]["404"]["content"]
