"""After a form in the page was saved, one is at what was saved: in sight, in focus, told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from claims.models import Assessment, Comment, Incident, Question, User

MARKET = "Was a market hit?"
IN_SIGHT = """place => {
    const box = place.getBoundingClientRect();
    const under = document.querySelector('.stays')?.getBoundingClientRect().bottom ?? 0;
    return box.top >= under - 1 && box.top < innerHeight;
}"""


@pytest.fixture
def page(sign_in: Callable[..., Page]) -> Page:
    return sign_in(User.objects.get(memberships__role="owner"))


def is_at(page: Page, place: str) -> None:
    """Focus is there, and it is in sight."""
    named = page.locator(f"[id='{place}']")
    expect(named).to_be_focused()
    assert named.evaluate(IN_SIGHT)


@pytest.mark.usefixtures("demo")
def test_a_verdict_is_recorded_seconded_and_withdrawn(page: Page) -> None:
    question = Question.objects.get(text=MARKET)
    address = question.incident.get_absolute_url()
    page.goto(address)
    subject = page.locator(f"[id='verdict-{question.uid}']")
    if not subject.is_visible():
        page.locator("#review details > summary").last.click()
    subject.get_by_role("link", name="Decide").click()
    form = page.locator(".asking form")
    form.get_by_label("Verdict").select_option("unresolved")
    form.get_by_label("Confidence", exact=True).select_option("low")
    form.get_by_label("Why").fill("Too little is known.")
    form.get_by_role("button", name="Record verdict").click()
    expect(page.get_by_role("status")).to_contain_text("Recorded")
    made = Assessment.objects.get(rationale="Too little is known.")
    is_at(page, f"assessment-{made.uid}")
    told = page.locator(f"[id='assessment-{made.uid}']")
    told.get_by_role("button", name="Ask for a second reviewer").click()
    expect(page.get_by_role("status")).to_contain_text("Asked for a second reviewer.")
    is_at(page, f"assessment-{made.uid}")
    told.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_role("status")).to_contain_text("Withdrew the verdict.")
    is_at(page, f"assessment-{made.uid}")


@pytest.mark.usefixtures("demo")
def test_a_question_an_answer_and_a_filing(page: Page) -> None:
    incident = Incident.objects.get(code="IQ-20161207-01")
    page.goto(incident.get_absolute_url())
    page.get_by_role("link", name="Ask a question").click()
    form = page.locator(".asking form").first
    form.get_by_role("textbox", name="Question").fill("Who called the strike?")
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Asked")
    place = f"question-{Question.objects.get(text='Who called the strike?').uid}"
    is_at(page, place)
    # It is not key: its row was folded away with the other ones.
    row = page.locator(f"[id='{place}']")
    row.get_by_role("link", name="edit").click()
    page.locator(".asking").get_by_role("link", name="Add an answer").click()
    page.locator(".asking form").first.get_by_role("textbox", name="Answer").fill("The army")
    page.locator(".asking form").first.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Added the answer")
    is_at(page, place)
    row.get_by_role("link", name="file claims").click()
    form = page.locator(".asking form").first
    form.locator("[name=claims]").first.check()
    form.get_by_label("The army").check()
    form.get_by_role("button", name="File").click()
    expect(page.get_by_role("status")).to_contain_text("Filed 1 claim.")
    is_at(page, place)


@pytest.mark.usefixtures("demo")
def test_a_form_on_a_page_of_its_own_leads_to_the_whole_incident(page: Page) -> None:
    question = Question.objects.get(text=MARKET)
    page.goto(f"/w/al-qaim/questions/{question.uid}/edit/")
    form = page.locator(".asking form").first
    form.get_by_role("textbox", name="Question").fill("Was the market hit?")
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    is_at(page, f"question-{question.uid}")
    assert page.locator("link[href*='drawn']").count() == 1


@pytest.mark.usefixtures("demo")
def test_a_comment(page: Page) -> None:
    page.goto(Incident.objects.get(code="IQ-20161207-01").get_absolute_url())
    page.get_by_label("Comment", exact=True).fill("Who was asked?")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Commented.")
    place = f"comment-{Comment.objects.get(text='Who was asked?').uid}"
    is_at(page, place)
    page.locator(f"[id='{place}']").get_by_role("button", name="Resolve").click()
    expect(page.get_by_role("status")).to_contain_text("Resolved.")
    is_at(page, place)
