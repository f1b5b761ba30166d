"""Somebody is invited, and comes by the account of their organisation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from claims.records import Role
from tests import factories
from tests.pages.provider import CLIENT, SECRET, Provider


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    running = Provider()
    running.reset(name="Ben Adam", email="ben@example.org")
    settings.ROOT_URLCONF = "tests.pages.with_oidc"
    settings.OIDC_ISSUER, settings.OIDC_NAME = running.issuer, "The Union"
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = CLIENT, SECRET
    yield running
    running.end()


def test_a_link_is_copied_and_opened_and_the_provider_leads_to_the_desk(
    provider: Provider,
    sign_in: Callable[..., Page],
    context: BrowserContext,
    new_context: Callable[..., BrowserContext],
    axe: Callable[..., None],
) -> None:
    owner = factories.a_membership(factories.a_workspace(name="Anbar"), role=Role.OWNER)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = sign_in(owner.user)
    page.goto(f"/w/{owner.workspace.slug}/members/")
    page.get_by_label("E-mail or name").fill("Ben")
    page.get_by_role("button", name="Make an invitation").click()
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_role("status").get_by_text("Copied.")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.get_by_label("The link of the invitation").input_value()

    guest = new_context().new_page()
    guest.goto(link)
    axe(guest)
    guest.get_by_role("button", name="Join with The Union").click()
    expect(guest.get_by_text("You have a seat at Anbar.")).to_be_visible()
    expect(guest.locator("header").get_by_text("Ben Adam")).to_be_visible()
