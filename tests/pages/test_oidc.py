"""Sign-in with the account of one's organisation: who gets in, and what an attacker gets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import jwt
import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client

from claims.actions import token as tokens
from claims.models import Membership, User, Workspace
from claims.records import Role
from tests import factories
from tests.pages.conftest import Person, sign_in
from tests.pages.provider import CLIENT, SECRET, Claims, Provider, begin
from tests.pages.test_door import plain
from tests.pages.test_invitation import invite, opened

pytestmark = pytest.mark.one_database

BACK = "/accounts/oidc/callback/"


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    provider = Provider()
    yield provider
    provider.end()


@pytest.fixture
def provider(running: Provider, settings: Any, db: None) -> Provider:
    """It is the one of the settings, and tells of Ada."""
    cache.clear()
    running.reset()
    settings.ROOT_URLCONF = "tests.pages.with_oidc"
    settings.OIDC_ISSUER, settings.OIDC_NAME = running.issuer, "The Union"
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = CLIENT, SECRET
    return running


@pytest.fixture
def ada(desk: Workspace) -> User:
    user = factories.a_user("ada", email="ada@example.org")
    user.set_password("correct horse battery")
    user.save()
    factories.a_membership(desk, user, Role.ANALYST)
    return user


def come(provider: Provider, browser: Client | None = None, **data: str) -> tuple[Client, Any]:
    """To the provider and back; the browser, and what the site answers."""
    browser = browser or Client()
    brought = provider.visit(begin(browser, **data))
    return browser, browser.get(BACK, brought)


def who(browser: Client) -> str | None:
    """Who is signed in there."""
    answer = browser.get("/account/")
    return answer.wsgi_request.user.get_username() if answer.status_code == 200 else None


def is_shut(answer: Any) -> bool:
    return answer.status_code == 403 and "<h1>Not let in</h1>" in answer.content.decode()


def test_without_a_provider_in_the_settings_there_is_nothing_of_it(db: None) -> None:
    assert "oidc" not in Client().get("/accounts/login/").content.decode()
    assert Client().post("/accounts/oidc/").status_code == 404
    assert Client().get(BACK).status_code == 404


def test_who_has_an_account_with_that_e_mail_gets_in(provider: Provider, ada: User) -> None:
    page = Client().get("/accounts/login/").content.decode()
    assert "Sign in with The Union" in page
    browser, answer = come(provider, next="/account/")
    assert answer["Location"] == "/account/"
    assert who(browser) == "ada"
    # From now on they are known by who they are there, whatever their e-mail.
    provider.reset(email="other@example.org")
    browser, _ = come(provider)
    assert who(browser) == "ada"


def test_nothing_of_a_person_is_kept_but_a_print(provider: Provider, ada: User) -> None:
    provider.reset(name="Ada Lovelace", phone_number="+44")
    come(provider)
    kept = SocialAccount.objects.get()
    assert (kept.user, kept.extra_data, len(kept.uid)) == (ada, {}, 64)


def test_who_has_put_the_e_mail_of_another_on_their_account_is_out(
    provider: Provider, ada: User, desk: Workspace
) -> None:
    """Else both would be in it: one who knows its password, and one who was led there."""
    before, token = sign_in(ada), tokens.create(ada, desk)
    browser, _ = come(provider)
    assert (who(browser), who(before)) == ("ada", None)
    assert not tokens.of(ada), token
    ada.refresh_from_db()
    assert not ada.has_usable_password()


def test_a_second_factor_of_ours_is_asked_for_as_at_any_door(provider: Provider, ada: User) -> None:
    Authenticator.objects.create(user=ada, type="totp", data={"secret": "x"})
    browser, answer = come(provider)
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")
    assert who(browser) is None


def test_nobody_else_gets_in_and_nothing_tells_who_has_an_account(
    provider: Provider, ada: User
) -> None:
    factories.a_user("left", email="left@example.org", is_active=False)
    for name in ("one", "two"):
        factories.a_user(name, email="both@example.org")
    lies: list[Claims] = [
        {"email": "eve@example.org"},
        {"email_verified": False},
        {"email_verified": "no"},
        {"email_verified": None},
        {"email": "left@example.org"},
        {"email": "both@example.org"},
        {"email": ""},
        {"email": "Ada <ada@example.org>"},
    ]
    people = User.objects.count()
    answers = []
    for lie in lies:
        provider.reset(**lie)
        browser, answer = come(provider)
        assert is_shut(answer), lie
        assert who(browser) is None
        answers.append(plain(answer))
    assert len(set(answers)) == 1
    assert (User.objects.count(), SocialAccount.objects.count()) == (people, 0)


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "http://127.0.0.1:1"},
        {"aud": "another-site"},
        {"aud": [CLIENT, "another-site"], "azp": "another-site"},
        {"exp": 1_000_000_000},
        {"iat": 9_000_000_000},
        {"exp": None},
        {"sub": None},
        {"nonce": "of another sign-in"},
        {"nonce": None},
    ],
)
def test_a_token_for_another_or_of_another_day_lets_nobody_in(
    provider: Provider, ada: User, lie: Claims
) -> None:
    def told(true: Claims) -> Claims:
        return {name: one for name, one in (true | lie).items() if one is not None}

    provider.lie = told
    assert is_shut(come(provider)[1])


def test_a_token_that_the_provider_has_not_signed_lets_nobody_in(
    provider: Provider, ada: User
) -> None:
    other = Provider()
    other.end()
    forged: list[Callable[[Claims], Any]] = [
        lambda told: jwt.encode(told, "", "none"),
        lambda told: jwt.encode(told, "", "none", {"kid": "k1"}),
        lambda told: jwt.encode(told, SECRET * 2, "HS256", {"kid": "k1"}),
        other.signed,
        lambda told: provider.signed(told)[:-8] + "AAAAAAAA",
        lambda _: "no token",
        lambda _: None,
    ]
    for sign in forged:
        provider.sign = sign
        assert is_shut(come(provider)[1])


def test_a_code_works_once_and_for_who_began(provider: Provider, ada: User) -> None:
    browser = Client()
    brought = provider.visit(begin(browser))
    assert is_shut(Client().get(BACK, brought))  # another's browser, led here
    assert is_shut(browser.get(BACK, brought | {"state": "guessed"}))
    assert is_shut(browser.get(BACK, {"code": brought["code"]}))
    assert browser.get(BACK, brought).status_code == 302
    assert is_shut(browser.get(BACK, brought))
    # A code that was taken from another's address, with a state of one's own.
    thief, stolen = Client(), provider.visit(begin(Client()))
    mine = provider.visit(begin(thief))
    assert is_shut(thief.get(BACK, mine | {"code": stolen["code"]}))
    assert who(thief) is None


def test_nobody_is_led_to_another_site(provider: Provider, ada: User) -> None:
    for evil in ("https://evil.example/", "//evil.example/", "/\\evil.example"):
        _, answer = come(provider, next=evil)
        assert answer["Location"] == "/"
    sent = begin(Client(), "?auth_params=redirect_uri%3Dhttps://evil.example&scope=all")
    assert sent.startswith(provider.issuer)
    assert "evil" not in sent
    assert Client().get("/accounts/oidc/").status_code == 405
    # Nor to this one's own way there, by a form of another site.
    assert Client(enforce_csrf_checks=True).post("/accounts/oidc/").status_code == 403


def test_a_provider_that_is_not_the_one_of_the_settings_is_not_asked(
    provider: Provider, ada: User, settings: Any
) -> None:
    provider.config = {"issuer": "https://evil.example"}
    assert is_shut(Client().post("/accounts/oidc/"))
    settings.OIDC_ISSUER = "http://127.0.0.1:1"
    away = Client().post("/accounts/oidc/")
    assert away.status_code == 503
    assert "out of reach" in away.content.decode()


def test_what_userinfo_tells_has_to_be_of_the_same_person(provider: Provider, ada: User) -> None:
    provider.person = {"sub": "u1"}
    provider.userinfo = {"sub": "u2", "email": "ada@example.org", "email_verified": True}
    assert is_shut(come(provider)[1])
    provider.userinfo["sub"] = "u1"
    browser, _ = come(provider)
    assert who(browser) == "ada"


def test_who_holds_an_invitation_gets_an_account_and_the_seat_once(
    provider: Provider, owner: Person
) -> None:
    link = invite(owner, role="reviewer")
    browser, late = opened(link), opened(link)
    assert "Join with The Union" in browser.get("/join/").content.decode()
    provider.reset(name="Ben Adam", email="ben@example.org")
    _, answer = come(provider, browser, next="/join/")
    assert answer["Location"] == owner.desk.get_absolute_url()
    seat = Membership.objects.get(workspace=owner.desk, role=Role.REVIEWER.value)
    assert (str(seat.user), seat.user.email) == ("Ben Adam", "ben@example.org")
    assert not seat.user.has_usable_password()
    provider.reset(sub="u2", email="eve@example.org")
    assert is_shut(come(provider, late)[1])
    # An e-mail that nobody vouches for is not taken over.
    provider.reset(sub="u3", email="ada@example.org", email_verified=False)
    come(provider, opened(invite(owner)))
    assert SocialAccount.objects.latest("id").user.email == ""


def test_who_has_an_account_and_an_invitation_is_asked_whether_to_join(
    provider: Provider, owner: Person, ada: User
) -> None:
    Membership.objects.filter(user=ada).delete()
    browser, answer = come(provider, opened(invite(owner)), next="/join/")
    assert answer["Location"] == "/join/"
    assert "You are signed in as ada" in browser.get("/join/").content.decode()


def test_it_can_be_tried_thirty_times_a_minute(provider: Provider) -> None:
    answers = [Client().get(BACK).status_code for _ in range(31)]
    assert answers[-2:] == [403, 429]
    assert Client().post("/accounts/oidc/").status_code == 429
