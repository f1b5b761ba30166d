"""Two people review the demo desk: a verdict, a dissent, evidence that changes, and undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from claims.models import Assessment, Incident, Question, User, Workspace

MARKET = "Was a market hit?"


class Reviewers(NamedTuple):
    """Both at the demo desk, each in a window of their own."""

    first: Page
    second: Page


@pytest.fixture
def reviewers(
    demo: Workspace, sign_in: Callable[..., Page], new_context: Callable[..., BrowserContext]
) -> Reviewers:
    first, second = (
        User.objects.get(memberships__role=role, memberships__workspace=demo)
        for role in ("owner", "reviewer")
    )
    return Reviewers(sign_in(first), sign_in(second, new_context()))


def decide(page: Page, verdict: str, why: str, *, ask: bool = False) -> None:
    """Fills in the verdict form that is open, and records it."""
    form = page.locator(".asking form")
    form.get_by_label("Verdict").select_option(verdict)
    if verdict != "unresolved":
        form.get_by_label("Answer", exact=True).select_option(label="Yes")
    form.get_by_label("Confidence", exact=True).select_option("low")
    form.get_by_label("Why").fill(why)
    if ask:
        form.get_by_label("second reviewer").check()
    form.get_by_role("button", name="Record verdict").click()
    expect(page.locator("#messages")).to_contain_text("ecorded")


def open_form(page: Page, question: Question) -> None:
    page.goto(f"/w/al-qaim/questions/{question.uid}/verdict/")


def test_a_verdict_a_dissent_and_evidence_that_changes(reviewers: Reviewers) -> None:
    first, second = reviewers
    question = Question.objects.get(text=MARKET)
    incident = question.incident.get_absolute_url()
    open_form(first, question)
    decide(first, "leans", "Two sides say so.", ask=True)

    second.goto("/w/al-qaim/review/?lane=second")
    second.get_by_role("link", name="Strikes on al-Qa'im").click()
    expect(second.locator("#review")).to_contain_text("it is shown once you have decided")
    expect(second.locator("#review")).not_to_contain_text("Two sides say so.")
    open_form(second, question)
    decide(second, "unresolved", "One of the two repeats the other.")
    second.goto(incident)
    expect(second.locator("#review")).to_contain_text("Two sides say so.")
    expect(second.locator("#review")).to_contain_text("second opinion: dissents")

    # The first one takes a claim out from under an answer: what the verdicts rest on has moved.
    first.goto(incident)
    changed = Assessment.objects.filter(question=question, evidence_changed=True)
    filing = question.positions.get(text="Yes").filings.order_by("id")[0]
    first.goto(f"/w/al-qaim/filings/{filing.uid}/edit/")
    first.get_by_role("button", name="Take it out").click()
    expect(first.locator("#messages")).to_contain_text("No longer filed there.")
    second.goto("/w/al-qaim/review/?lane=changed")
    expect(second.locator("main")).to_contain_text("Evidence changed since")
    assert changed.count() == 2

    # Undone after a reload, by its key: nothing is changed any more.
    first.goto(incident)
    first.reload()
    first.locator("body").press("u")
    expect(first.locator("#messages")).to_contain_text("Undid")
    assert changed.count() == 0
    second.goto(f"{incident}brief/")
    for why in ("Two sides say so.", "One of the two repeats the other."):
        expect(second.locator("main")).to_contain_text(why)


def test_incidents_are_merged_and_taken_apart_by_another(reviewers: Reviewers) -> None:
    first, second = reviewers
    kept, other = Incident.objects.filter(code__in=["IQ-20161207-01", "IQ-20161207-04"]).order_by(
        "code"
    )
    claims = set(other.claims.kept().values_list("pk", flat=True))
    first.goto(f"{kept.get_absolute_url()}merge/?other_name={other.code}")
    first.get_by_role("button", name="Merge").click()
    agree = first.get_by_role("button", name="Merge all the same")
    if agree.count():
        agree.click()
    expect(first.locator("#messages")).to_contain_text("Merged")
    assert not other.claims.kept().exists()

    second.goto("/w/al-qaim/history/?action=incident.merge")
    second.get_by_role("button", name="Undo").click()
    expect(second.locator("#messages")).to_contain_text("Undid: merged the incident")
    assert set(other.claims.kept().values_list("pk", flat=True)) == claims
