"""Two people at one claim: nobody's work is overwritten."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from claims.models import Claim
from claims.records import Role
from tests import factories
from tests.browser.annotating import STRIKES, Annotating
from tests.browser.conftest import Errors


def test_a_stale_claim_is_shown_beside_the_other_version(
    sign_in: Callable[..., Page], new_context: Callable[..., object], errors: Errors
) -> None:
    desk = factories.a_workspace(slug="valley")
    one, other = factories.a_user("one"), factories.a_user("other")
    for person in (one, other):
        factories.a_membership(desk, person, Role.ANALYST)
    article = factories.an_article(desk, STRIKES)
    mine, theirs = sign_in(one), sign_in(other, new_context())
    mine.goto(article.get_absolute_url())
    Annotating(mine).claim("a blast there was caused by a car bomb")
    theirs.goto(article.get_absolute_url())
    for page in (mine, theirs):
        Annotating(page).focus("a blast there")
        page.keyboard.press("e")
        expect(page.locator("#claim-form")).to_be_visible()
    Annotating(theirs).fill("note", "They looked at the video.")
    Annotating(theirs).save()

    errors.expect("409")
    Annotating(mine).fill("note", "I rang the command.")
    mine.locator("#id_source_name").press("Enter")
    conflict = mine.locator(".conflict")
    expect(conflict).to_contain_text("They looked at the video.")
    expect(conflict).to_contain_text("I rang the command.")
    assert Claim.objects.get().note == "They looked at the video."
    conflict.get_by_role("button", name="Save mine instead").click()
    expect(mine.locator("#claim-form")).to_have_count(0)
    assert Claim.objects.get().note == "I rang the command."


def test_the_work_can_be_done_without_javascript(
    sign_in: Callable[..., Page], new_context: Callable[..., object], errors: Errors
) -> None:
    desk = factories.a_workspace(slug="valley")
    analyst = factories.a_user("analyst")
    factories.a_membership(desk, analyst, Role.ANALYST)
    article = factories.an_article(desk, STRIKES)
    page = sign_in(analyst, new_context(java_script_enabled=False))
    page.goto(article.get_absolute_url())
    page.locator("#typed-quote").fill("a blast there was caused by a car bomb")
    page.get_by_role("button", name="Find").click()
    page.locator("#id_incident_name").fill("Strikes on the town")
    save = page.locator("#claim-form").get_by_role("button", name="Save Enter")
    errors.expect("422")
    save.click()
    page.get_by_label("a new incident, “Strikes on the town”").check()
    save.click()
    expect(page.locator(".card")).to_have_count(1)
    page.get_by_role("link", name="edit", exact=True).click()
    page.locator("#id_source_name").fill("Somebody else")
    page.locator("#claim-form").get_by_role("button", name="Save Enter").click()
    expect(page.locator(".card")).to_contain_text("Somebody else")
