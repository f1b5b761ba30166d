"""What somebody with an account, a link or a stolen cookie tries; each ends in nothing.

Who may ask for which address, and that an object of another desk is not there, is walked in
`tests/pages/test_policy.py` and `tests/api/test_policy.py`; here is what is sent to them.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from allauth.account import urls as account_urls
from allauth.mfa import urls as mfa_urls
from django.apps import apps
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from claims.models import Membership, User, Workspace
from tests import factories
from tests.api import test_policy as api
from tests.pages import test_policy as pages
from tests.pages.conftest import Person, World, a_world, sign_in
from tests.pages.walk import *  # noqa: F403 (the same fixtures as elsewhere, made once)

pytestmark = pytest.mark.one_database

PASSWORD = "correct horse battery"
SENT = [row for row in pages.ROWS if row.method == "POST" and row.expected["owner"] == "ok"]
WRITTEN = [
    row for row in api.ROWS if row.method in ("POST", "PATCH") and row.expected["owner"] == "ok"
]
# Every field of a form that names another row.
POINTERS = (
    "source via accused incident publisher republishes affiliation parent question to_claim claim"
    " claims position positions other side subject annotator assignee user revision comment"
).split()
LEADS_OUT = re.compile(r"""(href|action)="[^"?]*evil""")
EVIL = (
    "https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example",
    "javascript:alert(1)", "https:evil.example", "http:///evil.example", "/\t/evil.example",
)  # fmt: skip


@pytest.fixture
def far(world: World, outsider: Person) -> World:
    """One object of every noun at the other desk."""
    return a_world(Workspace.objects.get(slug="elsewhere"), factories.a_user("far"))


def crossings() -> str:
    """SQL: which columns of a desk's rows point at a row of another desk."""
    parts = []
    for model in apps.get_app_config("claims").get_models():
        fields = {field.name: field for field in model._meta.concrete_fields}
        for field in fields.values() if "workspace" in fields else ():
            to: Any = field.related_model
            if to and any(other.name == "workspace" for other in to._meta.concrete_fields):
                ours, theirs = model._meta.db_table, to._meta.db_table
                parts.append(
                    f"SELECT '{model.__name__}.{field.name}' FROM {ours} a JOIN {theirs} b"  # noqa: S608
                    f" ON a.{field.column} = b.id AND a.workspace_id <> b.workspace_id"
                )
    return " UNION ALL ".join(parts)


def led_astray() -> list[str]:
    """Rows that point at one of another desk."""
    with connection.cursor() as cursor:
        cursor.execute(crossings())
        return [name for (name,) in cursor.fetchall()]


def plain(response: Any, *uids: UUID) -> str:
    """What was answered, without what is new in each answer."""
    text = str(response.content.decode())
    for uid in uids:
        text = text.replace(str(uid), "UID")
    return re.sub(r"\b\w{64}\b|[0-9a-f]{32}", "", text)


def test_an_id_of_another_desk_in_a_form_is_like_one_that_is_not_there(
    owner: Person, world: World, far: World
) -> None:
    unknown = uuid4()
    theirs = {
        name: getattr(far, name).uid for name in pages.OBJECTS.values() if name != "membership"
    }
    named = {"via": "source", "accused": "source", "publisher": "source", "affiliation": "source",
             "to_claim": "claim", "claims": "claim", "republishes": "article", "parent": "incident",
             "positions": "position"}  # fmt: skip
    for row in SENT:
        where = pages.address(row.name, world)
        body = pages.body(world)
        told = []
        for known in (True, False):
            uids = {}
            for name in POINTERS:
                uid = theirs.get(named.get(name, name), far.incident.uid)
                uids[name] = str(uid if known else unknown)
            with pages.taken_back():
                owner.client.cookies.pop("messages", None)  # of the answer before
                answer = owner.client.post(where, body | uids)
                # A new link of an invitation, say, is another one each time.
                words = plain(answer, unknown, *theirs.values()) if answer.status_code > 399 else ""
                told.append((answer.status_code, words))
                assert led_astray() == [], row
        assert told[0] == told[1], row


def test_an_id_of_another_desk_sent_to_the_api_is_like_one_that_is_not_there(
    owner: Person, world: World, far: World
) -> None:
    tried = 0
    for row in WRITTEN:
        body = api.body(row.name, world)
        for name in [name for name, value in body.items() if is_uid(value)]:
            answers = []
            for uid in (getattr(far, name.split("_")[-1]).uid, uuid4()):
                sent = body | {name: str(uid)}
                with pages.taken_back():
                    etag = api.version(row.name, world)
                    where = api.address(row.name, world)
                    answer = api.ask(owner.client, row.method, where, sent, etag)
                    answers.append((answer.status_code, plain(answer, uid)))
            assert answers[0] == answers[1], (row, name)
            assert answers[0][0] in (400, 404), (row, name)
            tried += 1
    assert tried > 8


