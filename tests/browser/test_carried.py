"""What a form takes over from the claim before is told, and goes when the person says otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from playwright.sync_api import Page, expect

from claims.models import Claim
from claims.records import Role
from tests import factories
from tests.browser.annotating import Annotating

TEXT = "The Command said two strikes hit.\nThe Command said a bridge fell and called for calm."


def test_incident_and_day_of_the_claim_before(sign_in: Callable[..., Page]) -> None:
    desk = factories.a_workspace()
    analyst = factories.a_user()
    factories.a_membership(desk, analyst, Role.ANALYST)
    command = factories.a_source(desk, name="Command")
    article = factories.an_article(desk, TEXT, language="en")
    incident = factories.an_incident(desk)
    factories.a_claim(
        article, "said two", source=command, incident=incident, said_from=dt.date(2016, 12, 8)
    )
    page = sign_in(analyst)
    page.goto(article.get_absolute_url())
    work = Annotating(page)
    form = work.open_form("two strikes hit")
    form.locator("#id_incident_name").fill(incident.code)
    page.locator("[role=option]").first.click()
    # A demand is offered no contradiction, by script too.
    expect(form.locator("[name=relation]")).to_have_value("contradicts")
    form.locator("[name=says][value=demand]").check()
    expect(form.locator("[name=relation]")).to_have_value("responds_to")
    expect(form.locator("[data-no-evidence]")).to_be_visible()
    form.locator("[name=says][value=asserts]").check()
    expect(form.locator("[data-no-evidence]")).to_be_hidden()
    work.save()

    form = work.open_form("a bridge fell")
    incident_hint = form.get_by_text("Carried over from your last claim here.")
    day_hint = form.locator("summary", has_text="as in this source’s claim before")
    expect(incident_hint).to_be_visible()
    expect(day_hint).to_be_visible()
    form.get_by_role("button", name="No incident").click()
    expect(incident_hint).to_have_count(0)
    expect(form.locator("#id_incident_name")).to_be_focused()
    expect(form.locator("#id_incident")).to_have_value("")
    # The day was that of the other source.
    expect(form.locator("[name=said_from]")).to_have_value("2016-12-08")
    work.fill("source_name", "Radio Valley")
    expect(form.locator("[name=said_from]")).to_have_value("")
    expect(day_hint).to_have_count(0)
    work.save()
    claim = Claim.objects.latest("id")
    assert (claim.incident, claim.said_from) == (None, None)
