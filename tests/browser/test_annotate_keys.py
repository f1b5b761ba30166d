"""The same heart of the work without a mouse: keys alone from the first page to the dispute."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from claims.models import Claim, Incident, Link
from claims.records import Role
from tests import factories
from tests.browser.annotating import STRIKES


class Keys:
    """A person at a keyboard. Nothing here touches the mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, selector: str) -> None:
        """Presses Tab until the focus is on `selector`."""
        for _ in range(60):
            if self.page.locator(f"{selector}:focus").count():
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not reach {selector}")

    def type(self, selector: str, words: str) -> None:
        self.tab_to(selector)
        self.press("Control+a")
        self.page.keyboard.type(words)

    def undo(self) -> None:
        """Undoes, and waits for the new page: a key that comes before its scripts is lost."""
        self.press("u")
        expect(self.page.locator("#messages")).to_contain_text("Undid")
        self.page.wait_for_load_state()

    def quote(self, words: str) -> None:
        """Types words of the text where a new claim is asked for."""
        self.type("#typed-quote", words)
        self.press("Enter")
        expect(self.page.locator("#id_source_name")).to_be_focused()

    def go(self, key: str, words: str) -> None:
        """Presses `key` until the cursor says `words`."""
        said = self.page.locator("#announce")
        for _ in range(40):
            self.press(key)
            # What is said comes a moment after the key, so as to be said whole.
            self.page.wait_for_timeout(90)
            if words in said.inner_text():
                return
        raise AssertionError(f"{key} does not lead to {words}")

    def save(self, key: str = "Enter") -> None:
        self.press(key)
        expect(self.page.locator("#claim-form")).to_have_count(0)


@pytest.fixture
def keys(sign_in: Callable[..., Page]) -> Keys:
    desk = factories.a_workspace(slug="valley", name="Valley desk")
    analyst = factories.a_user("analyst")
    factories.a_membership(desk, analyst, Role.ANALYST)
    publisher = factories.a_source(desk, name="Example Wire")
    article = factories.an_article(desk, STRIKES, publisher=publisher, language="en")
    page = sign_in(analyst)
    page.goto(article.get_absolute_url())
    return Keys(page)


def test_claims_answers_links_and_a_dispute_without_a_mouse(keys: Keys) -> None:
    page = keys.page

    # A claim by typing its words, with an incident, a question and an answer made in place.
    keys.quote("a blast there was caused by a car bomb")
    keys.type("#id_incident_name", "Strikes on the town")
    # Nothing is called so: Enter makes it, and asks when it happened.
    expect(page.locator("[role=option][data-new]")).to_have_attribute("aria-selected", "true")
    keys.press("Enter")
    expect(page.locator("[name=happened_on]")).to_be_visible()
    keys.tab_to("#answers summary")
    keys.press("Enter")
    keys.type("#id_new_question", "What caused the blast?")
    keys.type("#id_new_answer", "Car bomb")
    keys.save()
    card = page.locator(".card", has_text="a blast there")
    expect(card).to_be_focused()

    # A claim with the word cursor: down by sentences, on by words, Shift extends the selection.
    page.locator("#text").focus()
    keys.press(*["PageUp"] * 10)
    keys.go("ArrowDown", "Its statement")
    keys.go("ArrowRight", "dozens")
    keys.press(*["Shift+ArrowRight"] * 5)
    keys.press("c")
    expect(page.locator("#id_source_name")).to_have_value("Radio Valley")
    keys.tab_to("#answers summary")
    keys.press("Enter")
    keys.type("#id_new_question", "What caused the blast?")
    keys.type("#id_new_answer", "Air strike")
    keys.save("Control+Enter")
    claim = Claim.objects.get(source__name="Radio Valley")
    assert claim.spans.get(role="content").quote.startswith("dozens of civilians")
    assert claim.incident == Incident.objects.get()

    # From claim to claim, and a link.
    expect(page.locator(".card", has_text="dozens of civilians")).to_be_focused()
    keys.press("j")
    expect(card).to_be_focused()
    keys.press("k", "l")
    expect(page.locator("#link-form")).to_be_visible()
    keys.type("#pick-filter", "car bomb")
    expect(page.locator("[data-pick-row]")).to_have_count(1)
    keys.press("Enter")
    expect(page.locator("[name=to_claim]")).to_be_checked()
    keys.press("c", "Enter")
    expect(page.locator("#link-form")).to_have_count(0)
    assert Link.objects.get().relation == "contradicts"
    assert Incident.objects.get().state == "disputed"

    # Undo, and the help.
    keys.undo()
    assert Link.objects.filter(deleted_at=None).count() == 0
    keys.press("?")
    expect(page.locator("#keys-help")).to_be_visible()
    # It opens at its beginning, with the keys of the text further down.
    expect(page.locator("#keys-help tbody tr").first).to_be_in_viewport()
    expect(page.locator("#keys-help")).to_contain_text("previous, next sentence")
    keys.press("Escape")
    expect(page.locator("#keys-help")).to_be_hidden()


def test_a_paragraph_is_marked_as_read_with_a_key(keys: Keys) -> None:
    page = keys.page
    page.locator("#text").focus()
    keys.press("ArrowRight", "r")
    said = page.locator("#announce")
    expect(said).to_have_text(re.compile(r"Paragraph \d+: read\."))
    number = said.inner_text().split()[1].strip(":")
    expect(page.locator(f"#p{number}")).to_have_class("read")
    expect(page.locator("#progress")).to_contain_text("1 of 10 paragraphs read")
    keys.press("r")
    expect(said).to_have_text(f"Paragraph {number}: not read.")
    expect(page.locator(f"#p{number}")).not_to_have_class("read")


def test_a_key_can_be_changed_and_all_can_be_switched_off(
    sign_in: Callable[..., Page],
) -> None:
    desk = factories.a_workspace(slug="valley")
    analyst = factories.a_user("analyst", keys={"help": "h"})
    factories.a_membership(desk, analyst, Role.ANALYST)
    page = sign_in(analyst)
    page.goto("/w/valley/articles/")
    page.keyboard.press("?")
    expect(page.locator("#keys-help")).to_be_hidden()
    page.keyboard.press("h")
    expect(page.locator("#keys-help")).to_be_visible()
    analyst.keys = {"off": True}
    analyst.save()
    page.reload()
    page.keyboard.press("h")
    page.keyboard.press("?")
    expect(page.locator("#keys-help")).to_be_hidden()