def is_uid(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[0-9a-f-]{36}", value))


def test_nothing_is_sent_without_the_token_of_a_page(owner: Person, world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = owner.client.cookies
    before = pages.everything()
    doors = list(pages.names(account_urls.urlpatterns + mfa_urls.urlpatterns))
    places = [pages.address(row.name, world) for row in pages.ROWS if row.method == "POST"]
    places += [reverse(name, kwargs=pages.KEYS.get(name)) for name in doors]
    places += [reverse("admin:login"), reverse("admin:claims_user_add")]
    for where in places:
        assert strict.post(where, {"next": "/"}).status_code in (403, 405), where
    for row in api.ROWS:
        if row.method != "GET" and row.expected["owner"] == "ok":
            where, etag = api.address(row.name, world), api.version(row.name, world)
            answer = api.ask(strict, row.method, where, api.body(row.name, world), etag)
            assert answer.status_code == 403, row
    assert pages.everything() == before


def test_nobody_is_led_to_another_site(owner: Person, world: World) -> None:
    headers, kind = {"Referer": "https://evil.example/"}, "/account/?kind"

    def sent(row: pages.Row, next_: str) -> str:
        body = pages.body(world) | {"next": next_}
        with pages.taken_back():
            answer: Any = owner.client.post(pages.address(row.name, world), body, headers=headers)
            if kind != next_:
                assert not LEADS_OUT.search(plain(answer)), (row, next_)
        return str(answer.headers.get("Location", ""))

    heeding = [row for row in SENT if sent(row, kind) == kind]
    assert len(heeding) > 4
    for number, row in enumerate(heeding):
        for next_ in EVIL[number % len(EVIL) :][: 1 if number else None]:
            assert re.match(r"/(?![/\\])", sent(row, next_)), (row, next_)
            assert "evil" not in sent(row, next_), (row, next_)
    for name in ("account_login", "account_logout", "account_reauthenticate", "mfa_index"):
        for client in (owner.client, Client()):
            for next_ in EVIL:
                answer: Any = client.get(reverse(name), {"next": next_}, headers=headers)
                assert re.match(r"/(?![/\\])", answer.headers.get("Location", "/"))
                assert not LEADS_OUT.search(plain(answer)), (name, next_)


MORE = {
    "id": "1", "pk": "1", "uid": "01a22117-83fa-7730-87a4-883e73457784", "workspace": "elsewhere",
    "workspace_id": "1", "is_staff": "on", "is_superuser": "on", "is_demo": "on", "groups": "1",
    "annotator_id": "1", "approver": "1", "reviewer": "1", "author": "1", "made_by": "1",
    "deleted_at": "2016-12-08", "state": "established", "disputed": "true", "password": "x",
    "user": "1", "origin": "import", "captured_by": "1", "secret_hash": "0" * 64, "state_id": "1",
}  # fmt: skip


NAMED: list[Any] = [
    model
    for model in apps.get_app_config("claims").get_models()
    if any(field.name == "uid" for field in model._meta.fields)
]


def test_what_a_form_does_not_ask_for_is_not_taken(owner: Person, world: World) -> None:
    kept = "id is_staff is_superuser is_demo password username is_active".split()
    people = list(User.objects.order_by("id").values(*kept))
    elsewhere = Membership.objects.filter(workspace__slug="elsewhere")
    for row in SENT:
        where, body = pages.address(row.name, world), pages.body(world)
        if row.name == "account":
            body |= {"part": "details", "name": "Changed", "email": ""}
        with pages.taken_back():
            owner.client.post(where, MORE | body)
            assert list(User.objects.order_by("id").values(*kept)) == people, row
            assert elsewhere.count() == 1, row
            assert not any(model.objects.filter(uid=MORE["uid"]).exists() for model in NAMED), row


def test_what_the_api_does_not_describe_is_refused(owner: Person, world: World) -> None:
    before = everything_but_counts()
    for row in WRITTEN:
        body, where = api.body(row.name, world), api.address(row.name, world)
        etag = api.version(row.name, world)
        for name in ("id", "workspace", "version", "annotator"):
            answer: Any = api.ask(owner.client, row.method, where, body | {name: "1"}, etag)
            assert answer.status_code == 400, (row, name)
            assert name in str(answer.json()["errors"]), (row, name)
    assert everything_but_counts() == before


def everything_but_counts() -> dict[str, Any]:
    """All rows, but how often somebody has asked."""
    return {name: rows for name, rows in pages.everything().items() if "Allowance" not in name}


@pytest.fixture
def ada(db: None) -> User:
    cache.clear()
    user = factories.a_user("ada", email="ada@example.org")
    user.set_password(PASSWORD)
    user.save()
    return user


def test_a_session_of_before_signing_in_is_not_the_one_after(ada: User) -> None:
    victim = Client()
    victim.get("/join/anything/")  # which begins a session
    planted = victim.session.session_key
    assert planted is not None
    victim.cookies[settings.SESSION_COOKIE_NAME] = planted
    victim.post(reverse("account_login"), {"login": "ada", "password": PASSWORD})
    assert victim.get("/account/").status_code == 200
    assert victim.session.session_key != planted
    attacker = Client()
    attacker.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert attacker.get("/account/").status_code == 302


def test_a_cookie_is_worth_nothing_after_signing_out(ada: User) -> None:
    browser = sign_in(ada)
    stolen = browser.cookies[settings.SESSION_COOKIE_NAME].value
    browser.post(reverse("account_logout"))
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = stolen
    assert thief.get("/account/").status_code == 302


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(ada: User) -> None:
    browser = Client()
    browser.post(reverse("account_login"), {"login": "ada", "password": PASSWORD})
    session = browser.cookies[settings.SESSION_COOKIE_NAME]
    assert (session["httponly"], session["samesite"]) == (True, "Lax")


def test_a_name_that_nobody_has_takes_as_long_as_one_that_somebody_has(
    ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As often is a password hashed, which is what takes the time."""
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: Any, password: str, salt: str) -> str:
        hashed.append(password)
        return str(encode(self, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    counts = []
    for login in ("ada", "ada@example.org", "nobody", "nobody@example.org"):
        hashed.clear()
        Client().post(reverse("account_login"), {"login": login, "password": "a guess"})
        counts.append(len(hashed))
    assert len(set(counts)) == 1, counts
    assert counts[0] > 0
