"""How a script says who it is, and what one that is nobody is told."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from claims.actions import token as tokens
from claims.models import Membership, Token, Workspace
from tests import factories
from tests.pages.conftest import Person, World

pytestmark = pytest.mark.one_database

PAGE = "/account/tokens/"
DESKS = "/api/v1/workspaces/"


def ask(token: str, where: str = DESKS, method: str = "GET") -> Any:
    headers = {"Authorization": f"Bearer {token}"}
    return Client().generic(method, where, "{}", "application/json", headers=headers)


def sent(desk: Workspace, **changed: str) -> dict[str, str]:
    """The form that makes a token."""
    return {"workspace": desk.slug, "until": timezone.now().date().isoformat()} | changed


def test_a_token_is_made_shown_once_listed_by_its_beginning_and_revoked(analyst: Person) -> None:
    made = analyst.client.post(PAGE, sent(analyst.desk))
    token = re.findall(r"cc_[0-9a-f]{64}", made.content.decode())
    assert len(token) == 1
    assert "no-store" in made["Cache-Control"]
    page = analyst.client.get(PAGE).content.decode()
    assert token[0] not in page
    assert f"<code>{token[0][:8]}…</code>" in page
    assert ">never<" in page
    (key,) = re.findall(r'name="key" value="(.+?)"', page)
    assert [one["role"] for one in ask(token[0]).json()] == ["analyst"]
    assert ">never<" not in analyst.client.get(PAGE).content.decode()
    assert analyst.client.post(f"{PAGE}revoke/", {"key": key}).status_code == 302
    assert ask(token[0]).status_code == 401


def test_nobody_revokes_the_token_of_somebody_else(analyst: Person, viewer: Person) -> None:
    token = tokens.create(analyst.user, analyst.desk)
    viewer.client.post(f"{PAGE}revoke/", {"key": tokens.of(analyst.user)[0]["key"]})
    assert ask(token).status_code == 200


def test_a_token_opens_its_own_desk_and_no_other(analyst: Person) -> None:
    other = factories.a_membership(factories.a_workspace(slug="other"), analyst.user).workspace
    token = tokens.create(analyst.user, analyst.desk)
    assert ask(token, f"/api/v1/w/{analyst.desk.slug}/claims/").status_code == 200
    assert ask(token, f"/api/v1/w/{other.slug}/claims/").status_code == 404
    assert [desk["slug"] for desk in ask(token).json()] == [analyst.desk.slug]
    assert analyst.client.get(f"/api/v1/w/{other.slug}/claims/").status_code == 200


def test_a_token_that_only_reads_writes_nothing(owner: Person, world: World) -> None:
    token = tokens.create(owner.user, owner.desk, read_only=True)
    claims = f"/api/v1/w/{owner.desk.slug}/claims/"
    assert ask(token, claims).status_code == 200
    for method, where in (("POST", claims), ("DELETE", f"{claims}{world.claim.uid}/")):
        refused = ask(token, where, method)
        assert refused.status_code == 403
        assert "This token reads" in refused.json()["detail"]
        assert refused["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"workspace": "elsewhere"}, "valid choice"),
        ({"until": "2016-12-08"}, "Give a day"),
        ({"until": "2999-01-01"}, "Give a day"),
        ({"until": "soon"}, "valid date"),
    ],
)
def test_a_token_that_can_not_be_is_told_beside_the_field(
    analyst: Person, outsider: Person, changed: dict[str, str], wrong: str
) -> None:
    answer = analyst.client.post(PAGE, sent(analyst.desk, **changed))
    assert answer.status_code == 422
    assert re.search(rf"errorlist.*?{wrong}", answer.content.decode(), re.DOTALL)
    assert not Token.objects.exists()


def test_only_the_hash_of_a_token_is_kept(analyst: Person) -> None:
    token = tokens.create(analyst.user, analyst.desk)
    row = Token.objects.values().get()
    assert not any(token in str(value) for value in row.values())


def test_the_command_makes_a_token_for_somebody(analyst: Person, outsider: Person) -> None:
    def made(*words: str) -> str:
        out = StringIO()
        call_command("token", *words, stdout=out)
        return out.getvalue().strip()

    token = made("analyst", "--workspace", "desk", "--read-only", "--days", "1")
    assert ask(token).status_code == 200
    (row,) = Token.objects.all()
    assert row.read_only
    assert row.expiry < timezone.now() + timedelta(days=2)
    for words, wrong in (
        (("who", "--workspace", "desk"), "Nobody"),
        (("analyst", "--workspace", "none"), "no desk"),
        (("analyst", "--workspace", "elsewhere"), "no seat"),
        (("analyst", "--workspace", "desk", "--days", "0"), "--days"),
    ):
        with pytest.raises(CommandError, match=wrong):
            made(*words)


def test_a_token_that_is_over_and_one_of_somebody_who_left_open_nothing(analyst: Person) -> None:
    token = tokens.create(analyst.user, analyst.desk)
    analyst.user.is_active = False
    analyst.user.save()
    assert ask(token).status_code == 401
    analyst.user.is_active = True
    analyst.user.save()
    Token.objects.update(expiry=timezone.now())
    assert tokens.of(analyst.user) == []
    assert ask(token).status_code == 401


def test_without_the_seat_a_token_opens_nothing(analyst: Person) -> None:
    token = tokens.create(analyst.user, analyst.desk)
    Membership.objects.filter(user=analyst.user).delete()
    assert ask(token, f"/api/v1/w/{analyst.desk.slug}/claims/").status_code == 404


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
