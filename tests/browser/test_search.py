"""Search by keys alone: from anywhere, as it is typed, to the place in the text."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from claims.actions import search
from tests import factories


def test_from_anywhere_to_the_place_in_the_text(
    sign_in: Callable[..., Page],
    new_context: Callable[..., BrowserContext],
    axe: Callable[..., None],
) -> None:
    seat = factories.a_membership(factories.a_workspace(slug="desk"))
    article = factories.an_article(seat.workspace)
    claim = factories.a_claim(article, "Dozens were killed", paraphrase="<b>Dozens</b>")
    search.rebuild()
    page = sign_in(seat.user, new_context(color_scheme="dark"))
    page.goto("/w/desk/incidents/")
    page.keyboard.press("/")
    page.keyboard.type("market")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/w/desk/search/\?q=market$"))
    expect(page.locator("#found")).to_contain_text("1 found")
    axe(page)
    # `/` goes to the field of this page; what is typed there is found without Enter.
    page.keyboard.press("/")
    page.keyboard.type("doz")
    expect(page.locator("#found")).to_contain_text("2 found")
    expect(page).to_have_url(re.compile(r"q=doz"))
    expect(page.locator(".hit mark").first).to_have_text("Dozens")
    # A name being typed stays when the field of words is left.
    page.get_by_label("Keep this search as").fill("All of them")
    page.wait_for_timeout(500)
    expect(page.get_by_label("Keep this search as")).to_have_value("All of them")
    page.get_by_role("link", name="Claims", exact=True).click()
    expect(page.locator("#found")).to_contain_text("1 found")
    page.locator(".hit a.words").press("Enter")
    expect(page.locator(f"#claim-{claim.uid}")).to_be_focused()


def test_where_there_is_no_room_a_link_leads_to_the_field(
    sign_in: Callable[..., Page], new_context: Callable[..., BrowserContext]
) -> None:
    seat = factories.a_membership(factories.a_workspace(slug="desk"))
    page = sign_in(seat.user, new_context(viewport={"width": 400, "height": 800}))
    page.goto("/w/desk/incidents/")
    expect(page.get_by_role("searchbox", name="Search this desk")).to_be_hidden()
    page.keyboard.press("/")
    expect(page).to_have_url(re.compile("/w/desk/search/$"))
    page.wait_for_load_state()  # before that, no script hears the key
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
