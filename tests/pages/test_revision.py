"""A corrected article on its pages: what a new text does, what waits, and the old text."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions import article as articles
from claims.actions import revision as revisions
from claims.models import Article, Claim, Placement, Upload
from claims.records import Placing, SpanRole
from tests import factories
from tests.pages.annotating import NO_FIGURES, at, fields, get, post
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words

OLD = (
    "Officials said that 25 militants were killed in the house on Wednesday.\n"
    "The ministry said that 55 people died there on Thursday night.\n"
    "A medic said that the roof fell at noon, and nobody was inside."
)
NEW = (
    "Officials said that 25 militants were killed in the house on Wednesday.\n"
    "The ministry said that 52 people died there on Thursday night.\n"
    "More follows."
)


@pytest.fixture
def article(analyst: Person) -> Article:
    incident = factories.an_incident(analyst.desk)
    article = factories.an_article(analyst.desk, OLD)
    for quote in ("25 militants were killed", "55 people died", "the roof fell at noon"):
        factories.a_claim(article, quote, incident=incident)
    return article


def revised(person: Person, article: Article, text: str = NEW) -> list[Placement]:
    """The article with the new text, and what waits."""
    upload = articles.keep_upload(
        person.actor, "new.txt", "text/plain", text.encode(), article=article
    )
    article.refresh_from_db()
    args = (article, article.version, text, "utf-8", upload)
    return list(revisions.waiting(revisions.revise(person.actor, *args)))


def preview(person: Person, article: Article, text: str = NEW) -> Any:
    answer: Any = post(person, "article-revise", article.uid, {"text": text})
    assert answer.status_code == 302
    return person.client.get(answer.url), answer.url


def frozen(page: Any) -> dict[str, str]:
    """The preview's form as a browser sends it."""
    fields = select(parsed(page), "#freeze-form")[0].xpath(".//input[@type='hidden']")
    return {field.get("name"): field.get("value") for field in fields} | {"freeze": "1"}


def test_a_new_text_is_shown_with_what_it_does_and_then_made_the_newest(
    analyst: Person, article: Article
) -> None:
    assert "New text" in words(parsed(get(analyst, "article", article.uid)))
    page, address = preview(analyst, article)
    tree = parsed(page)
    told = "1 claim carried over, 1 to look at, 1 no longer in the text"
    assert words(select(tree, ".told")[0]) == told
    compared = select(tree, ".compared")[0]
    assert [words(one) for one in select(compared, "del")][:1] == ["55"]
    assert [words(one) for one in select(compared, "ins")][:1] == ["52"]
    assert [words(m) for m in select(compared, "mark.carried")] == ["25 militants were killed"]
    assert "roof fell at noon" in "".join(words(m) for m in select(compared, "mark.gone"))
    answer: Any = analyst.client.post(address, frozen(page))
    assert answer.url == at(analyst, "article-revisions", article.uid)
    assert [r.number for r in article.revisions.all()] == [1, 2]
    assert not Upload.objects.exists()
    again = analyst.client.post(address, frozen(page), follow=True)
    assert "brought in, or dropped, already" in words(parsed(again))


def test_a_paragraph_that_stands_elsewhere_is_shown_as_moved_with_its_claim(
    analyst: Person, article: Article
) -> None:
    first, second, third = OLD.split("\n")
    page, _ = preview(analyst, article, f"{second}\n{third}\n{first}")
    tree = parsed(page)
    assert words(select(tree, ".told")[0]).startswith("3 claims carried over, 0 to look at")
    compared = select(tree, ".compared")[0]
    assert [words(one) for one in select(compared, "del.moved")] == [first]
    assert "".join(one.text_content() for one in select(compared, "ins.moved")) == first
    assert [words(m) for m in select(compared, "ins.moved mark.carried")] == [
        "25 militants were killed"
    ]
    assert len(select(compared, "ins")) == len(select(compared, "ins.moved"))
    assert not select(compared, "del mark")
    away, here = select(compared, "a.to")
    assert (words(away), words(here)) == ("moved to ¶3", "moved here from ¶1")
    assert (away.get("href"), here.get("href")) == (f"#{here.get('id')}", f"#{away.get('id')}")


