"""Who may do what, written out: every address, by every method, by everybody.

The table below is the expectation; nothing of it is computed from `claims/policy.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from allauth.account import urls as account_urls
from allauth.mfa import urls as mfa_urls
from django.apps import apps
from django.contrib import admin
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, reverse

from claims import urls
from claims.actions import incident, member
from claims.models import Change, Membership, Workspace
from claims.records import Role
from tests import factories
from tests.pages.conftest import Person, World
from tests.pages.walk import *  # noqa: F403 (the same fixtures as elsewhere, made once)

pytestmark = pytest.mark.one_database

# ok: let in (the page, or a redirect within the site, or an error beside a field);
# in: sent to the sign-in page; else the status.
#                      viewer analyst reviewer owner outsider signed-out
TABLE = """
home             GET   ok   ok   ok   ok   ok   in
home             POST  405  405  405  405  405  in
account          GET   ok   ok   ok   ok   ok   in
account          POST  ok   ok   ok   ok   ok   in
sessions         GET   ok   ok   ok   ok   ok   in
sessions         POST  405  405  405  405  405  in
sessions-end-others GET 405 405  405  405  405  in
sessions-end-others POST ok ok   ok   ok   ok   in
session-end      GET   405  405  405  405  405  in
session-end      POST  404  404  404  404  404  in
tokens           GET   ok   ok   ok   ok   ok   in
tokens           POST  ok   ok   ok   ok   ok   in
token-revoke     GET   405  405  405  405  405  in
token-revoke     POST  ok   ok   ok   ok   ok   in
join             GET   404  404  404  404  404  404
join             POST  404  404  404  404  404  404
join-link        GET   404  404  404  404  404  404
join-link        POST  405  405  405  405  405  405
workspace-new    GET   ok   ok   ok   ok   ok   in
workspace-new    POST  ok   ok   ok   ok   ok   in
articles         GET   ok   ok   ok   ok   404  in
articles         POST  405  405  405  405  405  in
article-new      GET   403  ok   ok   ok   404  in
article-new      POST  403  ok   ok   ok   404  in
article-preview  GET   403  ok   ok   ok   404  in
article-preview  POST  403  ok   ok   ok   404  in
article-drop     GET   405  405  405  405  405  in
article-drop     POST  403  ok   ok   ok   404  in
article          GET   ok   ok   ok   ok   404  in
article          POST  405  405  405  405  405  in
article-edit     GET   403  ok   ok   ok   404  in
article-edit     POST  403  ok   ok   ok   404  in
article-blind    GET   403  403  ok   ok   404  in
article-blind    POST  403  403  ok   ok   404  in
article-submit   GET   403  404  404  404  404  in
article-submit   POST  403  404  404  404  404  in
article-delete   GET   405  405  405  405  405  in
article-delete   POST  403  ok   ok   ok   404  in
article-original GET   ok   ok   ok   ok   404  in
article-original POST  405  405  405  405  405  in
article-revise   GET   403  ok   ok   ok   404  in
article-revise   POST  403  ok   ok   ok   404  in
article-revisions GET  ok   ok   ok   ok   404  in
article-revisions POST 405  405  405  405  405  in
revision         GET   ok   ok   ok   ok   404  in
revision         POST  405  405  405  405  405  in
placement        GET   403  ok   ok   ok   404  in
placement        POST  403  ok   ok   ok   404  in
article-read     GET   405  405  405  405  405  in
article-read     POST  403  ok   ok   ok   404  in
article-suggestions-accept GET 405 405 405 405 405 in
article-suggestions-accept POST 403 ok ok  ok   404  in
article-suggest  GET   405  405  405  405  405  in
article-suggest  POST  403  ok   ok   ok   404  in
suggestions      GET   ok   ok   ok   ok   404  in
suggestions      POST  405  405  405  405  405  in
suggestions-read GET   405  405  405  405  405  in
suggestions-read POST  403  403  ok   ok   404  in
suggestions-train GET  405  405  405  405  405  in
suggestions-train POST 403  403  ok   ok   404  in
suggestion-accept GET  405  405  405  405  405  in
suggestion-accept POST 403  ok   ok   ok   404  in
suggestion-dismiss GET 405  405  405  405  405  in
suggestion-dismiss POST 403 ok   ok   ok   404  in
suggestion-edit  GET   403  ok   ok   ok   404  in
suggestion-edit  POST  405  405  405  405  405  in
imports          GET   403  ok   ok   ok   404  in
imports          POST  405  405  405  405  405  in
import-new       GET   403  ok   ok   ok   404  in
import-new       POST  403  ok   ok   ok   404  in
import           GET   403  ok   ok   ok   404  in
import           POST  405  405  405  405  405  in
import-accept    GET   405  405  405  405  405  in
import-accept    POST  403  ok   ok   ok   404  in
import-choose    GET   405  405  405  405  405  in
import-choose    POST  403  ok   ok   ok   404  in
import-cancel    GET   405  405  405  405  405  in
import-cancel    POST  403  ok   ok   ok   404  in
claim-new        GET   403  ok   ok   ok   404  in
claim-new        POST  403  ok   ok   ok   404  in
claim            GET   ok   ok   ok   ok   404  in
claim            POST  405  405  405  405  405  in
claim-edit       GET   403  ok   ok   ok   404  in
claim-edit       POST  403  ok   ok   ok   404  in
claim-delete     GET   405  405  405  405  405  in
claim-delete     POST  403  ok   ok   ok   404  in
claim-span       GET   405  405  405  405  405  in
claim-span       POST  403  ok   ok   ok   404  in
claim-status     GET   405  405  405  405  405  in
claim-status     POST  403  ok   ok   ok   404  in
link-new         GET   403  ok   ok   ok   404  in
link-new         POST  403  ok   ok   ok   404  in
proposal-link    GET   405  405  405  405  405  in
proposal-link    POST  403  ok   ok   ok   404  in
proposal-dismiss GET   405  405  405  405  405  in
proposal-dismiss POST  403  ok   ok   ok   404  in
link-edit        GET   403  ok   ok   ok   404  in
link-edit        POST  403  ok   ok   ok   404  in
link-delete      GET   405  405  405  405  405  in
link-delete      POST  403  ok   ok   ok   404  in
claim-same       GET   403  ok   ok   ok   404  in
claim-same       POST  403  ok   ok   ok   404  in
filing-new       GET   403  ok   ok   ok   404  in
filing-new       POST  403  ok   ok   ok   404  in
filing-edit      GET   403  ok   ok   ok   404  in
filing-edit      POST  403  ok   ok   ok   404  in
filing-delete    GET   405  405  405  405  405  in
filing-delete    POST  403  ok   ok   ok   404  in
incidents        GET   ok   ok   ok   ok   404  in
incidents        POST  405  405  405  405  405  in
incident-new     GET   403  ok   ok   ok   404  in
incident-new     POST  403  ok   ok   ok   404  in
incident-pick    GET   ok   ok   ok   ok   404  in
incident-pick    POST  405  405  405  405  405  in
incident         GET   ok   ok   ok   ok   404  in
incident         POST  405  405  405  405  405  in
incident-brief   GET   ok   ok   ok   ok   404  in
incident-brief   POST  405  405  405  405  405  in
incident-brief-pdf GET ok   ok   ok   ok   404  in
incident-brief-pdf POST 405 405  405  405  405  in
incident-edit    GET   403  ok   ok   ok   404  in
incident-edit    POST  403  ok   ok   ok   404  in
incident-delete  GET   405  405  405  405  405  in
incident-delete  POST  403  ok   ok   ok   404  in
incident-merge   GET   403  403  ok   ok   404  in
incident-merge   POST  403  403  ok   ok   404  in
incident-split   GET   403  403  ok   ok   404  in
incident-split   POST  403  403  ok   ok   404  in
incident-move    GET   403  ok   ok   ok   404  in
incident-move    POST  403  ok   ok   ok   404  in
question-new     GET   403  ok   ok   ok   404  in
question-new     POST  403  ok   ok   ok   404  in
question-edit    GET   403  ok   ok   ok   404  in
question-edit    POST  403  ok   ok   ok   404  in
question-delete  GET   405  405  405  405  405  in
question-delete  POST  403  ok   ok   ok   404  in
position-new     GET   403  ok   ok   ok   404  in
position-new     POST  403  ok   ok   ok   404  in
position-edit    GET   403  ok   ok   ok   404  in
position-edit    POST  403  ok   ok   ok   404  in
position-delete  GET   405  405  405  405  405  in
position-delete  POST  403  ok   ok   ok   404  in
question-file    GET   403  ok   ok   ok   404  in
question-file    POST  403  ok   ok   ok   404  in
question-verdict GET   403  403  ok   ok   404  in
question-verdict POST  403  403  ok   ok   404  in
incident-verdict GET   403  403  ok   ok   404  in
incident-verdict POST  403  403  ok   ok   404  in
assessment-second   GET  405  405  405  405  405  in
assessment-second   POST 403  403  ok   ok   404  in
assessment-withdraw GET  405  405  405  405  405  in
assessment-withdraw POST 403  403  ok   ok   404  in
claim-comment    GET   ok   ok   ok   ok   404  in
claim-comment    POST  403  ok   ok   ok   404  in
question-comment GET   ok   ok   ok   ok   404  in
question-comment POST  403  ok   ok   ok   404  in
incident-comment GET   ok   ok   ok   ok   404  in
incident-comment POST  403  ok   ok   ok   404  in
article-comment  GET   ok   ok   ok   ok   404  in
article-comment  POST  403  ok   ok   ok   404  in
comment          GET   ok   ok   ok   ok   404  in
comment          POST  405  405  405  405  405  in
comment-edit     GET   403  403  403  403  404  in
comment-edit     POST  403  403  403  403  404  in
comment-delete   GET   405  405  405  405  405  in
comment-delete   POST  403  403  403  403  404  in
comment-resolve  GET   405  405  405  405  405  in
comment-resolve  POST  403  ok   ok   ok   404  in
source-rate      GET   403  ok   ok   ok   404  in
source-rate      POST  403  ok   ok   ok   404  in
sources          GET   ok   ok   ok   ok   404  in
sources          POST  405  405  405  405  405  in
source-new       GET   403  ok   ok   ok   404  in
source-new       POST  403  ok   ok   ok   404  in
source-pick      GET   ok   ok   ok   ok   404  in
source-pick      POST  405  405  405  405  405  in
source           GET   ok   ok   ok   ok   404  in
source           POST  405  405  405  405  405  in
source-edit      GET   403  ok   ok   ok   404  in
source-edit      POST  403  ok   ok   ok   404  in
source-delete    GET   405  405  405  405  405  in
source-delete    POST  403  ok   ok   ok   404  in
source-merge     GET   403  403  ok   ok   404  in
source-merge     POST  403  403  ok   ok   404  in
sides            GET   ok   ok   ok   ok   404  in
sides            POST  405  405  405  405  405  in
side-new         GET   403  ok   ok   ok   404  in
side-new         POST  403  ok   ok   ok   404  in
side-edit        GET   403  ok   ok   ok   404  in
side-edit        POST  403  ok   ok   ok   404  in
side-delete      GET   405  405  405  405  405  in
side-delete      POST  403  ok   ok   ok   404  in
review           GET   ok   ok   ok   ok   404  in
review           POST  405  405  405  405  405  in
review-approval  GET   ok   ok   ok   ok   404  in
review-approval  POST  403  403  ok   ok   404  in
review-assign    GET   405  405  405  405  405  in
review-assign    POST  403  ok   ok   ok   404  in
history          GET   ok   ok   ok   ok   404  in
history          POST  405  405  405  405  405  in
history-past     GET   ok   ok   ok   ok   404  in
history-past     POST  405  405  405  405  405  in
source-protect   GET   403  403  403  ok   404  in
source-protect   POST  403  403  403  ok   404  in
source-identity  GET   403  403  403  404  404  in
source-identity  POST  403  403  403  404  404  in
source-lift      GET   405  405  405  405  405  in
source-lift      POST  403  403  403  404  404  in
purged           GET   ok   ok   ok   ok   404  in
purged           POST  405  405  405  405  405  in
claim-purge      GET   403  403  403  ok   404  in
claim-purge      POST  403  403  403  ok   404  in
article-purge    GET   403  403  403  ok   404  in
article-purge    POST  403  403  403  ok   404  in
source-purge     GET   403  403  403  ok   404  in
source-purge     POST  403  403  403  ok   404  in
comment-purge    GET   403  403  403  ok   404  in
comment-purge    POST  403  403  403  ok   404  in
seals            GET   403  403  403  ok   404  in
seals            POST  403  403  403  ok   404  in
seal-head        GET   403  403  403  ok   404  in
seal-head        POST  405  405  405  405  405  in
claim-history    GET   ok   ok   ok   ok   404  in
claim-history    POST  405  405  405  405  405  in
question-history GET   ok   ok   ok   ok   404  in
question-history POST  405  405  405  405  405  in
incident-history GET   ok   ok   ok   ok   404  in
incident-history POST  405  405  405  405  405  in
article-history  GET   ok   ok   ok   ok   404  in
article-history  POST  405  405  405  405  405  in
source-history   GET   ok   ok   ok   ok   404  in
source-history   POST  405  405  405  405  405  in
incident-as-of   GET   ok   ok   ok   ok   404  in
incident-as-of   POST  405  405  405  405  405  in
export           GET   ok   ok   ok   ok   404  in
export           POST  405  405  405  405  405  in
export-file      GET   ok   ok   ok   ok   404  in
export-file      POST  405  405  405  405  405  in
search           GET   ok   ok   ok   ok   404  in
search           POST  405  405  405  405  405  in
search-keep      GET   405  405  405  405  405  in
search-keep      POST  ok   ok   ok   ok   404  in
search-drop      GET   405  405  405  405  405  in
search-drop      POST  404  404  404  404  404  in
workspace        GET   ok   ok   ok   ok   404  in
workspace        POST  405  405  405  405  405  in
settings         GET   403  403  403  ok   404  in
settings         POST  403  403  403  ok   404  in
members          GET   403  403  403  ok   404  in
members          POST  403  403  403  ok   404  in
member-role      GET   405  405  405  405  405  in
member-role      POST  403  403  403  ok   404  in
member-blind     GET   405  405  405  405  405  in
member-blind     POST  403  403  403  ok   404  in
member-remove    GET   405  405  405  405  405  in
member-remove    POST  403  403  403  ok   404  in
invitation-revoke GET  405  405  405  405  405  in
invitation-revoke POST 403  403  403  ok   404  in
webhooks         GET  403  403  403  ok   404  in
webhooks         POST 405  405  405  405  405  in
webhook-new      GET  403  403  403  ok   404  in
webhook-new      POST 403  403  403  ok   404  in
webhook          GET  403  403  403  ok   404  in
webhook          POST 405  405  405  405  405  in
webhook-edit     GET  403  403  403  ok   404  in
webhook-edit     POST 403  403  403  ok   404  in
webhook-delete   GET  405  405  405  405  405  in
webhook-delete   POST 403  403  403  ok   404  in
webhook-test     GET  405  405  405  405  405  in
webhook-test     POST 403  403  403  ok   404  in
webhook-secret   GET  405  405  405  405  405  in
webhook-secret   POST 403  403  403  ok   404  in
webhook-go-on    GET  405  405  405  405  405  in
webhook-go-on    POST 403  403  403  ok   404  in
delivery         GET  403  403  403  ok   404  in
delivery         POST 405  405  405  405  405  in
delivery-again   GET  405  405  405  405  405  in
delivery-again   POST 403  403  403  ok   404  in
undo             GET   405  405  405  405  405  in
undo             POST  403  ok   ok   ok   404  in
redo             GET   405  405  405  405  405  in
redo             POST  403  ok   ok   ok   404  in
change-undo      GET   405  405  405  405  405  in
change-undo      POST  403  403  ok   ok   404  in
"""

# Those of the API have a table of their own, in tests/api.
ROUTES = [route for route in urls.urlpatterns if isinstance(route, URLPattern)]

PEOPLE = ("viewer", "analyst", "reviewer", "owner", "outsider", "nobody")

# The object that stands for the uid (or pk) in an address, by the beginning of the route's name.
OBJECTS = {
    "article-preview": "upload",
    "article-drop": "upload",
    "article": "article",
    "revision": "revision",
    "placement": "placement",
    "session": "membership",
    "claim-new": "article",
    "invitation": "invitation",
    "claim": "claim",
    "link-new": "claim",
    "proposal-link": "claim",
    "link": "link",
    "filing-new": "claim",
    "filing": "filing",
    "import": "job",
    "incident": "incident",
    "question-new": "incident",
    "question": "question",
    "position-new": "question",
    "position": "position",
    "assessment": "assessment",
    "comment": "comment",
    "review": "incident",
    "source": "source",
    "side": "side",
    "member": "membership",
    "change": "change",
    "search": "saved_search",
    "suggestion": "suggestion",
    "webhook": "webhook",
    "delivery": "delivery",
}


class Row(NamedTuple):
    """A line of the table."""

    name: str
    method: str
    expected: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


def rows() -> list[Row]:
    lines = (line.split() for line in TABLE.strip().splitlines())
    return [
        Row(name, method, dict(zip(PEOPLE, cells, strict=True))) for name, method, *cells in lines
    ]


ROWS = rows()
NAMES = [pattern.name for pattern in ROUTES]
WITH_OBJECT = {
    pattern.name for pattern in ROUTES if {"uid", "pk"} & set(pattern.pattern.converters)
}
# Addresses of an object, by the methods that somebody may use there.
OF_AN_OBJECT = [row for row in ROWS if row.name in WITH_OBJECT and row.expected["owner"] != "405"]


class Everybody(NamedTuple):
    """A browser for each column of the table."""

    viewer: Client
    analyst: Client
    reviewer: Client
    owner: Client
    outsider: Client
    nobody: Client


@pytest.fixture
def everybody(
    viewer: Person, analyst: Person, reviewer: Person, owner: Person, outsider: Person
) -> Everybody:
    return Everybody(
        viewer.client, analyst.client, reviewer.client, owner.client, outsider.client, Client()
    )


def address(name: str, world: World, slug: str = "") -> str:
    """The route's address at the desk, with the world's object where it names one."""
    pattern = next(pattern for pattern in ROUTES if pattern.name == name)
    wanted = set(pattern.pattern.converters)
    values: dict[str, Any] = {"slug": slug or world.desk.slug} if "slug" in wanted else {}
    if wanted & {"uid", "pk"}:
        thing = getattr(world, OBJECTS.get(name) or OBJECTS[name.partition("-")[0]])
        values |= {key: getattr(thing, key) for key in wanted & {"uid", "pk"}}
    if "secret" in wanted:
        values["secret"] = "none"
    if "name" in wanted:
        values["name"] = "csv"
    return reverse(name, kwargs=values)


def body(world: World) -> dict[str, Any]:
    """Fields that would do something, if they got through: current versions and real values."""
    return {
        "version": "1",
        "title": "Changed",
        "name": "Changed",
        "text": "Changed",
        "color": "2",
        "code": "CHANGED-1",
        "role": "owner",
        "status": "withdrawn",
        "relation": "corroborates",
        "to_claim": str(world.other_claim.uid),
        "position": str(world.position.uid),
        "stance": "rejects",
        "extent": "fully",
        "consent": "1",
        "verdict": "unresolved",
        "confidence": "low",
        "rationale": "Changed",
        "seal": "none",
        "reliability": "A",
        "since": "2016-12-08",
        "reason": "Changed",
        "paragraph": "1",
        "number": "1",
        "least": "50",
    }


def told(response: HttpResponseBase) -> str:
    """The response as a word of the table."""
    where = response.headers.get("Location", "")
    if where.startswith(reverse("account_login")):
        return "in"
    if response.status_code in (200, 204, 301, 302, 303, 400, 409, 422):
        return "ok"
    return str(response.status_code)


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the domain: two are equal when nothing was changed between.

    Read past the models, since these tests do it thousands of times.
    """
    kept = {}
    with connection.cursor() as cursor:
        for model in apps.get_app_config("claims").get_models():
            columns = ", ".join(
                connection.ops.quote_name(str(field.column))
                for field in model._meta.concrete_fields
                if field.name != "last_login"
            )
            cursor.execute(f"SELECT {columns} FROM {model._meta.db_table} ORDER BY 1")  # noqa: S608
            kept[model._meta.label] = cursor.fetchall()
    return kept


