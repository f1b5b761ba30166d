"""Invitations: made, handed over as a link, taken up once, revoked."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.models import Change, ChangeRow, Invitation, Membership, User, Workspace
from claims.records import Role
from tests import factories
from tests.pages.conftest import Person

pytestmark = pytest.mark.one_database

JOIN = "/join/"
PASSWORD = "correct horse battery"
ACCOUNT = {"name": "Ben Adam", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def where(desk: Workspace) -> str:
    return reverse("members", args=[desk.slug])


def invite(owner: Person, name: str = "Ben", role: str = "analyst") -> str:
    """An invitation; the path of its link, as the page shows it."""
    page = owner.client.post(f"/w/{owner.desk.slug}/members/", {"name": name, "role": role})
    found = re.findall(r'value="http://testserver(/join/[\w-]{43}/)"', page.content.decode())
    assert len(found) == 1
    return str(found[0])


def opened(link: str, client: Client | None = None) -> Client:
    """A browser that has opened the link."""
    client = client or Client()
    client.get(link)
    return client


def seats(desk: Workspace) -> int:
    return Membership.objects.filter(workspace=desk).count()


def is_over(response: Any) -> bool:
    return response.status_code == 404 and "works no more" in response.content.decode()


def test_a_link_is_shown_once_and_listed_without_its_secret(owner: Person, where: str) -> None:
    link = invite(owner, "ben@example.org", "reviewer")
    page = owner.client.get(where)
    assert "no-store" in page.headers["Cache-Control"]
    text = page.content.decode()
    assert "ben@example.org" in text
    assert link not in text
    secret = link.split("/")[2]
    assert not any(secret in str(value) for value in Invitation.objects.values().get().values())
    assert not any(secret in str(row) for row in ChangeRow.objects.values())
    # Every member reads the history.
    history = owner.client.get(reverse("history", args=[owner.desk.slug])).content.decode()
    assert "invited somebody as reviewer" in history
    assert "ben@example.org" not in history


def test_who_has_no_account_makes_one_and_sits_at_the_desk(owner: Person, desk: Workspace) -> None:
    browser = opened(invite(owner, "ben@example.org"))
    assert "Without one" in browser.get(JOIN).content.decode()
    page = browser.post(JOIN, ACCOUNT, follow=True)
    assert page.redirect_chain[-1][0] == desk.get_absolute_url()
    user = User.objects.get(first_name="Ben Adam")
    assert re.fullmatch(r"ben-adam-\w{4}", user.username)
    assert f"You sign in as {user.username}" in page.content.decode()
    assert Membership.objects.get(user=user).role == Role.ANALYST.value
    login = {"login": "ben@example.org", "password": PASSWORD}
    assert Client().post(reverse("account_login"), login).status_code == 302
    joined = Change.objects.latest("id")
    assert (joined.action, joined.user) == ("member.join", user)


def test_who_has_an_account_signs_in_comes_back_and_confirms(
    owner: Person, desk: Workspace
) -> None:
    ben = factories.a_user("ben")
    ben.set_password(PASSWORD)
    ben.save()
    browser = opened(invite(owner))
    (door,) = re.findall(r'href="(/accounts/login/[^"]*)"', browser.get(JOIN).content.decode())
    page = browser.post(
        door, {"login": "ben", "password": PASSWORD, "next": door.split("=")[1]}, follow=True
    )
    assert "signed in as ben" in page.content.decode()
    assert not Membership.objects.filter(user=ben).exists()
    browser.post(JOIN)
    assert Membership.objects.get(user=ben).workspace == desk


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"name": ""}, "required"),
        ({"password2": "another"}, "match"),
        ({"password1": "1234567890", "password2": "1234567890"}, "entirely numeric"),
        ({"password1": "ben adam 1", "password2": "ben adam 1"}, "too similar"),
        ({"name": "x" * 151}, "150"),
    ],
)
def test_an_account_that_can_not_be_is_told_beside_the_field(
    owner: Person, changed: dict[str, str], wrong: str
) -> None:
    browser = opened(invite(owner))
    answer = browser.post(JOIN, ACCOUNT | changed)
    assert answer.status_code == 422
    assert re.search(rf"errorlist.*?{wrong}", answer.content.decode(), re.DOTALL)
    assert User.objects.count() == 1


def test_nothing_tells_whether_an_account_exists(owner: Person) -> None:
    """Neither to who invites nor to who is invited."""
    factories.a_user("ben", email="ben@example.org", first_name="Ben Adam")
    pages = []
    for name in ("ben@example.org", "nobody@example.org"):
        browser = opened(invite(owner, name))
        page = browser.get(JOIN).content.decode()
        pages.append(re.sub(r'(?<=[nC]": "|lue=")\w+', "", page))
        assert browser.post(JOIN, ACCOUNT).status_code == 302
    assert pages[0] == pages[1]


@pytest.mark.parametrize("how", ["used", "revoked", "expired", "maker left", "never was"])
def test_a_link_that_works_no_more_says_so_in_one_way(
    how: str, owner: Person, analyst: Person, desk: Workspace
) -> None:
    link, half_way = invite(owner), Client()
    opened(link, half_way)
    match how:
        case "used":
            opened(link).post(JOIN, ACCOUNT)
        case "revoked":
            uid = Invitation.objects.get().uid
            owner.client.post(reverse("invitation-revoke", args=[desk.slug, uid]))
        case "expired":
            Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        case "maker left":
            Membership.objects.filter(user=owner.user).update(role=Role.REVIEWER.value)
        case _:
            link = f"{link[:-2]}/"
            half_way = Client()
    people, members = User.objects.count(), seats(desk)
    assert is_over(Client().get(link))
    assert is_over(half_way.post(JOIN, ACCOUNT))
    assert is_over(opened(link, analyst.client).post(JOIN))
    assert (User.objects.count(), seats(desk)) == (people, members)


def test_who_sits_there_already_does_not_use_the_link_up(owner: Person, analyst: Person) -> None:
    link = invite(owner, role="owner")
    answer = opened(link, analyst.client).post(JOIN)
    assert answer.status_code == 422
    assert "already" in answer.content.decode()
    assert Membership.objects.get(user=analyst.user).role == Role.ANALYST.value
    assert Client().get(link).status_code == 302


def test_undo_takes_the_seat_and_the_link_stays_used(owner: Person, desk: Workspace) -> None:
    link = invite(owner)
    browser = opened(link)
    browser.post(JOIN, ACCOUNT)
    # A newcomer's `u` is not about their seat.
    browser.post(reverse("undo", args=[desk.slug]))
    assert seats(desk) == 2
    joined = Change.objects.get(action="member.join")
    owner.client.post(reverse("change-undo", args=[desk.slug, joined.uid]))
    assert seats(desk) == 1
    assert is_over(Client().get(link))


def test_an_invitation_and_its_revoking_can_be_undone(owner: Person, desk: Workspace) -> None:
    link = invite(owner)
    uid = Invitation.objects.get().uid
    owner.client.post(reverse("invitation-revoke", args=[desk.slug, uid]))
    assert is_over(Client().get(link))
    undo = reverse("undo", args=[desk.slug])
    owner.client.post(undo)
    assert Client().get(link).status_code == 302
    owner.client.post(undo)
    assert is_over(Client().get(link))


def test_it_is_sent_by_e_mail_where_there_is_a_server_for_it(
    owner: Person, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    invite(owner, "ben@example.org")
    assert not mail.outbox
    settings.SENDS_MAIL = True
    link = invite(owner, "ben@example.org")
    invite(owner, "Ben")
    (sent,) = mail.outbox
    assert sent.to == ["ben@example.org"]
    assert f"http://testserver{link}" in sent.body

    def refuse(*_: Any) -> None:
        raise OSError("no route to host")

    monkeypatch.setattr("claims.views.invitation_mail.send_mail", refuse)
    page = owner.client.post(
        f"/w/{owner.desk.slug}/members/", {"name": "b@example.org", "role": "viewer"}
    )
    assert "could not be sent" in page.content.decode()
    assert "/join/" in page.content.decode()
