"""The annotate page: the text as it is stored, its cards, and what has been read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions import state
from claims.models import Article, Change, Claim, Credit, Source
from claims.records import Relation, SpanRole
from tests import factories
from tests.pages.annotating import (
    FAMILY,
    TEXT,
    an_article,
    card,
    events,
    get,
    post,
    swapped,
)
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words

pytestmark = pytest.mark.one_database

DIED = "up to 65 people died"
EVIL = "<script>alert(1)</script>\"'&"
OVERRIDE = "abc\u202edcba"


def shown(person: Person, article: Article) -> Any:
    return get(person, "article", article.uid)


def queries(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as seen:
        ask()
    return len(seen)


def repeated(analyst: Person, first: dict[str, Any], second: dict[str, Any]) -> tuple[Claim, Claim]:
    """A statement and its repeat in another article; each with `claim` columns and `figures`."""
    incident = factories.an_incident(analyst.desk)
    source = factories.a_source(analyst.desk)
    claims = []
    for given in (first, second):
        claim = factories.a_claim(
            an_article(analyst), DIED, incident=incident, source=source, **given.get("claim", {})
        )
        for figure in given.get("figures", ()):
            factories.a_figure(claim, **figure)
        claims.append(claim)
    factories.a_link(claims[1], Relation.RESTATES, claims[0])
    state.refresh([incident.pk])
    return claims[0], claims[1]


def drift(person: Person, claim: Claim) -> list[str]:
    return [words(one) for one in select(card(shown(person, claim.article), claim), ".drift")]


# -- the text --------------------------------------------------------------------------------


def test_the_text_nodes_are_the_stored_text(viewer: Person) -> None:
    article = an_article(viewer)
    claim = factories.a_claim(article, DIED)
    factories.a_claim(article, f"died {FAMILY} in")
    answer = shown(viewer, article)
    for line in select(parsed(answer), "#text > p"):
        number, start = int(line.get("data-n")), int(line.get("data-start"))
        assert line.text_content() == TEXT.split("\n")[number - 1]
        assert TEXT[start:].startswith(line.text_content())
    marks = select(parsed(answer), "#p3 mark")
    assert [mark.text_content() for mark in marks] == ["up to 65 people ", "died", f" {FAMILY} in"]
    assert str(claim.uid) in marks[0].get("data-claims")
    assert [p.get("id") for p in select(parsed(answer), "#text > p")] == ["p1", "p3", "p4", "p5"]


def test_nothing_in_a_text_or_a_name_becomes_markup(analyst: Person) -> None:
    article = an_article(
        analyst,
        f"{EVIL} he said.",
        title=EVIL,
        publisher=factories.a_source(analyst.desk, name=EVIL + "p"),
    )
    incident = factories.an_incident(analyst.desk, title=EVIL)
    position = factories.a_position(factories.a_question(incident, text=EVIL), text=EVIL)
    named = {
        role: factories.a_source(analyst.desk, name=EVIL + role)
        for role in ("source", "via", "accused")
    }
    claim = factories.a_claim(article, EVIL, incident=incident, translation=EVIL, **named)
    other = factories.a_claim(article, "said", incident=incident, source=named["via"])
    factories.a_link(claim, Relation.CONTRADICTS, other)
    factories.a_filing(claim, position)
    factories.a_figure(claim, as_stated=EVIL, group_as_stated=EVIL, part=EVIL, subgroup=EVIL)
    for name, uid in [
        ("article", article.uid),
        ("claim-edit", claim.uid),
        ("link-new", claim.uid),
        ("claim-same", claim.uid),
        ("filing-new", claim.uid),
        ("link-edit", claim.links_from.get().uid),
        ("filing-edit", claim.filings.get().uid),
    ]:
        answer = get(analyst, name, uid)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode(), name
    page = shown(analyst, article)
    assert words(select(parsed(page), "#p1")[0]) == f"{EVIL} he said."
    assert EVIL in card(page, claim).get("aria-label")


def test_an_override_of_direction_ends_with_its_name(viewer: Person) -> None:
    """Each name is isolated: what follows is read in its own direction."""
    article = an_article(viewer)
    named = {
        role: factories.a_source(viewer.desk, name=OVERRIDE + role)
        for role in ("source", "via", "accused")
    }
    claim = factories.a_claim(article, DIED, **named)
    found = card(shown(viewer, article), claim)
    for name in (row.name for row in named.values()):
        (holder,) = found.xpath(f".//*[text()='{name}']")
        assert holder.tag == "bdi" or holder.get("dir") == "auto"


def test_languages_written_from_right_to_left(viewer: Person) -> None:
    for language, way in (("ar", "rtl"), ("fa-IR", "rtl"), ("en", "auto"), ("", "auto")):
        answer = shown(viewer, an_article(viewer, language=language))
        (text,) = select(parsed(answer), "#text")
        assert text.get("dir") == way


# -- cards -----------------------------------------------------------------------------------


def test_a_card_says_no_more_than_the_text(viewer: Person) -> None:
    wire = factories.a_source(viewer.desk, name="Wire")
    article = an_article(viewer, publisher=wire)
    direct = factories.a_claim(article, "two strikes hit", speech="direct")
    mixed = factories.a_claim(article, DIED, speech="mixed", polarity="denies")
    own = factories.a_claim(article, "it was said again", source=wire, kind="evaluative")
    wish = factories.a_claim(article, "The Valley", kind="demand", status="draft")
    page = shown(viewer, article)
    assert words(select(card(page, direct), "q")[0]) == "two strikes hit"
    assert not select(card(page, mixed), "q")
    assert "as reported by Wire" in words(card(page, mixed))
    assert "says it is not so" in words(card(page, mixed))
    assert "as reported by" not in words(card(page, own))
    assert "gives an opinion" in words(card(page, own))
    assert "demands" in words(card(page, wish))
    assert "draft" in words(card(page, wish))
    unknown = factories.a_claim(an_article(viewer), DIED)
    assert "by an unknown publisher" in words(card(shown(viewer, unknown.article), unknown))


def test_cards_stand_in_the_order_of_the_text(viewer: Person) -> None:
    article = an_article(viewer)
    late = factories.a_claim(article, "said again")
    split = factories.a_claim(article, "The Valley Command")
    factories.a_span(split, "Up to 65")
    middle = factories.a_claim(article, DIED)
    cards = select(parsed(shown(viewer, article)), "#cards > li")
    assert [c.get("data-claim") for c in cards] == [str(c.uid) for c in (split, middle, late)]
    assert "The Valley Command […] Up to 65" in words(cards[0])


def test_links_read_from_both_ends(viewer: Person) -> None:
    article = an_article(viewer)
    incident = factories.an_incident(viewer.desk)
    source = factories.a_source(viewer.desk)
    one = factories.a_claim(article, "two strikes", incident=incident, source=source)
    two = factories.a_claim(article, DIED, incident=incident, source=source)
    heard = {
        Relation.CORROBORATES: "agrees with",
        Relation.DENIES: "is rejected by",
        Relation.UNDERCUTS: "is called unreliable by",
        Relation.RESTATES: "is repeated by",
        Relation.SUPERSEDES: "is replaced by",
        Relation.RESPONDS_TO: "is answered by",
    }
    factories.a_link(one, Relation.CONTRADICTS, two, basis="number")
    for relation in heard:
        factories.a_link(one, relation, two)
    page = shown(viewer, article)
    for said in heard.values():
        assert f"{said} {source}" in words(card(page, two))
    assert f"contradicts {source} over number" in words(card(page, one))


def test_a_card_names_its_incident(viewer: Person) -> None:
    article = an_article(viewer)
    incident = factories.an_incident(viewer.desk, title='"Raid" & <b>')
    about = factories.a_claim(article, DIED, incident=incident)
    none = factories.a_claim(article, "two strikes")
    page = shown(viewer, article)
    (link,) = select(card(page, about), "a.about")
    assert (words(link), link.get("title")) == (incident.code, '"Raid" & <b>')
    assert link.get("href") == incident.get_absolute_url()
    assert not select(card(page, none), "a.about")
    assert "no incident" in words(card(page, none))


def test_a_repeat_with_other_numbers_shows_it(viewer: Person) -> None:
    around, upto = {"low": 50, "high": 50, "as_stated": "around 50"}, {"low": None, "high": 65}
    first, second = repeated(
        viewer, {"figures": [around]}, {"figures": [upto | {"as_stated": "up to 65"}]}
    )
    assert drift(viewer, second) == ["numbers differ from the first report: “around 50”"]
    assert drift(viewer, first) == []
    assert "same statement in 1 more article" in words(card(shown(viewer, first.article), first))


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ({}, {"figures": [{}]}, []),
        ({"figures": [{}]}, {}, []),
        (
            {"figures": [{"low": 50, "high": 50, "as_stated": "fifty"}]},
            {"figures": [{"low": 50, "high": 50, "as_stated": "50"}]},
            [],
        ),
        ({"figures": [{"measure": "injured"}]}, {"figures": [{"low": 3}]}, []),
        ({"figures": [{"part": "first strike", "low": 5}]}, {"figures": [{"low": 3}]}, []),
        (
            {"figures": [{"low": None, "as_stated": "many"}]},
            {"figures": [{"low": None, "as_stated": "some"}]},
            ["numbers differ from the first report: “many”"],
        ),
        (
            {"figures": [{"low": 0, "high": 0, "as_stated": ""}]},
            {"figures": [{"low": 3, "as_stated": ""}]},
            ["numbers differ from the first report: 0"],
        ),
        (
            {"claim": {"polarity": "denies"}},
            {},
            ["the first report says it is not so"],
        ),
        (
            {"claim": {"kind": "demand"}},
            {},
            ["the first report is of another kind: demand"],
        ),
        ({"claim": {"kind": "demand", "polarity": "denies"}}, {"claim": {"kind": "demand"}}, []),
    ],
    ids=str,
)
def test_drift_is_what_both_say_and_say_otherwise(
    viewer: Person, first: dict[str, Any], second: dict[str, Any], told: list[str]
) -> None:
    _, second_claim = repeated(viewer, first, second)
    assert drift(viewer, second_claim) == told


def test_a_page_of_eleven_cards_costs_as_many_queries_as_one(viewer: Person) -> None:
    def a_full_card(article: Article) -> None:
        incident = factories.an_incident(viewer.desk)
        side = factories.a_side(viewer.desk)
        source = factories.a_source(viewer.desk, side=side)
        claim = factories.a_claim(
            article,
            DIED,
            incident=incident,
            source=source,
            via=factories.a_source(viewer.desk),
            accused=factories.a_source(viewer.desk),
            said_from=dt.date(2016, 12, 8),
        )
        factories.a_span(claim, "said", SpanRole.CUE)
        factories.a_figure(claim)
        factories.a_filing(claim, factories.a_position(factories.a_question(incident)))
        first = factories.a_claim(an_article(viewer), DIED, incident=incident, source=source)
        factories.a_figure(first, low=3)
        factories.a_link(claim, Relation.RESTATES, first)
        other = factories.a_claim(article, "said", incident=incident)
        factories.a_link(other, Relation.CONTRADICTS, claim)
        state.refresh([incident.pk])

    article = an_article(viewer)
    a_full_card(article)
    shown(viewer, article)
    one = queries(lambda: shown(viewer, article))
    for _ in range(10):
        a_full_card(article)
    assert queries(lambda: shown(viewer, article)) == one


# -- who sees what ---------------------------------------------------------------------------


def test_a_viewer_reads_and_is_offered_nothing(viewer: Person, analyst: Person) -> None:
    article = an_article(viewer)
    claim = factories.a_claim(article, DIED)
    page = parsed(shown(viewer, article))
    forms = [form.get("id") or form.get("role") for form in select(page, "main form")]
    assert forms == []
    assert not select(page, ".actions")
    assert select(page, "main")[0].get("data-new-claim-url") is None
    assert select(parsed(shown(analyst, article)), f"#claim-{claim.uid} .actions")
    assert post(viewer, "article-read", article.uid, {"number": "1"}).status_code == 403


# -- paragraphs read -------------------------------------------------------------------------


def read(article: Article) -> list[int]:
    return list(article.revisions.get().paragraphs_read.values_list("number", flat=True))


def test_paragraphs_are_marked_as_read_and_back(analyst: Person) -> None:
    article = an_article(analyst)
    answer = post(analyst, "article-read", article.uid, {"number": ["1", "3"]}, htmx=True)
    assert events(answer) == {"announce": "Paragraph 1, 3: read."}
    assert swapped(answer) == {"p1", "p3", "progress"}
    assert "2 of 4 paragraphs read" in words(parsed(answer))
    assert sorted(read(article)) == [1, 3]
    (line,) = select(parsed(answer), "#p1")
    assert line.get("class") == "read"
    again = post(analyst, "article-read", article.uid, {"number": "1"}, htmx=True)
    assert again.status_code == 200
    answer = post(analyst, "article-read", article.uid, {"number": "1", "unread": "1"})
    assert answer.headers["Location"] == article.get_absolute_url()
    assert read(article) == [3]
    assert "Paragraph 1: not read." in shown(analyst, article).content.decode()


def test_marking_as_read_is_undone(analyst: Person) -> None:
    article = an_article(analyst)
    post(analyst, "article-read", article.uid, {"number": "1"})
    analyst.client.post(f"/w/{analyst.desk.slug}/undo/")
    assert read(article) == []


def test_a_paragraph_with_a_claim_counts_as_read(viewer: Person) -> None:
    article = an_article(viewer)
    factories.a_claim(article, DIED)
    assert "1 claim, 1 of 4 paragraphs read" in words(parsed(shown(viewer, article)))


def test_what_counts_as_read_shows_a_tick_and_why(analyst: Person) -> None:
    article = an_article(analyst)
    factories.a_claim(article, DIED)
    # Who says it is no claim by itself.
    quoting = factories.a_claim(article, "two strikes")
    factories.a_span(quoting, "المسعفون", SpanRole.SOURCE)
    post(analyst, "article-read", article.uid, {"number": ["1", "5"]})

    def ticks(answer: Any) -> dict[str, str]:
        found = select(parsed(answer), "#text > p > .tick")
        return {tick.getparent().get("id"): tick.get("title") for tick in found}

    assert ticks(shown(analyst, article)) == {"p1": "read", "p3": "read: has claims", "p5": "read"}
    unread = {"number": ["1", "3", "5"], "unread": "1"}
    answer = post(analyst, "article-read", article.uid, unread, htmx=True)
    assert events(answer) == {
        "announce": "Paragraph 1, 3: read: has claims. Paragraph 5: not read."
    }
    assert ticks(shown(analyst, article)) == {"p1": "read: has claims", "p3": "read: has claims"}


@pytest.mark.parametrize("number", ["2", "0", "99", "x", "-1", "9" * 5000, "", "²"])
@pytest.mark.parametrize("htmx", [True, False])
def test_a_paragraph_that_is_not_there_is_told(analyst: Person, number: str, htmx: bool) -> None:
    """The second line is blank."""
    article = an_article(analyst)
    sent = {"number": ["1", number]}
    answer = post(analyst, "article-read", article.uid, sent, htmx=htmx)
    assert answer.status_code == (409 if htmx else 302)
    if htmx:
        assert events(answer)["toast"]["level"] == "error"
    assert read(article) == []
    assert not Change.objects.exists()


def test_no_paragraph_at_all_is_told(analyst: Person) -> None:
    assert post(analyst, "article-read", an_article(analyst).uid, htmx=True).status_code == 409


def test_incidents_stand_above_the_text(viewer: Person) -> None:
    article = an_article(viewer)
    incident = factories.an_incident(viewer.desk, title="The raid")
    for quote in (DIED, "said"):
        factories.a_claim(article, quote, incident=incident)
    (line,) = select(parsed(shown(viewer, article)), "#progress")
    assert words(line).count("The raid") == 1
    assert Source.objects.count() == 2


def test_the_page_says_where_its_text_comes_from(analyst: Person) -> None:
    article = factories.an_article(analyst.desk, TEXT)
    revision = article.revisions.get()
    page = shown(analyst, article).content.decode()
    for told in ("the file <bdi>article.txt", str(revision.captured_by), revision.sha256):
        assert told in page
    assert "the file itself did not come along" in page
    article.revisions.update(original_name="pasted.txt")
    Credit.objects.create(
        workspace=analyst.desk,
        noun="revision",
        object_id=revision.pk,
        field="captured_by",
        name="Lina, of another desk",
        stand_in=revision.captured_by,
    )
    page = shown(analyst, article).content.decode()
    assert "text that was pasted" in page
    assert "by <bdi>Lina, of another desk</bdi>, as the file says" in page
