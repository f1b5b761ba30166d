"""Keys act where they are offered: in a form that has just opened, and on a box just ticked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from claims.models import Change, Claim, User
from claims.records import ClaimStatus, Role
from tests import factories
from tests.browser.annotating import Annotating

TEXT = "Two deputies demanded an inquiry into the raid.\nThe agency said a market was hit."


def test_a_demand_is_linked_with_the_keys_that_the_form_shows(sign_in: Callable[..., Page]) -> None:
    desk = factories.a_workspace()
    analyst = factories.a_user()
    factories.a_membership(desk, analyst, Role.ANALYST)
    article = factories.an_article(desk, TEXT, language="en")
    incident = factories.an_incident(desk)
    factories.a_claim(article, "an inquiry into the raid", incident=incident, kind="demand")
    factories.a_claim(article, "a market was hit", incident=incident)
    page = sign_in(analyst)
    page.goto(article.get_absolute_url())
    work = Annotating(page)
    work.focus("an inquiry into the raid")
    page.keyboard.press("l")
    form = page.locator("#link-form")
    expect(form.locator(":focus")).to_have_count(1)
    page.keyboard.press("u")
    expect(form.locator("[name=relation][value=undercuts]")).to_be_checked()
    assert not Change.objects.exists()


@pytest.mark.usefixtures("demo")
def test_a_box_just_ticked_leaves_the_keys_to_the_queue(sign_in: Callable[..., Page]) -> None:
    page = sign_in(User.objects.get(memberships__role="reviewer"))
    claim = Claim.objects.filter(status=ClaimStatus.SUBMITTED).order_by("id")[0]
    page.goto("/w/al-qaim/review/approval/")
    page.locator(f"[name=chosen][value^='claim:{claim.uid}:']").check()
    page.keyboard.press("x")
    expect(page.locator("[name=why]")).to_be_focused()
    page.locator(f"[name=chosen][value^='claim:{claim.uid}:']").focus()
    page.keyboard.press("a")
    expect(page.get_by_role("status")).to_contain_text("Approved: 1 claim.")
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.APPROVED
