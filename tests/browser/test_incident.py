"""The page of an incident, with everything unfolded: accessible, and found under its head."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from claims.models import Incident, User

UNFOLD = "document.querySelectorAll('main details').forEach(one => { one.open = true })"
HIDDEN = """link => {
    document.querySelector(link).scrollIntoView();
    const head = document.querySelector(".stays");
    const below = document.querySelector(link).getBoundingClientRect().top;
    return getComputedStyle(head).position === "sticky" && below < head.offsetHeight - 1;
}"""


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (400, 800), (640, 300)])
@pytest.mark.usefixtures("demo")
def test_all_of_it_is_accessible_and_found(
    width: int,
    height: int,
    sign_in: Callable[..., Page],
    new_context: Callable[..., BrowserContext],
    axe: Callable[..., None],
) -> None:
    reader = User.objects.get(memberships__role="viewer")
    page = sign_in(reader, new_context(viewport={"width": width, "height": height}))
    page.goto(Incident.objects.get(code="IQ-20161207-01").get_absolute_url())
    links = page.locator(".contents a").evaluate_all("all => all.map(one => one.hash)")
    assert len(links) >= 8
    assert [link for link in links if page.evaluate(HIDDEN, link)] == []
    page.evaluate(UNFOLD)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
