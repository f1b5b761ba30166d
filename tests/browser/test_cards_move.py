"""A card stands where its words stand in the text, also after they were changed in its form."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from claims.records import Role
from tests import factories
from tests.browser.annotating import STRIKES, Annotating

FIRST, SECOND, LAST = "a two-storey house", "a depot", "a full inquiry"


def test_a_card_follows_its_words(sign_in: Callable[..., Page]) -> None:
    desk = factories.a_workspace(slug="valley")
    analyst = factories.a_user("analyst")
    factories.a_membership(desk, analyst, Role.ANALYST)
    article = factories.an_article(desk, STRIKES)
    moving = factories.a_claim(article, FIRST)
    factories.a_claim(article, SECOND)
    page = sign_in(analyst)
    page.goto(article.get_absolute_url())
    work = Annotating(page)
    work.focus(FIRST)
    page.keyboard.press("e")
    expect(page.locator("#claim-form")).to_be_visible()
    work.select(LAST)
    page.keyboard.press("+")
    page.locator(f"#claim-form [name=drop_span][aria-label*='{FIRST}']").click()
    expect(page.locator("#claim-form .spans li")).to_have_count(1)
    work.save()
    cards = page.locator("#cards > li")
    expect(cards).to_have_count(2)
    expect(cards.nth(0)).to_contain_text(SECOND)
    expect(cards.nth(1)).to_contain_text(LAST)
    expect(cards.nth(1)).to_be_focused()
    expect(page.locator("#text mark.content")).to_have_count(2)
    assert moving.spans.get().quote == LAST
