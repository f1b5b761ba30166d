"""Signing in, where one is led then, one's details and keys."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.actions import token as tokens
from claims.models import Change, Membership, User, Workspace
from claims.records import Role
from claims.views.keys import KEYS
from tests import factories
from tests.pages.conftest import Person, sign_in

pytestmark = pytest.mark.one_database

HOME = "/"
ACCOUNT = "/account/"
PASSWORD = "correct horse battery"


@pytest.fixture
def ada(db: None) -> User:
    user = factories.a_user("ada", email="ada@example.org")
    user.set_password(PASSWORD)
    user.save()
    return user


def errors(response: Any) -> str:
    return " ".join(re.findall(r"errorlist.*?</ul>", response.content.decode(), re.DOTALL))


def keys(**changed: str) -> dict[str, str]:
    """The key form as it is posted: all fields, some changed."""
    return {"part": "keys"} | {key.action: key.key for key in KEYS} | changed


# -- the door -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["ada", "ada@example.org", "ADA@example.org"])
def test_one_signs_in_by_name_or_e_mail(ada: User, name: str) -> None:
    client = Client()
    response = client.post(reverse("account_login"), {"login": name, "password": PASSWORD})
    assert response.status_code == 302
    assert client.get(HOME).wsgi_request.user == ada


def test_a_wrong_password_says_so_and_not_which_of_the_two_was_wrong(ada: User) -> None:
    said = [
        errors(Client().post(reverse("account_login"), {"login": name, "password": "wrong"}))
        for name in ("ada", "nobody")
    ]
    assert said[0] == said[1] != ""


def test_after_signing_in_one_is_where_one_wanted_to_be(ada: User, desk: Workspace) -> None:
    factories.a_membership(desk, ada)
    wanted = reverse("articles", args=[desk.slug])
    client = Client()
    door = client.get(wanted, follow=True)
    assert door.redirect_chain[-1][0] == f"{reverse('account_login')}?next={wanted}"
    data = {"login": "ada", "password": PASSWORD, "next": wanted}
    assert client.post(reverse("account_login"), data).headers["Location"] == wanted
    data["next"] = "https://elsewhere.example/"
    assert Client().post(reverse("account_login"), data).headers["Location"] == HOME


def test_signing_out_asks_first_and_then_is_out(ada: User) -> None:
    client = sign_in(ada)
    assert client.get(reverse("account_logout")).status_code == 200
    client.post(reverse("account_logout"))
    assert client.get(HOME).status_code == 302


def test_the_sign_in_page_holds_no_inline_style_or_script(db: None) -> None:
    page = Client().get(reverse("account_login")).content.decode()
    assert not re.search(r"\sstyle=|\son\w+=|<style", page)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))
    assert 'autocomplete="current-password"' in page


def test_the_password_is_changed_by_oneself(ada: User) -> None:
    client = Client()
    client.login(username="ada", password=PASSWORD)
    data = {
        "oldpassword": PASSWORD,
        "password1": "another long one",
        "password2": "another long one",
    }
    client.post(reverse("account_change_password"), data)
    ada.refresh_from_db()
    assert ada.check_password("another long one")


@pytest.mark.parametrize("ticked", [True, False])
def test_a_new_password_ends_the_tokens_of_scripts_if_one_says_so(
    ada: User, desk: Workspace, *, ticked: bool
) -> None:
    where, client = reverse("account_change_password"), Client()
    client.login(username="ada", password=PASSWORD)
    assert "End my tokens" not in client.get(where).content.decode()
    factories.a_membership(desk, ada)
    tokens.create(ada, desk)
    assert re.search(r'name="end_tokens"[^>]* checked', client.get(where).content.decode())
    new = {"oldpassword": PASSWORD, "password1": "another long", "password2": "another long"}
    client.post(where, new | ({"end_tokens": "on"} if ticked else {}))
    assert bool(tokens.of(ada)) is not ticked


# -- where one is led -----------------------------------------------------------------------------


def test_who_has_one_desk_is_led_there(analyst: Person, desk: Workspace) -> None:
    assert analyst.client.get(HOME).headers["Location"] == desk.get_absolute_url()


def test_who_has_several_chooses(analyst: Person) -> None:
    factories.a_membership(factories.a_workspace(name="Second"), analyst.user, Role.OWNER)
    page = analyst.client.get(HOME).content.decode()
    assert "Your desks" in page
    assert "Second" in page
    assert "owner" in page


def test_who_has_none_is_told_what_to_do(ada: User) -> None:
    page = sign_in(ada).get(HOME).content.decode()
    assert "no seat" in page
    assert reverse("workspace-new") in page


@pytest.mark.parametrize(
    ("name", "slug", "expected"),
    [("Al-Qaim strikes", "", "al-qaim-strikes"), ("Any", "My-Desk", "my-desk")],
)
def test_anybody_opens_a_desk_and_owns_it(ada: User, name: str, slug: str, expected: str) -> None:
    response = sign_in(ada).post(reverse("workspace-new"), {"name": name, "slug": slug})
    assert response.headers["Location"] == f"/w/{expected}/"
    assert Membership.objects.get(user=ada, workspace__slug=expected).role == Role.OWNER.value
    assert Change.objects.get().action == "workspace.create"


@pytest.mark.parametrize(
    ("name", "slug", "message"),
    [
        ("", "a", "required"),
        ("Any", "new", "taken"),
        ("Any", "DESK", "taken"),
        ("Desk", "", "taken"),
        ("Any", "a b", "slug"),
        ("القائم", "", "Give an address"),
    ],
)
def test_a_desk_that_can_not_be_opened_says_why(
    ada: User, desk: Workspace, name: str, slug: str, message: str
) -> None:
    response = sign_in(ada).post(reverse("workspace-new"), {"name": name, "slug": slug})
    assert response.status_code == 422
    assert message in errors(response)
    assert Workspace.objects.count() == 1


# -- details --------------------------------------------------------------------------------------


def test_details_are_kept(analyst: Person) -> None:
    data = {"part": "details", "name": "Ada أدا", "email": "ada@example.org"}
    assert analyst.client.post(ACCOUNT, data).status_code == 302
    analyst.user.refresh_from_db()
    assert (str(analyst.user), analyst.user.email) == ("Ada أدا", "ada@example.org")


def test_nothing_tells_that_another_account_has_an_e_mail(analyst: Person, ada: User) -> None:
    data = {"part": "details", "name": "", "email": "ADA@example.org"}
    assert analyst.client.post(ACCOUNT, data).status_code == 302
    analyst.user.refresh_from_db()
    analyst.user.set_password("another long one")
    analyst.user.save()
    for user, password in ((ada, PASSWORD), (analyst.user, "another long one")):
        client = Client()
        client.post(reverse("account_login"), {"login": "ada@example.org", "password": password})
        assert client.get(HOME).wsgi_request.user == user


def test_the_account_shows_ones_role_at_each_desk(analyst: Person, desk: Workspace) -> None:
    page = analyst.client.get(ACCOUNT).content.decode()
    assert desk.name in page
    assert "analyst" in page
    assert reverse("account_change_password") in page


# -- keys -----------------------------------------------------------------------------------------


def test_keys_are_remapped_and_switched_off_and_only_that_is_kept(analyst: Person) -> None:
    analyst.client.post(ACCOUNT, keys(new="n", undo="", delete="backspace"))
    analyst.user.refresh_from_db()
    assert analyst.user.keys == {"new": "n", "undo": "", "delete": "Backspace"}
    page = analyst.client.get(ACCOUNT).content.decode()
    told = re.search(r'<script id="key-map" type="application/json">(.*?)</script>', page)
    assert told is not None
    assert '"new": "n"' in told[1]
    assert re.search(r'name="new" value="n"', page)


def test_all_keys_are_switched_off_and_the_mapping_stays(analyst: Person) -> None:
    analyst.client.post(ACCOUNT, keys(new="n", off="on"))
    analyst.user.refresh_from_db()
    assert analyst.user.keys == {"new": "n", "off": True}
    assert re.search(r'name="off"[^>]* checked', analyst.client.get(ACCOUNT).content.decode())


def test_two_keys_may_be_swapped(analyst: Person) -> None:
    analyst.client.post(ACCOUNT, keys(next="k", previous="j"))
    analyst.user.refresh_from_db()
    assert analyst.user.keys == {"next": "k", "previous": "j"}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"new": "j"}, "also the key for"),
        ({"new": "ab"}, "One character"),
        ({"new": "Ctrl+c"}, "without Ctrl"),
        ({"new": "Enter"}, "One character"),
        ({"new": "x" * 40}, "12"),
    ],
)
def test_a_key_that_can_not_be_is_told_beside_it(
    analyst: Person, changed: dict[str, str], message: str
) -> None:
    response = analyst.client.post(ACCOUNT, keys(**changed))
    assert response.status_code == 422
    assert message in errors(response)
    analyst.user.refresh_from_db()
    assert analyst.user.keys == {}


def test_the_usual_keys_come_back(analyst: Person) -> None:
    analyst.client.post(ACCOUNT, keys(new="n", off="on"))
    analyst.client.post(ACCOUNT, keys() | {"part": "reset"})
    analyst.user.refresh_from_db()
    assert analyst.user.keys == {}