@contextmanager
def taken_back() -> Iterator[None]:
    """What happens inside has not happened afterwards, so that the next person finds it all."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(client: Client, method: str, where: str, data: dict[str, Any]) -> HttpResponseBase:
    response: Any = client.post(where, data) if method == "POST" else client.get(where)
    if response.streaming:
        b"".join(response.streaming_content)
    return response  # type: ignore[no-any-return]


def test_the_table_holds_every_route_once_by_each_method() -> None:
    wanted = sorted((p.name, m) for p in ROUTES for m in ("GET", "POST"))
    assert sorted((row.name, row.method) for row in ROWS) == wanted


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everybody_gets_what_the_table_says(row: Row, everybody: Everybody, world: World) -> None:
    where = address(row.name, world)
    before = everything()
    found = {}
    for person, client in everybody._asdict().items():
        with taken_back():
            response = ask(client, row.method, where, body(world))
            found[person] = told(response)
            if found[person] != "ok":
                assert everything() == before, f"{person} changed something"
    assert found == row.expected


@pytest.mark.parametrize("row", OF_AN_OBJECT, ids=str)
def test_an_object_of_another_desk_is_not_there(
    row: Row, everybody: Everybody, world: World
) -> None:
    """Not even for the owner of the desk in the address, who may do everything there."""
    where = address(row.name, world, slug="elsewhere")
    before = everything()
    assert told(ask(everybody.outsider, row.method, where, body(world))) == "404"
    assert everything() == before


@pytest.mark.parametrize("name", NAMES)
def test_no_other_method_does_anything(name: str, owner: Person, world: World) -> None:
    before = everything()
    for send in (owner.client.put, owner.client.patch, owner.client.delete):
        assert send(address(name, world)).status_code == 405
    assert everything() == before


def test_a_desk_that_is_not_there_and_one_that_is_not_mine_look_the_same(
    outsider: Person, desk: Workspace
) -> None:
    for slug in (desk.slug, "no-such-desk"):
        assert outsider.client.get(reverse("articles", args=[slug])).status_code == 404


def test_analysts_undo_their_own_and_reviewers_undo_anybodys(
    analyst: Person, reviewer: Person, owner: Person, desk: Workspace
) -> None:
    def undo(person: Person, change: Change) -> int:
        where = reverse("change-undo", args=[desk.slug, change.uid])
        return person.client.post(where).status_code

    incident.create(owner.actor, {"title": "A strike"})
    theirs = Change.objects.latest("id")
    assert undo(analyst, theirs) == 403
    assert undo(reviewer, theirs) == 302
    incident.create(analyst.actor, {"title": "Another"})
    assert undo(analyst, Change.objects.latest("id")) == 302


def test_nobody_undoes_their_way_to_a_seat(
    reviewer: Person, owner: Person, desk: Workspace
) -> None:
    seat = Membership.objects.get(workspace=desk, user=reviewer.user)
    member.set_role(owner.actor, seat, Role.OWNER)
    member.set_role(reviewer.actor, Membership.objects.get(pk=seat.pk), Role.REVIEWER)
    change = Change.objects.latest("id")
    where = reverse("change-undo", args=[desk.slug, change.uid])
    assert reviewer.client.post(where).status_code == 403
    assert reviewer.client.post(reverse("undo", args=[desk.slug])).status_code == 403
    seat.refresh_from_db()
    assert seat.role == Role.REVIEWER.value


def test_a_seat_that_was_taken_away_is_gone_at_once(
    analyst: Person, world: World, desk: Workspace
) -> None:
    where = address("articles", world)
    assert analyst.client.get(where).status_code == 200
    Membership.objects.filter(user=analyst.user).delete()
    assert analyst.client.get(where).status_code == 404


def test_writing_needs_a_token(owner: Person, desk: Workspace) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(owner.user, "django.contrib.auth.backends.ModelBackend")
    assert strict.post(reverse("undo", args=[desk.slug])).status_code == 403


# -- the doors around the desk ---------------------------------------------------------------------

#                                        signed out, signed in
ACCOUNT = {
    "account_login": (200, 302),
    "account_logout": (302, 200),
    "account_inactive": (200, 200),
    "account_signup": (200, 302),
    "account_reauthenticate": ("in", 200),
    "account_email": ("in", 200),
    "account_email_verification_sent": (200, 200),
    "account_change_password": ("in", 200),
    "account_set_password": ("in", 302),
    "account_reset_password": (200, 200),
    "account_confirm_login_code": (302, 302),
    "account_confirm_email": (200, 200),
    "account_reset_password_from_key_done": (200, 200),
    "account_reset_password_from_key": (200, 200),
    "account_reset_password_done": (200, 200),
    "mfa_index": ("in", 200),
    "mfa_authenticate": ("in", 302),
    "mfa_reauthenticate": ("in", 302),
    "mfa_view_recovery_codes": ("in", 404),
    "mfa_generate_recovery_codes": ("in", 302),
    "mfa_download_recovery_codes": ("in", 404),
    "mfa_activate_totp": ("in", 302),
    "mfa_deactivate_totp": ("in", 404),
    "mfa_list_webauthn": ("in", 200),
    "mfa_add_webauthn": ("in", 302),
    "mfa_reauthenticate_webauthn": ("in", 302),
    "mfa_remove_webauthn": ("in", 302),
    "mfa_edit_webauthn": ("in", 302),
    "mfa_login_webauthn": ("in", 302),
}
KEYS: dict[str, dict[str, Any]] = {
    "account_confirm_email": {"key": "none"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "none"},
    "mfa_remove_webauthn": {"pk": 1},
    "mfa_edit_webauthn": {"pk": 1},
}


def names(patterns: list[Any]) -> Iterator[str]:
    """Of all addresses, the included ones too."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield str(pattern.name)
        else:
            yield from names(pattern.url_patterns)


