"""Files in and out, a corrected text, a webhook: each one person's whole task, in Chromium."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, Response, expect

from claims import tasks
from claims.actions import comment as comments
from claims.actions import import_lease, webhook_send
from claims.actions.journal import Actor
from claims.forms import webhook as webhook_form
from claims.models import Article, Claim, Delivery, User
from claims.outgoing import Guard
from claims.records import Role
from claims.views import imports as import_views
from tests import factories
from tests.browser.conftest import Errors
from tests.unit.actions.test_webhook_send import Receiver

TABLE = """\
title,text,publisher,published_on
One,"A strike hit the market, officials said.",Herald,2016-12-08
Two,Residents counted nine wounded.,Herald,
Three,,Herald,
"""
OLD = """\
Officials said that 25 militants were killed in the house on Wednesday.
The ministry said that 55 people died there on Thursday night.
A medic said that the roof fell at noon, and nobody was inside."""
NEW = """\
Officials said that 25 militants were killed in the house on Wednesday.
The ministry said that 52 people died there on Thursday night.
A doctor said that a wall had given way."""
Pressed = Literal["button", "checkbox", "link"]
LOOKS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((1280, "light"), (400, "dark"))


class Walk:
    """Somebody at a page, who has a keyboard; `look` is what all can see of it."""

    def __init__(self, page: Page, axe: Callable[..., None]) -> None:
        self.page = page
        self.axe = axe
        self.status = page.locator("main").get_by_role("status")
        # A message that is half faded in has half its contrast.
        page.emulate_media(reduced_motion="reduce")
        # Told from the start: Chromium shows a dialog of its own to who is told too late.
        page.on("filechooser", lambda _: None)

    def look(self) -> None:
        """No violation and nothing too wide: on a desk by day, and on a phone in the dark."""
        here = self.page.evaluate("document.activeElement.id")
        for width, scheme in LOOKS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.emulate_media(color_scheme=scheme)
            self.axe(self.page)
            assert self.page.evaluate("document.documentElement.scrollWidth") <= width
        self.page.set_viewport_size({"width": 1280, "height": 900})
        self.page.emulate_media(color_scheme="light")
        assert self.page.evaluate("document.activeElement.id") == here

    def tab_to(self, wanted: Locator) -> Locator:
        """Presses Tab until focus is there."""
        expect(wanted).to_be_visible()
        for _ in range(60):
            if wanted.evaluate("one => one === document.activeElement"):
                return wanted
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab leads past it: {wanted}")

    def press(self, name: str, role: Pressed = "button", *, key: str = "Enter") -> None:
        """Goes to what has this name, and presses a key on it."""
        self.tab_to(self.page.get_by_role(role, name=name).first)
        self.page.keyboard.press(key)

    def choose(self, name: str, content: bytes) -> None:
        """Chooses a file, by the field's own key."""
        self.tab_to(self.page.get_by_label("The file"))
        with self.page.expect_file_chooser() as asked:
            self.page.keyboard.press("Enter")
        asked.value.set_files({"name": name, "mimeType": "text/plain", "buffer": content})

    def may_wait(self) -> None:
        """From the next page on, `wait` takes no time."""
        self.page.clock.install()

    def wait(self) -> None:
        """Lets the two seconds pass after which a page asks again how far it is."""
        self.page.clock.fast_forward(2_000)

    def heading(self, words: str) -> None:
        """Waits for it."""
        expect(self.page.get_by_role("heading", name=words, exact=True)).to_be_visible()


@pytest.fixture
def walk(sign_in: Callable[..., Page], axe: Callable[..., None]) -> Callable[[User], Walk]:
    return lambda user: Walk(sign_in(user), axe)


@pytest.fixture
def member() -> Actor:
    """An owner, at a desk with nothing at it."""
    desk = factories.a_workspace(slug="desk")
    user = factories.a_user("owner")
    factories.a_membership(desk, user, Role.OWNER)
    return Actor(desk, user)


