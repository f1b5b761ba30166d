"""The page of the API: accessible in its own parts, and without a script or style of elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from claims.models import User


@pytest.mark.usefixtures("demo")
def test_the_api_is_described_on_a_page(
    sign_in: Callable[..., Page], axe: Callable[..., None]
) -> None:
    page = sign_in(User.objects.get(memberships__role="analyst"))
    page.goto("/api/v1/")
    expect(page.get_by_role("heading", name="claims").first).to_be_visible(timeout=20_000)
    # What Swagger UI makes has faults of its own (contrast, order of headings, nested controls).
    axe(page, {"exclude": [["#api"]]})
