"""Little room, or no scripts: nothing in the way of the work, and nothing offered in vain."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from claims.models import Article, User, Workspace

LISTS = ["review/", "review/approval/", "incidents/", "articles/", "sources/", "history/"]
SHOWN_ON_TOP = """button => {
    const box = button.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return button.contains(top);
}"""


@pytest.fixture
def open_desk(
    demo: Workspace, sign_in: Callable[..., Page], new_context: Callable[..., BrowserContext]
) -> Callable[..., Page]:
    """A reviewer's window of a certain width, with other options of a context."""

    def open_desk(width: int, **options: object) -> Page:
        window = new_context(viewport={"width": width, "height": 800}, **options)
        return sign_in(User.objects.get(memberships__role="reviewer"), window)

    return open_desk


def text(page: Page) -> None:
    """The page of an article of the demo."""
    article = Article.objects.exclude(language="ar").order_by("id")[0]
    page.goto(f"/w/al-qaim/articles/{article.uid}/")


def overlap(one: Locator, other: Locator) -> bool:
    """Whether they cover the same part of the screen."""
    a, b = one.bounding_box(), other.bounding_box()
    assert a is not None
    assert b is not None
    beside = a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"]
    apart = a["y"] + a["height"] <= b["y"] or b["y"] + b["height"] <= a["y"]
    return not (beside or apart)


def top(one: Locator) -> float:
    """How far from the top of the screen it begins, in pixels."""
    box = one.bounding_box()
    assert box is not None
    return box["y"]


@pytest.mark.parametrize("scripts", [True, False])
def test_filters_fold_where_it_is_narrow(open_desk: Callable[..., Page], *, scripts: bool) -> None:
    narrow = open_desk(400, java_script_enabled=scripts)
    wide = open_desk(1280, java_script_enabled=scripts)
    for name in LISTS:
        for page in (narrow, wide):
            page.goto(f"/w/al-qaim/{name}")
        filters = narrow.locator("form.filters")
        expect(filters).to_be_hidden()
        narrow.get_by_text("Filters", exact=True).click()
        expect(filters).to_be_visible()
        expect(wide.locator("form.filters")).to_be_visible()
        expect(wide.get_by_text("Filters", exact=True)).to_be_hidden()
    narrow.goto("/w/al-qaim/sources/?named=yes")
    expect(narrow.locator("form.filters")).to_be_visible()


@pytest.mark.parametrize("width", [400, 800, 1280])
def test_save_is_in_sight_and_so_is_what_was_done(
    open_desk: Callable[..., Page], width: int
) -> None:
    page = open_desk(width)
    text(page)
    card = page.locator("#cards .card").first
    card.focus()
    page.keyboard.press("e")
    save = page.get_by_role("button", name="Save").first
    expect(save).to_be_in_viewport()
    assert save.evaluate(SHOWN_ON_TOP)
    page.locator("#panel details").evaluate_all("all => all.forEach(one => { one.open = true })")
    page.locator("#panel [name=paraphrase]").fill("In other words.")
    save.click()
    message = page.locator(".message")
    expect(message).to_contain_text("Saved.")
    expect(message).to_be_in_viewport(ratio=1)
    assert not overlap(message, page.locator("footer.keys"))
    if width > 900:
        assert not overlap(message, page.locator("#side"))
        return
    page.evaluate("scrollTo(0, 0)")
    assert not overlap(message, page.locator("h1"))
    # Two rows of the bar, and what people said of the article after what it says.
    assert top(page.locator("h1")) < 120
    assert top(page.locator("#comments")) > top(page.locator("#cards"))


def test_a_slip_of_enter_drops_nothing(open_desk: Callable[..., Page]) -> None:
    page = open_desk(1280)
    text(page)
    page.locator("#cards .card").first.focus()
    page.keyboard.press("e")
    field = page.get_by_role("combobox", name="Who says it")
    field.fill("Somebody else")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Keep it")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("dialog.confirm")).to_have_count(0)
    expect(field).to_have_value("Somebody else")
    expect(field).to_be_focused()


def test_without_scripts_no_keys_are_offered(open_desk: Callable[..., Page]) -> None:
    page = open_desk(1280, java_script_enabled=False)
    text(page)
    expect(page.locator("footer.keys")).to_be_hidden()
    expect(page.get_by_text("select words in the text")).to_be_hidden()
    expect(page.get_by_text("type words of the text here")).to_be_visible()
    assert page.locator("kbd:visible").count() == 0