def test_the_same_text_is_refused_and_one_that_is_empty_too(
    analyst: Person, article: Article
) -> None:
    page, address = preview(analyst, article, OLD)
    assert "nothing would change" in words(parsed(page))
    answer = analyst.client.post(address, frozen(page))
    assert answer.status_code == 422
    assert "nothing would change" in words(parsed(answer))
    assert post(analyst, "article-revise", article.uid, {"text": ""}).status_code == 422
    assert post(analyst, "article-drop", Upload.objects.get().uid).url == at(
        analyst, "article", article.uid
    )


def test_of_two_who_bring_in_a_text_the_second_sees_what_the_first_made_of_it(
    analyst: Person, reviewer: Person, article: Article
) -> None:
    page, address = preview(analyst, article, NEW + "\nMine.")
    revised(reviewer, article)
    answer = analyst.client.post(address, frozen(page))
    assert answer.status_code == 409
    said = words(parsed(answer))
    assert "Somebody changed this article" in said
    assert "beside revision 2" in said
    assert [words(one) for one in select(parsed(answer), "ins")][-1] == "Mine."
    assert analyst.client.post(address, frozen(answer)).status_code == 302
    assert article.revisions.count() == 3


def test_what_waits_is_shown_with_both_wordings_and_decided(
    analyst: Person, viewer: Person, article: Article
) -> None:
    (row,) = revised(analyst, article)
    said = words(parsed(get(viewer, "article-revisions", article.uid)))
    assert "Before55 people died" in said
    assert "52 people died there on Thursday night." in said
    assert "Not in the newest text" in said
    assert "the roof fell at noon" in said
    assert "Accept" not in said
    assert "The words of 1 claim may have changed" in words(
        parsed(get(viewer, "article", article.uid))
    )
    data = {"version": row.claim.version, "state": "accepted"}
    assert post(analyst, "placement", row.uid, data).status_code == 302
    (span,) = row.claim.spans.filter(revision__number=2)
    assert (span.quote, span.match) == ("52 people died", "fuzzy")
    assert "To look at" not in words(parsed(get(viewer, "article-revisions", article.uid)))


def test_other_words_are_typed_found_and_chosen(analyst: Person, article: Article) -> None:
    (row,) = revised(analyst, article)
    page = get(analyst, "placement", row.uid, quote="more follows")
    assert "1 place in the text" in words(parsed(page))
    (found,) = select(parsed(page), "input[name=place]")
    data = {"version": row.claim.version, "state": "accepted", "place": found.get("value")}
    assert post(analyst, "placement", row.uid, data).status_code == 302
    assert [s.quote for s in row.claim.spans.filter(revision__number=2)] == ["More follows"]
    page = get(analyst, "placement", row.uid, quote="not to be found")
    assert "not in the text" in words(parsed(page))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"state": "waiting"}, "Say where the words stand"),
        ({"state": "anything"}, "Say what became of these words"),
        ({"state": "accepted", "place": "x-9"}, "can't be read"),
        ({"state": "accepted", "place": "9-9999"}, "outside the text"),
    ],
)
def test_what_is_no_decision_is_refused(
    analyst: Person, article: Article, data: dict[str, str], told: str
) -> None:
    (row,) = revised(analyst, article)
    answer = post(analyst, "placement", row.uid, data | {"version": str(row.claim.version)})
    assert answer.status_code == 422
    assert told in words(parsed(answer))
    row.refresh_from_db()
    assert row.state == Placing.WAITING


def test_who_decides_second_sees_both(analyst: Person, reviewer: Person, article: Article) -> None:
    (row,) = revised(analyst, article)
    revisions.decide(reviewer.actor, row, row.claim.version, Placing.ACCEPTED)
    answer = post(analyst, "placement", row.uid, {"version": "2", "state": "gone"})
    assert answer.status_code == 409
    said = words(parsed(answer))
    assert "Saved now: they stand in the new text: “52 people died”" in said
    assert "Yours: not in the new text" in said


