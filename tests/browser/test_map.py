"""The map of an incident: a drawing, or tiles of a server that the site names."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Page, expect

from claims.models import Incident, User
from tests.browser.conftest import Errors

SERVER = "https://tiles.example.org"
PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgaGj4DwADhAGAYNrVZwAAAABJRU5ErkJggg=="
)


@pytest.fixture
def server() -> Iterator[None]:
    policy = {
        **settings.CONTENT_SECURITY_POLICY["DIRECTIVES"],
        "img-src": ["'self'", "data:", SERVER],
    }
    with override_settings(
        MAP_TILES=SERVER + "/{z}/{x}/{y}.png",
        MAP_CREDIT="© <b>Mappers</b>",
        CONTENT_SECURITY_POLICY={"DIRECTIVES": policy},
    ):
        yield


@pytest.fixture
def page(demo: None, sign_in: Callable[..., Page]) -> Page:
    return sign_in(User.objects.get(memberships__role="analyst"))


def opened(page: Page) -> None:
    page.goto(Incident.objects.get(code="IQ-20161207-01").get_absolute_url())


@pytest.mark.usefixtures("server")
def test_tiles_are_laid_over_the_drawing_and_their_makers_named(
    page: Page, axe: Callable[..., None]
) -> None:
    page.route(f"{SERVER}/**", lambda route: route.fulfill(body=PIXEL, content_type="image/png"))
    opened(page)
    expect(page.locator("#tiles")).to_be_visible()
    expect(page.locator("svg.locator")).to_be_hidden()
    expect(page.locator(".leaflet-control-attribution")).to_contain_text("© <b>Mappers</b>")
    axe(page)
    with page.expect_request(f"{SERVER}/**"):
        page.get_by_role("button", name="Zoom in").click()


@pytest.mark.usefixtures("server")
def test_the_drawing_stays_where_no_tile_comes(page: Page, errors: Errors) -> None:
    errors.expect("ERR_FAILED")
    page.route(f"{SERVER}/**", lambda route: route.abort())
    opened(page)
    expect(page.locator("#tiles[data-drawn]")).to_be_hidden()
    expect(page.locator("svg.locator")).to_be_visible()


def test_nothing_is_asked_of_anybody_unless_a_server_is_named(page: Page) -> None:
    elsewhere: list[str] = []
    page.on("request", lambda request: elsewhere.append(request.url))
    opened(page)
    expect(page.locator("svg.locator")).to_be_visible()
    assert not [url for url in elsewhere if not url.startswith(page.url.split("/w/")[0])]
    assert not [url for url in elsewhere if "leaflet" in url]