@pytest.fixture
def with_password(analyst: Person) -> Person:
    analyst.user.set_password("correct horse battery")
    analyst.user.save()
    analyst.client.force_login(analyst.user, "django.contrib.auth.backends.ModelBackend")
    return analyst


@pytest.mark.parametrize("name", list(names(account_urls.urlpatterns + mfa_urls.urlpatterns)))
def test_every_page_of_the_account_is_in_the_table_and_in_our_frame(
    name: str, with_password: Person
) -> None:
    where = reverse(name, kwargs=KEYS.get(name))
    for client, expected in zip((Client(), with_password.client), ACCOUNT[name], strict=True):
        response = client.get(where)
        assert (told(response) if expected == "in" else response.status_code) == expected
        if response.status_code == 200:
            page = response.content.decode()
            assert page.count("<h1") == 1
            assert "claims/css/base.css" in page
            assert "style=" not in page


def test_nobody_registers(db: None) -> None:
    before = everything()
    data = {"username": "new", "password1": "correct horse b", "password2": "correct horse b"}
    response = Client().post(reverse("account_signup"), data)
    assert "Nobody registers here" in response.content.decode()
    assert everything() == before


ADMIN_WRITES = {
    "user_add": "ok",
    "user_change": "ok",
    "user_delete": "403",
    "workspace_add": "403",
    "workspace_delete": "403",
    "membership_add": "403",
    "membership_delete": "403",
}


