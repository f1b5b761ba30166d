"""A passkey in Chromium, with a virtual authenticator in place of a key."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import factories

PASSWORD = "correct horse battery"


@pytest.fixture
def with_key(page: Page) -> Page:
    """A browser with a key in it, whose owner is always there and agrees."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()


def test_a_passkey_is_added_and_gets_one_in(with_key: Page, axe: Callable[..., None]) -> None:
    page = with_key
    desk = factories.a_workspace(requires_second_factor=True)
    ada = factories.a_membership(desk, factories.a_user("ada")).user
    ada.set_password(PASSWORD)
    ada.save()

    page.goto(desk.get_absolute_url())
    page.get_by_label("User name or e-mail").fill("ada")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    # The desk asks for a second factor.
    page.get_by_role("link", name="Add one").click()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What to call it").fill("Laptop")
    page.get_by_label("Sign in with it alone").check()
    axe(page, "#main")  # a message that fades has no contrast
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    expect(page.locator(".codes li")).to_have_count(10)
    axe(page, "#main")  # a message that fades has no contrast
    page.goto(desk.get_absolute_url())
    expect(page).to_have_url(re.compile(desk.slug))

    sign_out(page)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(re.compile(desk.slug))

    sign_out(page)
    page.goto("/accounts/login/")
    page.get_by_label("User name or e-mail").fill("ada")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="And your second factor")).to_be_visible()
    axe(page, "#main")  # a message that fades has no contrast
    page.get_by_role("button", name="Use it").click()
    expect(page).to_have_url(re.compile(desk.slug))