def test_the_old_text_stays_as_it_was_with_its_claims_to_be_read_only(
    analyst: Person, article: Article
) -> None:
    old = article.revisions.get()
    revised(analyst, article)
    page = parsed(get(analyst, "revision", old.uid))
    assert "This is revision 1" in words(page)
    assert "Read only" in words(page)
    marks = [words(mark) for mark in select(page, "#text mark")]
    assert marks == ["25 militants were killed", "55 people died", "the roof fell at noon"]
    assert len(select(page, "#cards > li")) == 3
    assert not select(page, "#text form") + select(page, "#cards form") + select(page, "noscript")
    newest = article.revisions.get(number=2)
    assert get(analyst, "revision", newest.uid).url == at(analyst, "article", article.uid)
    first = get(analyst, "article-original", article.uid, number="1")
    assert first.status_code == 404  # the factory keeps no file
    kept = get(analyst, "article-original", article.uid)
    assert b"".join(kept.streaming_content) == NEW.encode()


def test_a_claim_that_the_text_lost_says_so_wherever_it_stands(
    analyst: Person, article: Article
) -> None:
    revised(analyst, article)
    lost: Any = Claim.objects.get(spans__quote="the roof fell at noon")
    card = select(parsed(get(analyst, "article", article.uid)), f"#claim-{lost.uid}")[0]
    assert "the roof fell at noon" in words(card)
    assert "in revision 1 only" in words(card)
    incident = get(analyst, "incident", lost.incident.uid)
    assert "in revision 1 only" in words(parsed(incident))
    assert "the roof fell at noon" in words(parsed(incident))
    # It can still be kept right.
    sent = fields("", version=str(lost.version), note="gone", **NO_FIGURES)
    answer = post(analyst, "claim-edit", lost.uid, sent)
    assert answer.status_code == 302, words(parsed(answer))
    assert [span.revision.number for span in lost.spans.all()] == [1]


def test_a_claim_form_that_was_open_while_a_new_text_came_lets_go_of_its_words(
    analyst: Person, article: Article
) -> None:
    sent = fields("content:0-9", text_number="1", **NO_FIGURES)
    revised(analyst, article, f"Correction. {NEW}")
    answer = post(analyst, "claim-new", article.uid, sent)
    assert answer.status_code == 422
    tree = parsed(answer)
    assert "newer text than the one that you selected from" in words(tree)
    assert [f.get("value") or "" for f in select(tree, "input[name=spans]")] == [""]
    assert [f.get("value") for f in select(tree, "input[name=text_number]")] == ["2"]
    adding = {"add_role": "cue", "add_start": "0", "add_end": "5"}
    assert post(analyst, "claim-new", article.uid, sent | adding).status_code == 422
    # Selected on the page of the text that was: found by the words, not by where they stood.
    page = get(analyst, "claim-new", article.uid, start=0, end=9, quote="Officials")
    (spans,) = select(parsed(page), "input[name=spans]")
    assert spans.get("value").startswith("content:12-21 ")
    assert Claim.objects.count() == 3


def test_one_that_waits_and_eleven_cost_the_same_queries(analyst: Person, desk: Any) -> None:
    counts = []
    for many in (1, 11):
        old = "\n".join(
            f"Speaker {n} told us that {n}0 people died in ward {n}." for n in range(many)
        )
        article = factories.an_article(desk, old)
        for n in range(many):
            claim = factories.a_claim(article, f"{n}0 people died")
            factories.a_span(claim, f"Speaker {n} told", SpanRole.SOURCE)
            factories.a_claim(article, f"told us that {n}0")
        revised(analyst, article, old.replace("0 people", "1 people") + "\nMore.")
        for name in ("article-revisions", "article"):
            get(analyst, name, article.uid)
            with CaptureQueriesContext(connection) as seen:
                assert get(analyst, name, article.uid).status_code == 200
            counts.append(len(seen))
    assert counts[:2] == counts[2:]
