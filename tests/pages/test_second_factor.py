"""The second factor: set up, asked for at the door, required by a desk."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from claims.actions import token as tokens
from claims.actions.member import settings_seal
from claims.models import User, Workspace
from claims.records import Role
from tests import factories
from tests.codes import code
from tests.pages.conftest import Person

pytestmark = pytest.mark.one_database

PASSWORD = "correct horse battery"
CONFIRM, SET_UP = "/accounts/reauthenticate/", "/accounts/2fa/totp/activate/"


@pytest.fixture(autouse=True)
def unused_codes(db: None) -> None:
    """A code works once; those of the test before are of another person's secret, but counted."""
    cache.clear()


@pytest.fixture
def ada(desk: Workspace) -> User:
    user = factories.a_user("ada")
    user.set_password(PASSWORD)
    user.save()
    factories.a_membership(desk, user, Role.OWNER)
    return user


def signed_in() -> Client:
    """Ada's browser, past the password."""
    browser = Client()
    browser.post(reverse("account_login"), {"login": "ada", "password": PASSWORD})
    return browser


def set_up(browser: Client) -> tuple[str, list[str]]:
    """An app for codes: its secret, and the recovery codes that come with it."""
    assert browser.get(SET_UP).headers["Location"].startswith(CONFIRM)
    browser.post(CONFIRM, {"password": PASSWORD, "next": SET_UP})
    page = browser.get(SET_UP).content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    (secret,) = re.findall(r'id="secret"[^>]* value="(\w+)"', page)
    shown = browser.post(SET_UP, {"code": code(secret)}, follow=True).content.decode()
    return secret, re.findall(r"<code>(\d{8})</code>", shown)


def test_an_app_is_set_up_and_its_code_is_asked_for_at_the_door(ada: User) -> None:
    secret, recovery = set_up(signed_in())
    assert len(recovery) == 10
    cache.clear()  # as if half a minute had passed
    browser = signed_in()
    assert browser.get("/").status_code == 302
    door = reverse("mfa_authenticate")
    wrong = browser.post(door, {"code": "000000"})
    assert "Incorrect code" in wrong.content.decode()
    browser.post(door, {"code": code(secret)})
    assert browser.get("/account/").status_code == 200


def test_a_recovery_code_gets_one_in_once(ada: User) -> None:
    _, recovery = set_up(signed_in())
    door = reverse("mfa_authenticate")
    for status in (200, 302):
        browser = signed_in()
        browser.post(door, {"code": recovery[0]})
        assert browser.get("/account/").status_code == status


def test_guesses_at_the_code_are_counted(ada: User) -> None:
    secret, _ = set_up(signed_in())
    cache.clear()
    browser, door = signed_in(), reverse("mfa_authenticate")
    for _ in range(6):
        page = browser.post(door, {"code": "000000"})
    assert "Too many" in page.content.decode()
    browser.post(door, {"code": code(secret)})
    assert browser.get("/account/").status_code == 302


@pytest.mark.parametrize(
    "where",
    ["totp/deactivate/", "recovery-codes/", "recovery-codes/generate/", "webauthn/add/"],
)
def test_to_change_ones_factors_one_says_again_who_one_is(ada: User, where: str) -> None:
    first = signed_in()
    secret, _ = set_up(first)
    assert first.get(f"/accounts/2fa/{where}").status_code == 200
    cache.clear()
    browser = signed_in()
    browser.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert browser.get(f"/accounts/2fa/{where}").headers["Location"].startswith(CONFIRM)


def test_a_token_is_made_after_the_password_was_given_again(ada: User, desk: Workspace) -> None:
    browser = signed_in()
    sent = {"workspace": desk.slug, "until": tokens.last_day().isoformat()}
    asked = browser.post("/account/tokens/", sent)
    assert asked.headers["Location"].startswith(CONFIRM)
    assert not tokens.of(ada)
    data = {"password": PASSWORD, "next": "/account/tokens/"}
    # What was sent is then done, without typing it again.
    page = browser.post(CONFIRM, data, follow=True).content.decode()
    assert "Your new token" in page


def setting(desk: Workspace, **changed: Any) -> dict[str, Any]:
    """The settings as their page sends them."""
    kept = {"name": desk.name, "dozens_from": 24, "incident_code": "YYYYMMDD-NN"}
    kept |= {"seal": settings_seal(desk)}
    form = {"template-TOTAL_FORMS": 0, "template-INITIAL_FORMS": 0}
    return kept | form | changed


