"""Two incidents merged and taken apart again, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from claims.models import Incident
from claims.records import Role
from tests import factories


def test_merge_and_undo_without_a_mouse(
    sign_in: Callable[..., Page], axe: Callable[..., None]
) -> None:
    desk = factories.a_workspace(slug="valley")
    reviewer = factories.a_user("reviewer")
    factories.a_membership(desk, reviewer, Role.REVIEWER)
    kept = factories.an_incident(desk, title="The raid")
    other = factories.an_incident(desk, title="The night strike")
    factories.a_question(kept, is_key=True)
    factories.a_question(other)
    claim = factories.a_claim(factories.an_article(desk), incident=other)
    page = sign_in(reviewer)
    page.goto(kept.get_absolute_url())
    page.get_by_role("link", name="Merge…").focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("The same as")
    field.focus()
    page.keyboard.type("night")
    expect(page.get_by_role("option", name="The night strike")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value(str(other))
    page.keyboard.press("Enter")
    merge = page.get_by_role("button", name="Merge all the same")
    expect(merge).to_be_visible()
    expect(page.locator(".consent")).to_contain_text("would no longer count")
    axe(page)
    merge.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text(f"Merged {other} into {kept}.")
    claim.refresh_from_db()
    assert claim.incident == kept
    page.locator("body").press("u")
    expect(page.locator("#messages")).to_contain_text("Undid: merged the incident")
    claim.refresh_from_db()
    assert claim.incident == other
    assert Incident.objects.kept().count() == 2