def test_the_back_door_knows_three_tables() -> None:
    labels = {model._meta.label for model in admin.site._registry}
    assert labels == {"claims.User", "claims.Workspace", "claims.Membership"}


@pytest.mark.parametrize("person", ["viewer", "owner", "outsider", "nobody"])
def test_the_back_door_is_shut(person: str, everybody: Everybody, world: World) -> None:
    client: Client = getattr(everybody, person)
    for view in ("index", "claims_user_changelist", "claims_user_add"):
        response = client.get(reverse(f"admin:{view}"))
        assert response.status_code in (302, 403)


def test_staff_without_all_rights_are_not_let_in(db: None) -> None:
    client = Client()
    client.force_login(factories.a_user("staff", is_staff=True))
    assert client.get(reverse("admin:index")).status_code != 200


def test_a_superuser_sees_and_makes_accounts_and_nothing_else(world: World) -> None:
    client = Client()
    client.force_login(factories.a_user("root", is_staff=True, is_superuser=True))
    for model in ("user", "workspace", "membership"):
        assert client.get(reverse(f"admin:claims_{model}_changelist")).status_code == 200
    things = {"user": world.change.user, "workspace": world.desk, "membership": world.membership}
    before = everything()
    for view, expected in ADMIN_WRITES.items():
        thing = things[view.partition("_")[0]]
        assert thing is not None
        args = [] if view.endswith("add") else [thing.pk]
        where = reverse(f"admin:claims_{view}", args=args)
        assert told(client.get(where)) == expected, view
        if expected == "403":
            assert told(client.post(where, {"post": "yes"})) == "403"
    where = reverse("admin:claims_workspace_change", args=[world.desk.pk])
    assert told(client.post(where, {"name": "Changed"})) == "403"
    assert everything() == before


def test_uids_are_not_numbers(world: World) -> None:
    assert isinstance(world.claim.uid, UUID)