def test_an_owner_sets_up_their_own_before_they_ask_others(ada: User, desk: Workspace) -> None:
    browser, where = signed_in(), reverse("settings", args=[desk.slug])
    wanted = setting(desk, requires_second_factor="on")
    refused = browser.post(where, wanted)
    assert refused.status_code == 422
    assert "your own second factor first" in refused.content.decode()
    set_up(browser)
    assert browser.post(where, wanted).status_code == 302
    desk.refresh_from_db()
    assert desk.requires_second_factor
    factories.a_membership(desk)
    members = browser.get(reverse("members", args=[desk.slug])).content.decode()
    assert members.count("no second factor yet") == 1


def test_a_desk_that_asks_for_one_leads_members_there(ada: User, desk: Workspace) -> None:
    Workspace.objects.update(requires_second_factor=True)
    browser, articles = signed_in(), reverse("articles", args=[desk.slug])
    page = browser.get(articles, follow=True)
    assert page.redirect_chain[-1][0] == reverse("mfa_index")
    assert "asks for a second factor" in page.content.decode()
    partial = browser.get(articles, headers={"HX-Request": "true"})
    assert partial.headers["HX-Redirect"] == reverse("mfa_index")
    set_up(browser)
    assert browser.get(articles).status_code == 200


def test_its_api_refuses_who_has_none_by_token_and_by_browser(
    analyst: Person, outsider: Person, desk: Workspace
) -> None:
    token = tokens.create(analyst.user, desk)
    Workspace.objects.update(requires_second_factor=True)
    where = f"/api/v1/w/{desk.slug}/claims/"
    headers = {"Authorization": f"Bearer {token}"}
    for answer in (Client().get(where, headers=headers), analyst.client.get(where)):
        assert answer.status_code == 403
        assert answer.json()["type"] == "urn:counterclaim:second-factor"
        assert answer["Content-Type"] == "application/problem+json"
    # An outsider learns nothing of what the desk asks for.
    assert outsider.client.get(where).status_code == 404
    Authenticator.objects.create(user=analyst.user, type="totp", data={"secret": "x"})
    assert Client().get(where, headers=headers).status_code == 200


def test_who_has_lost_everything_is_helped_by_who_runs_the_server(ada: User) -> None:
    set_up(signed_in())
    out = StringIO()
    call_command("second_factor", "ada", "--remove", stdout=out)
    assert "recovery_codes, totp" in out.getvalue()
    assert signed_in().get("/account/").status_code == 200
    with pytest.raises(CommandError, match="Nobody"):
        call_command("second_factor", "who")


def test_secrets_are_sealed_where_they_lie_and_follow_the_key_of_the_site(
    ada: User, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    secret, recovery = set_up(signed_in())
    totp = Authenticator.objects.get(type="totp")
    seed = Authenticator.objects.get(type="recovery_codes")
    assert totp.data["secret"].startswith(seed.data["seed"][:7])
    assert secret not in str(totp.data)

    # A row of before, as it lay then, opens still; the command seals it.
    Authenticator.objects.filter(pk=totp.pk).update(data={"secret": secret})
    cache.clear()
    assert let_in(code(secret))
    assert sealed_anew() == 1
    assert secret not in str(Authenticator.objects.get(type="totp").data)

    # Another key with the old one beside it: read, sealed anew, and then without the old one.
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "k" * 50
    assert let_in(recovery[0])
    assert [sealed_anew(), sealed_anew()] == [2, 0]
    settings.SECRET_KEY_FALLBACKS = []
    assert let_in(recovery[1])

    # No key that fits: no code fits either, also none made of an empty secret, and it is told.
    settings.SECRET_KEY = "x" * 50
    cache.clear()
    assert not any(map(let_in, (code(secret), code(""), recovery[2])))
    assert "SECRET_KEY" in caplog.text
    assert sealed_anew() == 0


def let_in(given: str) -> bool:
    """Whether that gets Ada in, after her password."""
    browser = signed_in()
    browser.post(reverse("mfa_authenticate"), {"code": given})
    return browser.get("/account/").status_code == 200


def sealed_anew() -> int:
    out = StringIO()
    call_command("second_factor", seal=True, stdout=out)
    return int(out.getvalue().split()[-1].rstrip("."))
