"""Every page of the demo desk: no accessibility violation, nothing wider than a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from claims.models import (
    Article,
    Change,
    Claim,
    Filing,
    Incident,
    Link,
    Position,
    Question,
    Source,
    User,
    Workspace,
)
from tests import factories

LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1280, "height": 900}},
    "phone, dark": {"viewport": {"width": 400, "height": 800}, "color_scheme": "dark"},
}
PARTS = 3  # so that no test is left running alone at the end


def addresses() -> Iterator[str]:
    """One address of each kind of page that an owner of the demo desk can open."""
    desk = "/w/al-qaim/"
    yield from (
        "/account/",
        "/account/tokens/",
        "/account/sessions/",
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/password/change/",
    )
    factories.an_invitation(Workspace.objects.get(slug="al-qaim"), name="ben@example.org")
    for page in "articles articles/new incidents incidents/new sources sources/new sides".split():
        yield f"{desk}{page}/"
    yield from (f"{desk}imports/", f"{desk}imports/new/")
    yield from (f"{desk}{page}/" for page in "sides/new export members settings search".split())
    yield from (f"{desk}review/?lane={lane}" for lane in "disputed changed second severe".split())
    yield f"{desk}review/approval/"
    yield from (f"{desk}webhooks/", f"{desk}webhooks/new/")
    sent = factories.a_delivery(
        factories.a_webhook(Workspace.objects.get(slug="al-qaim"), stopped="gone"),
        state="given_up",
        status=410,
        error="It answered with status 410.",
    )
    yield from (sent.get_absolute_url(), sent.webhook.get_absolute_url())
    yield f"{sent.webhook.get_absolute_url()}edit/"
    yield f"{desk}webhooks/"
    yield from (f"{desk}search/?q={words}" for words in ("civilians+kill", "القائم", "nowhere"))
    arabic = Article.objects.get(language="ar")
    largest = Article.objects.exclude(language="ar").order_by("id")[0]
    yield from suggested(desk, arabic, largest)
    for article in (arabic, largest):
        yield f"{desk}articles/{article.uid}/"
    yield f"{desk}articles/{largest.uid}/edit/"
    yield f"{desk}articles/{largest.uid}/claims/new/?start=0&end=12"
    yield f"{desk}articles/{largest.uid}/claims/new/?quote=the"
    claim = Claim.objects.filter(incident__code="IQ-20161207-01", kind="factual").order_by("id")[0]
    yield from (
        f"{desk}claims/{claim.uid}/{page}/" for page in "edit link same file comments".split()
    )
    yield f"{desk}links/{Link.objects.order_by('id')[0].uid}/edit/"
    yield f"{desk}filings/{Filing.objects.order_by('id')[0].uid}/edit/"
    for incident in Incident.objects.filter(code__in=["IQ-20161207-01", "IQ-20161207-04"]):
        yield f"{desk}incidents/{incident.uid}/"
    yield from (
        f"{desk}incidents/{incident.uid}/{page}/"
        for page in "edit questions/new verdict split move brief".split()
    )
    other = Incident.objects.exclude(pk=incident.pk).order_by("id")[0]
    yield f"{desk}incidents/{other.uid}/merge/?other_name={incident.code}"
    question = Question.objects.order_by("id")[0]
    yield from (
        f"{desk}questions/{question.uid}/{page}/"
        for page in "edit answers/new file verdict".split()
    )
    yield f"{desk}answers/{Position.objects.order_by('id')[0].uid}/edit/"
    yield f"{desk}history/"
    yield f"{desk}history/files/"
    yield f"{desk}history/incident/{incident.uid}/"
    yield f"{desk}history/claim/{claim.uid}/"
    yield f"{desk}history/question/{question.uid}/"
    disputed = Incident.objects.get(code="IQ-20161207-01")
    asked = Change.objects.filter(action="question.create").order_by("id")[1]
    yield f"{desk}incidents/{disputed.uid}/as-of/?before={asked.uid}"
    yield f"{desk}incidents/{disputed.uid}/as-of/?at=2100-01-01T10:00"
    source = Source.objects.filter(named=True).order_by("id")[0]
    yield from (f"{desk}sources/{source.uid}/{page}" for page in ("", "edit/", "rate/"))
    another = Source.objects.filter(named=True).order_by("id")[1]
    yield f"{desk}sources/{source.uid}/merge/?other_name={another.name}&other={another.uid}"


def suggested(desk: str, *articles: Article) -> Iterator[str]:
    """What tells of suggestions; with one in the text of each article."""
    for article in articles:
        last = article.revisions.latest("number").text.split("\n")[-1][:40]
        one = factories.a_suggestion(article, last)
    yield f"{desk}suggestions/{one.uid}/edit/"
    figures = {"rules": {"full": 0.46}, "learned": {"full": 0.6}, "bands": [[0.9, 1.0, 40, 36]]}
    factories.a_training(article.workspace, figures=figures)
    yield f"{desk}suggestions/"


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.usefixtures("demo")
def test_every_page_is_accessible_and_fits(
    look: str,
    part: int,
    sign_in: Callable[..., Page],
    new_context: Callable[..., BrowserContext],
    axe: Callable[..., None],
) -> None:
    # Every scale in use, so that its pages and fields are there.
    Workspace.objects.update(uses_reliability=True, uses_credibility=True, uses_certainty=True)
    owner = User.objects.get(memberships__role="owner")
    page = sign_in(owner, new_context(**LOOKS[look]))
    found, wide, width = [], [], LOOKS[look]["viewport"]["width"]
    for address in islice(addresses(), part, None, PARTS):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        try:
            axe(page)
        except AssertionError as violation:
            found.append(f"{address}\n{str(violation).split('assert [')[0]}")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(address)
    assert not found, "\n".join(found)
    assert wide == []


def test_the_pages_of_somebody_without_a_desk(page: Page, axe: Callable[..., None]) -> None:
    assert not Workspace.objects.exists()
    page.goto("/accounts/login/")
    axe(page)
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    page.goto("/accounts/signup/")
    axe(page)
