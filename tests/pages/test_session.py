"""Where one is signed in: listed, ended one by one, all others at once, by a new password."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from annotator.seen import KEPT_AS
from claims.models import User
from claims.views.session import browser
from tests import factories

pytestmark = pytest.mark.one_database

PASSWORD = "correct horse battery"
PAGE = "/account/sessions/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/156.0.0.0 Safari/537.36"
)


@pytest.fixture
def ada(db: None) -> User:
    user = factories.a_user("ada")
    user.set_password(PASSWORD)
    user.save()
    return user


def signed_in(user_agent: str = FIREFOX, address: str = "192.0.2.1") -> Client:
    client = Client(HTTP_USER_AGENT=user_agent, REMOTE_ADDR=address)
    client.post(reverse("account_login"), {"login": "ada", "password": PASSWORD})
    assert is_in(client)
    return client


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def listed(client: Client) -> list[str]:
    """Each session in words, without markup."""
    page = client.get(PAGE).content.decode()
    rows = re.findall(r"<tr>\s*<th scope=\"row\">(.*?)</tr>", page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def test_sessions_are_listed_with_browser_address_and_time(ada: User) -> None:
    signed_in(CHROME, "2001:db8::7")
    here, other = listed(signed_in())
    today = f"{timezone.now():%-d %B %Y}"
    assert here.startswith(f"Firefox on Linux (this one) 192.0.2.1 {today}")
    assert other.startswith(f"Chrome on Windows 2001:db8::7 {today}")


@pytest.mark.parametrize(
    ("user_agent", "told"),
    [
        (FIREFOX, "Firefox on Linux"),
        (CHROME, "Chrome on Windows"),
        (f"{CHROME} Edg/156.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Version/19.0 Safari/604.1", "Safari on iPhone"),
        ("curl/8.1", "something else"),
        ("", "something else"),
    ],
)
def test_a_browser_is_named_as_it_says_itself(user_agent: str, told: str) -> None:
    assert browser(user_agent) == told


def test_one_is_ended_and_nobody_elses(ada: User) -> None:
    here, other = signed_in(), signed_in(CHROME)
    (pk,) = re.findall(r"sessions/(\d+)/end/", here.get(PAGE).content.decode())
    stranger = Client()
    stranger.force_login(factories.a_user(), "django.contrib.auth.backends.ModelBackend")
    assert stranger.post(f"{PAGE}{pk}/end/").status_code == 404
    assert is_in(other)
    here.post(f"{PAGE}{pk}/end/")
    assert not is_in(other)
    assert len(listed(here)) == 1


def test_all_others_are_ended_at_once(ada: User) -> None:
    here, others = signed_in(), [signed_in(CHROME), signed_in()]
    here.post(f"{PAGE}others/end/")
    assert is_in(here)
    assert not any(map(is_in, others))


def test_a_new_password_ends_the_others(ada: User) -> None:
    here, other = signed_in(), signed_in(CHROME)
    new = {
        "oldpassword": PASSWORD,
        "password1": "another long one",
        "password2": "another long one",
    }
    here.post(reverse("account_change_password"), new)
    assert is_in(here)
    assert len(listed(here)) == 1
    assert not is_in(other)


def test_last_seen_is_noted_every_ten_minutes_and_not_in_between(ada: User) -> None:
    client = signed_in()
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(hours=1))

    def seen(ago: float) -> Any:
        session = client.session
        session[KEPT_AS] = (timezone.now() - timedelta(minutes=ago)).timestamp()
        session.save()
        client.get("/account/")
        return timezone.now() - UserSession.objects.get().last_seen_at

    assert seen(9) > timedelta(minutes=50)
    assert seen(11) < timedelta(minutes=1)


def test_a_session_of_before_the_list_is_noted(ada: User) -> None:
    client = signed_in()
    UserSession.objects.all().delete()
    User.objects.update(last_login=timezone.now() - timedelta(days=1))
    client.get("/account/")
    assert len(listed(client)) == 1


def test_more_sessions_cost_no_more_queries(ada: User) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            here.get(PAGE)
        return len(queries)

    here = signed_in()
    few = cost()
    for _ in range(3):
        signed_in(CHROME)
    assert cost() == few


def test_the_address_is_what_the_proxy_says_and_not_the_browser(ada: User, settings: Any) -> None:
    forged = {"X-Forwarded-For": "203.0.113.9, 198.51.100.4"}
    login = {"login": "ada", "password": PASSWORD}
    addresses = set()
    for proxies in (0, 1):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
        Client().post(reverse("account_login"), login, headers=forged)
        addresses.add(UserSession.objects.latest("id").ip)
    assert addresses == {"127.0.0.1", "198.51.100.4"}
