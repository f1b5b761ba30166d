"""What a machine proposes becomes claims by a key each, and nobody needs a mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from claims.models import Article, Claim, Suggestion
from claims.records import Role
from tests import factories

SAYINGS = (
    ("The Northern Command", "its jets had struck the town twice"),
    ("the command", "the first strike hit a two-storey house"),
    ("The command", "the second strike hit a depot"),
    ("A spokesman", "civilians had been targeted"),
    ("Radio Valley", "dozens of civilians had died"),
    ("The mayor", "55 bodies were brought to the hospital"),
    ("A medic", "most of them were women"),
    ("Valley officials", "a full inquiry was needed"),
    ("Speaker Samir Haddad", "those responsible must be punished"),
    ("The army", "a blast there was caused by a car bomb"),
    ("A driver", "he had seen two jets"),
)
WRONG = ("It was Thursday", "The market was closed")
MOST_KEYS = 30


@pytest.fixture
def article(db: None) -> Article:
    """Eleven attributions, as many suggestions, two more that are none, and one that is unclear."""
    lines = [f"{who} said that {what}." for who, what in SAYINGS]
    lines[3:3] = [f"{words}." for words in WRONG]
    desk = factories.a_workspace(slug="valley")
    article = factories.an_article(desk, "\n".join(lines), language="en")
    for who, what in SAYINGS:
        unclear = {"polarity": ""} if who == "A spokesman" else {}
        factories.a_suggestion(article, what, source_name=who, **unclear)
    for words in WRONG:
        factories.a_suggestion(article, words, score=0.6)
    return article


@pytest.fixture
def page(article: Article, sign_in: Callable[..., Page]) -> Page:
    analyst = factories.a_user("analyst")
    factories.a_membership(article.workspace, analyst, Role.ANALYST)
    page = sign_in(analyst)
    page.goto(article.get_absolute_url())
    return page


def test_eleven_claims_by_thirty_keys_or_fewer(page: Page) -> None:
    pressed = []

    def press(key: str) -> None:
        page.keyboard.press(key)
        pressed.append(key)

    told = page.locator("#progress")
    press("j")
    left = len(SAYINGS) + len(WRONG)
    while left:
        focused = page.locator(".card.suggestion:focus")
        expect(focused).to_have_count(1)
        name = focused.get_attribute("aria-label") or ""
        if any(words in name for words in WRONG):
            press("x")
        elif "A spokesman" in name:
            press("e")
            expect(page.locator("#id_source_name")).to_be_focused()
            press("Enter")
            expect(page.locator("#claim-form")).to_have_count(0)
        else:
            press("a")
        left -= 1
        expect(told).to_contain_text(f"{left} suggestion" if left else "11 claims, 11 of")
    assert len(pressed) <= MOST_KEYS
    claims = Claim.objects.kept()
    assert claims.count() == len(SAYINGS)
    assert {claim.origin for claim in claims} == {"suggestion"}
    # In the order of the text, without loading the page again.
    cards = page.locator("#cards > .card")
    assert [words in (cards.nth(n).inner_text()) for n, (_, words) in enumerate(SAYINGS)] == [
        True
    ] * len(SAYINGS)
    expect(page.locator("mark.suggested")).to_have_count(0)


def test_all_that_are_sure_and_back_with_one_key_each(page: Page, axe: Callable[..., None]) -> None:
    choice = page.locator("#least")
    expect(choice.locator("option").first).to_have_text("10 suggestions, 90 % sure or more")
    page.keyboard.press("Shift+A")
    expect(page.locator("#messages")).to_contain_text("Accepted 10 suggestions. 1 more needs")
    expect(page.locator(".card.suggestion")).to_have_count(3)
    page.keyboard.press("u")
    expect(page.locator("#messages")).to_contain_text("Undid")
    expect(page.locator(".card.suggestion")).to_have_count(13)
    assert Suggestion.objects.proposed().count() == 13
    page.get_by_role("link", name="Hide suggestions").click()
    expect(page.locator(".card.suggestion").first).to_be_hidden()
    page.get_by_role("link", name="Show 13 suggestions").click()
    axe(page)
