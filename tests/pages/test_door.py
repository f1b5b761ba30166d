"""The door: guesses are counted across processes, and nothing tells who has an account."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client
from django.urls import reverse

from claims.actions import token as tokens
from claims.models import User
from tests import factories

PASSWORD = "correct horse battery"


@pytest.fixture
def ada(db: None) -> User:
    cache.clear()
    user = factories.a_user("ada", email="ada@example.org")
    user.set_password(PASSWORD)
    user.save()
    return user


def knock(name: str, password: str, address: str = "192.0.2.1") -> Any:
    browser = Client(REMOTE_ADDR=address)
    return browser.post(reverse("account_login"), {"login": name, "password": password})


def plain(response: Any) -> str:
    """The page without what is new in each."""
    return re.sub(r'(?<=": ")\w{64}(?=")|(?<=value=")\w{64}(?=")', "", response.content.decode())


def test_guesses_are_counted_in_the_database_whatever_process_answers(ada: User) -> None:
    for _ in range(5):
        assert "not correct" in knock("ada", "a guess").content.decode()
    assert knock("ada", PASSWORD).status_code == 200
    # Nothing else remembers: not the process, not the browser.
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM claims_cache")
        assert cursor.rowcount > 0
    assert knock("ada", PASSWORD).status_code == 302


@pytest.mark.one_database
def test_who_is_guessed_at_and_does_not_exist_is_counted_too(ada: User) -> None:
    one, other = (
        [plain(knock(name, "a guess", address)) for _ in range(6)]
        for name, address in (("ada", "192.0.2.1"), ("who", "192.0.2.2"))
    )
    assert [page.replace("who", "ada") for page in other] == one
    assert one[5] != one[4]


def test_no_count_is_lost_by_filling_the_table_with_others(
    ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caches["default"], "_max_entries", 4)
    cache.set("over", 1, timeout=-1)
    for _ in range(5):
        knock("ada", "a guess")
    for number in range(20):
        cache.set(f"z{number}", 1, timeout=300)  # behind in the order of keys
    assert knock("ada", PASSWORD).status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM claims_cache WHERE cache_key LIKE %s", ["%over"])
        assert cursor.fetchone() == (0,)


@pytest.mark.one_database
def test_too_many_from_one_address_get_a_page_of_ours(ada: User) -> None:
    page = [knock(f"who{number}", "a guess") for number in range(31)][-1]
    assert page.status_code == 429
    assert "<h1>Too often</h1>" in page.content.decode()


def reset(email: str) -> Any:
    return Client().post(reverse("account_reset_password"), {"email": email}, follow=True)


@pytest.mark.one_database
def test_a_forgotten_password_tells_nobody_whether_there_is_an_account(ada: User) -> None:
    known, unknown = reset("ada@example.org"), reset("who@example.org")
    assert known.redirect_chain == unknown.redirect_chain
    assert plain(known) == plain(unknown)
    assert [sent.to for sent in mail.outbox] == [["ada@example.org"], ["who@example.org"]]
    assert len({sent.subject for sent in mail.outbox}) == 1


@pytest.mark.one_database
def test_the_link_sets_a_new_password_once_and_ends_the_tokens(ada: User) -> None:
    desk = factories.a_membership(factories.a_workspace(), ada).workspace
    tokens.create(ada, desk)
    reset("ada@example.org")
    (link,) = re.findall(r"http://testserver(/\S+)", str(mail.outbox[0].body))
    browser, new = Client(), {"password1": "another long one", "password2": "another long one"}
    form = browser.get(link, follow=True).redirect_chain[-1][0]
    browser.post(form, new)
    ada.refresh_from_db()
    assert ada.check_password("another long one")
    assert not tokens.of(ada)
    assert "works no more" in Client().get(link, follow=True).content.decode()


@pytest.mark.one_database
def test_a_server_of_e_mail_that_fails_tells_nothing_either(
    ada: User, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert plain(reset("ada@example.org")) == plain(reset("who@example.org"))
    assert caplog.text.count("could not be sent") == 2
