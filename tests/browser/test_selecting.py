"""What is selected is what is stored, whatever the script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from claims.models import Span
from claims.records import Role
from tests import factories
from tests.browser.annotating import Annotating

FAMILY = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}"
TEXTS = [
    (f"Before {FAMILY}{FAMILY} the medic wrote: all are safe.", "the medic wrote", ""),
    (
        f"A post \U0001f4a5\U0001f1ee\U0001f1f6 said: two houses hit {FAMILY} today",
        f"hit {FAMILY}",
        "",
    ),
    (
        "قالت القيادة إن الغارتين استهدفتا مسلحين. ونفى السكان ذلك.",
        "الغارتين استهدفتا مسلحين",
        "ar",
    ),
    ("سخنگو گفت که می‌خواهند تحقیق شود.", "می‌خواهند تحقیق شود", "fa"),
    ("E\u0301tait-ce vrai ? Le maire l’a nié\u00a0: «\u202fnon\u202f».", "Le maire l’a nié", "fr"),
    ("הדובר אמר שהמבנה נפגע 2 פעמים.", "המבנה נפגע 2 פעמים", "he"),
    ("𠮷野家の前で爆発があったと警察は述べた。", "爆発があった", "ja"),
]


@pytest.mark.parametrize(("text", "words", "language"), TEXTS)
def test_the_selection_is_what_is_saved(
    sign_in: Callable[..., Page], text: str, words: str, language: str
) -> None:
    desk = factories.a_workspace()
    analyst = factories.a_user()
    factories.a_membership(desk, analyst, Role.ANALYST)
    publisher = factories.a_source(desk, name="Example Wire")
    article = factories.an_article(
        desk, f"First line 😀.\n\n{text}\n", publisher=publisher, language=language
    )
    page = sign_in(analyst)
    page.goto(article.get_absolute_url())
    work = Annotating(page)
    # By letters, not by pixels: a drag through right-to-left text is tried in Arabic below.
    page.evaluate(
        """words => {
            const line = document.querySelector('#p3').firstChild;
            const at = line.data.indexOf(words);
            getSelection().setBaseAndExtent(line, at, line, at + words.length);
        }""",
        words,
    )
    page.keyboard.press("c")
    expect(page.locator("#claim-form .spans span.content")).to_have_text(words)
    work.fill("source_name", "Example Wire")
    work.save()
    span = Span.objects.get(role="content")
    assert span.quote == words
    assert span.revision.text[span.start : span.end] == words
    expect(page.locator("mark.content")).to_have_text(words)


def test_a_right_to_left_article_reads_and_selects_from_the_right(
    sign_in: Callable[..., Page],
) -> None:
    desk = factories.a_workspace()
    analyst = factories.a_user()
    factories.a_membership(desk, analyst, Role.ANALYST)
    article = factories.an_article(
        desk, "قال طبيب إن خمسة مدنيين قتلوا في السوق", language="ar", published_on=None
    )
    page = sign_in(analyst)
    page.goto(article.get_absolute_url())
    expect(page.locator("#text")).to_have_attribute("dir", "rtl")
    box = page.locator("#p1").bounding_box()
    assert box is not None
    # The first word of the line stands at its right end.
    page.mouse.dblclick(box["x"] + box["width"] - 24, box["y"] + 20)
    page.keyboard.press("c")
    expect(page.locator("#claim-form .spans span.content")).to_have_text("قال")


def test_words_of_the_headline_are_told_to_be_no_text(sign_in: Callable[..., Page]) -> None:
    desk = factories.a_workspace()
    analyst = factories.a_user()
    factories.a_membership(desk, analyst, Role.ANALYST)
    page = sign_in(analyst)
    page.goto(factories.an_article(desk, title="A strike, they say").get_absolute_url())
    page.locator("main h1").dblclick()
    page.keyboard.press("c")
    expect(page.locator("#messages")).to_contain_text("The headline is not part of the text")
    expect(page.locator("#claim-form")).to_have_count(0)
    page.evaluate("getSelection().removeAllRanges()")
    page.keyboard.press("c")
    expect(page.locator("#messages")).to_contain_text("Select some words first")