@pytest.fixture(autouse=True)
def worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is brought in waits for a worker, which does not rest, as nobody else writes here."""
    monkeypatch.setattr(import_views, "BROUGHT_IN_AT_ONCE", 0)
    monkeypatch.setattr(import_lease, "GAP", 0)


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """A server on this machine, at any name, which fails once; the guard lets a test through."""
    one = Receiver(500, 204)
    guard = Guard(
        permits=lambda address: address == "127.0.0.1",
        look_up=lambda *_: ["127.0.0.1"],
        ports=frozenset({one.port}),
        seconds=5,
    )
    for judge in (webhook_form, webhook_send):
        monkeypatch.setattr(judge, "GUARD", guard)
    yield one
    one.server.shutdown()
    one.server.server_close()


def asks_again(response: Response) -> bool:
    """Whether htmx has asked how far it is."""
    return response.request.headers.get("hx-target") == "state"


def test_articles_are_brought_in_and_taken_out_again_by_keyboard(
    member: Actor, walk: Callable[[User], Walk], errors: Errors
) -> None:
    one = walk(member.user)
    page, status = one.page, one.status
    page.goto("/w/desk/imports/")
    one.press("Bring in a file", "link")
    one.heading("Bring in a file")
    one.choose("table.csv", TABLE.encode())
    one.press("Read it")
    one.heading("Nothing is made yet")
    expect(page.get_by_role("region", name="What is wrong")).to_contain_text("There is no text.")
    one.look()
    # What is wrong is left out when one says so, not by itself.
    errors.expect("422")
    one.press("Bring in 2 articles")
    expect(page.get_by_role("alert")).to_contain_text("say that it is to be left out")
    one.press("Leave out what is wrong (1)", "checkbox", key=" ")
    one.may_wait()
    one.press("Bring in 2 articles")
    expect(status).to_contain_text("It begins in a moment.")
    assert not Article.objects.kept().exists()
    # The page asks again by itself, and leaves one at the button where one was.
    cancel = one.tab_to(page.get_by_role("button", name="Cancel"))
    one.look()
    with page.expect_response(asks_again):
        one.wait()
    expect(cancel).to_be_focused()
    tasks.work_once()
    one.wait()
    expect(status).to_contain_text("Articles: 2 made, 0 were here already")
    expect(status).to_contain_text("1 left out")
    one.look()
    one.press("Undo")
    expect(page.get_by_role("dialog")).to_contain_text("Take these articles out again?")
    one.axe(page)
    one.tab_to(page.get_by_role("dialog").get_by_role("button", name="Undo"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Undone since.")).to_be_visible()
    expect(page.locator("#state").get_by_role("button", name="Undo")).to_have_count(0)
    assert not Article.objects.kept().exists()
    page.goto("/w/desk/imports/")
    expect(page.get_by_role("row", name="table.csv")).to_contain_text("undone since")
    one.look()


def test_work_goes_to_another_desk_with_its_history(
    member: Actor, walk: Callable[[User], Walk], tmp_path: Path
) -> None:
    there = factories.a_workspace(slug="there")
    factories.a_membership(there, member.user, Role.OWNER)
    claim = factories.a_claim(
        factories.an_article(member.workspace, OLD, title="The house"), "55 people died"
    )
    comments.create(member, claim, "Who counted them?")
    one = walk(member.user)
    page = one.page
    page.goto("/w/desk/export/")
    file = page.get_by_role("region", name="counterclaim.jsonl")
    file.get_by_text("What it can’t hold").click()
    expect(file.get_by_role("listitem").first).to_be_visible()
    one.look()
    with page.expect_download() as sent:
        file.get_by_role("link", name="Download counterclaim.jsonl").click()
    kept = tmp_path / sent.value.suggested_filename
    sent.value.save_as(kept)
    # The filter narrows what the links lead to, without a reload.
    page.get_by_label("Status").select_option("draft")
    expect(one.status).to_contain_text("0 claims fit the filter")
    expect(file.get_by_role("link")).to_have_attribute("href", "/w/desk/export/jsonl/?status=draft")

    page.goto("/w/there/imports/new/")
    page.get_by_label("The file").set_input_files(kept)
    page.get_by_role("button", name="Read it").click()
    one.heading("Nothing is made yet")
    one.may_wait()
    page.get_by_role("button", name="Bring in").click()
    expect(one.status).to_contain_text("It begins in a moment.")
    tasks.work_once()
    one.wait()
    expect(one.status).to_contain_text("brought in")
    brought = Claim.objects.get(workspace=there)
    assert (brought.uid, brought.comments.get().text) == (claim.uid, "Who counted them?")
    page.goto("/w/there/history/")
    page.get_by_role("link", name="history in files").click()
    one.heading("History in files")
    told = page.get_by_role("listitem").filter(has_text="as told by the file")
    expect(told).to_have_count(1)
    expect(told).to_contain_text("commented")
    expect(told.get_by_role("button")).to_have_count(0)
    one.look()


def test_a_corrected_text_is_compared_and_decided_on_by_keyboard(
    member: Actor, walk: Callable[[User], Walk]
) -> None:
    article = factories.an_article(member.workspace, OLD, language="en")
    for quote in ("25 militants were killed", "55 people died", "the roof fell at noon"):
        factories.a_claim(article, quote)
    one = walk(member.user)
    page = one.page
    page.goto(f"{article.get_absolute_url()}revise/")
    one.look()
    one.tab_to(page.get_by_role("textbox", name="Text"))
    page.keyboard.insert_text(NEW)
    one.press("Compare")
    one.heading("Check the new text")
    expect(one.status).to_have_text("1 claim carried over, 1 to look at, 1 no longer in the text")
    expect(page.locator(".compared ins").first).to_have_text("52")
    # A line that is not the article is left out, and one sees at once what that changes.
    one.tab_to(page.get_by_role("checkbox", name="Leave out paragraph ¶3"))
    page.keyboard.press(" ")
    expect(page.locator(".compared")).not_to_contain_text("doctor")
    page.keyboard.press(" ")
    expect(page.locator(".compared")).to_contain_text("doctor")
    one.look()
    one.press("Make this the newest text")
    one.heading("Texts")
    one.look()
    waits = page.get_by_role("region", name="To look at")
    expect(waits.locator("ins")).to_have_text("52")
    one.press("Accept")
    expect(waits).to_have_count(0)
    # The words of the other one are said in another way now: they are typed, and found.
    one.press("Choose words in the new text", "link")
    one.heading("Words in the new text")
    one.tab_to(page.get_by_label("Or type the words"))
    page.keyboard.type("a wall had given way")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio")).to_be_checked()
    one.look()
    one.press("It says this now")
    expect(page.get_by_text("All claims stand in the newest text.")).to_be_visible()
    said = {claim.spans.get(revision__number=2).quote for claim in Claim.objects.all()}
    assert said == {"25 militants were killed", "52 people died", "a wall had given way"}
    one.press("Revision 1", "link")
    expect(page.locator("#text")).to_contain_text("55 people died there")
    expect(page.locator("#cards")).to_contain_text("the roof fell at noon")
    one.look()


def test_a_webhook_is_added_and_tried(
    member: Actor, walk: Callable[[User], Walk], receiver: Receiver
) -> None:
    one = walk(member.user)
    page = one.page
    page.goto("/w/desk/webhooks/")
    page.get_by_role("link", name="Add a webhook").click()
    page.get_by_label("Name").fill("Night shift")
    page.get_by_label("Address").fill(f"http://ours.example:{receiver.port}/in")
    page.get_by_label("Links:").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#messages")).to_contain_text("Added the webhook Night shift.")
    secret = page.locator("code", has_text="whsec_")
    expect(secret).to_be_hidden()
    page.get_by_text("Show the secret").click()
    expect(secret).to_be_visible()
    one.look()
    one.may_wait()
    page.get_by_role("button", name="Send a test").click()
    status = one.status
    expect(status).to_contain_text("Not tried yet.")
    tasks.work_once()
    one.wait()
    expect(status).to_contain_text("failed, will be tried again")
    expect(page.locator("#state")).to_contain_text("It answered with status 500.")
    one.look()
    page.get_by_role("button", name="Send again").click()
    tasks.work_once()
    one.wait()
    expect(status).to_contain_text("The receiver answered with status 204.")
    # Both were signed with the secret that the page has shown.
    sent = Delivery.objects.get()
    page.get_by_role("link", name="Night shift").click()
    page.get_by_text("Show the secret").click()
    for headers, content in receiver.got:
        assert json.loads(content)["event"] == "webhook.test"
        id, stamp = headers["webhook-id"], int(headers["webhook-timestamp"])
        signed = webhook_send.signature(secret.inner_text(), id, stamp, content)
        assert (id, headers["webhook-signature"]) == (str(sent.event_uid), signed)
    expect(page.get_by_role("row", name="webhook.test")).to_contain_text("status 204")
    page.get_by_role("link", name="All webhooks").click()
    expect(page.get_by_role("row", name="Night shift")).not_to_contain_text("links")
