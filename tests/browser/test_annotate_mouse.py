"""The heart of the work, with the mouse: an article in, claims, answers, links, a CSV out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from claims.models import Claim, Link, Revision, Span
from claims.records import Role
from tests import factories
from tests.browser.annotating import STRIKES, Annotating

INCIDENT = "Strikes on the town"


@pytest.mark.every_database
def test_an_article_becomes_claims_links_a_dispute_and_a_csv(
    sign_in: Callable[..., Page], tmp_path: Path
) -> None:
    desk = factories.a_workspace(slug="valley", name="Valley desk")
    analyst = factories.a_user("analyst")
    factories.a_membership(desk, analyst, Role.ANALYST)
    page = sign_in(analyst)
    file = tmp_path / "strikes.txt"
    file.write_text(STRIKES, encoding="utf-16")

    bring_in(page, file)
    revision = Revision.objects.get(workspace=desk)
    with revision.original.open() as original:
        assert original.read() == file.read_bytes()
    split_into_claims(Annotating(page))
    file_and_link(Annotating(page))
    assert Span.objects.count() > 14
    assert all(revision.text[span.start : span.end] == span.quote for span in Span.objects.all())
    see_the_dispute(page)

    page.get_by_role("link", name="Export this incident").click()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("claims.csv")).click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    assert len(rows) == Claim.objects.exclude(incident=None).count()
    assert "a blast there was caused by a car bomb" in {row["text"] for row in rows}


def bring_in(page: Page, file: Path) -> None:
    """Uploads the article; what is not of it is proposed for dropping, and dropped."""
    page.goto("/w/valley/articles/new/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("7 of 10 paragraphs kept")).to_be_visible()
    page.locator("[name=title]").fill("Two strikes on the town")
    page.locator("[name=published_on]").fill("2016-12-08")
    page.locator("[name=publisher_name]").fill("Example Wire")
    page.get_by_role("button", name="Freeze the text").click()
    expect(page.locator("#text > p")).to_have_count(7)


def split_into_claims(work: Annotating) -> None:
    """Seven claims, most of each form filled in by the rules."""
    page = work.page
    form = work.open_form("its jets had struck the town twice the day before")
    expect(form.locator("#id_source_name")).to_have_value("Northern Command")
    expect(form.locator("[name=said_from]")).to_have_value("2016-12-08")
    work.fill("incident_name", INCIDENT)
    work.save()
    work.claim(
        "the first strike hit a two-storey house with 25 fighters inside",
        new_question="Who was in the buildings?",
        new_answer="Fighters",
    )
    work.claim(
        "the second strike hit a depot where 30 to 40 more were hiding",
        position="Who was in the buildings? → Fighters",
    )
    form = work.open_form("that civilians had been targeted")
    expect(form.locator("[name=says][value=denies]")).to_be_checked()
    work.fill("new_question", "Were civilians killed?")
    work.fill("new_answer", "Yes")
    form.locator("[name=extent][value=in_part]").check()
    work.save()
    form = work.open_form("dozens of civilians had died when jets bombed the market")
    expect(form.locator("#id_source_name")).to_have_value("Radio Valley")
    expect(form.locator("[name=said_from]")).to_have_value("2016-12-07")
    form.locator("#id_position").select_option(label="Were civilians killed? → Yes")
    work.save()
    work.claim(
        "a blast there was caused by a car bomb",
        new_question="What caused the blast?",
        new_answer="Car bomb",
    )
    form = work.open_form("those responsible must be punished")
    expect(form.locator("[name=says][value=demand]")).to_be_checked()
    work.save()
    expect(page.locator(".card")).to_have_count(7)


def file_and_link(work: Annotating) -> None:
    """A second answer for one claim, and what contradicts what."""
    page = work.page
    work.focus("dozens of civilians")
    page.keyboard.press("p")
    form = page.locator("#filing-form")
    form.get_by_text("A new question or answer").click()
    form.locator("[name=new_question]").fill("What caused the blast?")
    form.locator("[name=new_answer]").fill("Air strike")
    form.get_by_role("button", name="File").click()
    expect(work.card("dozens of civilians")).to_contain_text("Air strike")
    work.focus("a blast there")
    page.keyboard.press("l")
    form = page.locator("#link-form")
    form.get_by_label("dozens of civilians").check()
    form.locator("#id_basis").select_option("cause")
    form.get_by_role("button", name="Link").click()
    expect(work.card("a blast there")).to_contain_text("contradicts Radio Valley over cause")
    expect(work.card("dozens of civilians")).to_contain_text("competes with 1")
    assert Link.objects.get().basis == "cause"


def see_the_dispute(page: Page) -> None:
    """The incident says over what; a denial in part is never a plain "No"."""
    page.locator("#progress").get_by_role("link", name=INCIDENT).click()
    expect(page.locator(".head .badge.disputed")).to_contain_text("what caused the blast")
    killed = page.get_by_role("row").filter(has_text="Were civilians killed?")
    expect(killed).to_contain_text("in part")
    expect(killed.locator("b", has_text=re.compile("^No$"))).to_have_count(0)


def test_what_was_deleted_comes_back_with_u_after_a_reload(sign_in: Callable[..., Page]) -> None:
    desk = factories.a_workspace(slug="valley")
    analyst = factories.a_user("analyst")
    factories.a_membership(desk, analyst, Role.ANALYST)
    article = factories.an_article(desk, STRIKES)
    page = sign_in(analyst)
    page.goto(article.get_absolute_url())
    work = Annotating(page)
    work.claim("a blast there was caused by a car bomb")
    work.focus("a blast there")
    page.keyboard.press("Delete")
    expect(page.locator(".card")).to_have_count(0)
    expect(page.locator("mark")).to_have_count(0)
    page.reload()
    page.keyboard.press("u")
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator("#messages")).to_contain_text("Undid")
    expect(page.locator("mark.content")).to_have_text("a blast there was caused by a car bomb")


def test_a_split_quote_is_one_claim(sign_in: Callable[..., Page]) -> None:
    desk = factories.a_workspace(slug="valley")
    analyst = factories.a_user("analyst")
    factories.a_membership(desk, analyst, Role.ANALYST)
    text = "“The dead were shoppers,” said a medic, “and some were children.”"
    article = factories.an_article(desk, text)
    page = sign_in(analyst)
    page.goto(article.get_absolute_url())
    work = Annotating(page)
    form = work.open_form("The dead were shoppers")
    work.select("and some were children")
    page.keyboard.press("+")
    expect(form.locator(".spans li", has_text="children")).to_be_visible()
    form.locator("[name=unnamed]").check()
    work.save()
    claim = Claim.objects.get()
    assert claim.source.article == article
    contents = claim.spans.filter(role="content").values_list("quote", flat=True)
    assert [*contents] == ["The dead were shoppers", "and some were children"]
    card = work.focus("The dead were shoppers")
    work.select("a medic")
    page.keyboard.press("s")
    expect(page.locator("mark.source", has_text="a medic")).to_be_visible()
    expect(card).to_contain_text("[…]")
