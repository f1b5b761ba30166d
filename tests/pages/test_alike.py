"""Likely incidents, and sources, incidents and articles that may be one: shown with the reason."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import claim as claims
from claims.actions import identity, purge, search
from claims.actions import incident as incidents
from claims.actions.spans import SpanInput
from claims.models import Article, Claim, Dismissal, Incident, Source, TextPrint
from claims.models.alike import articles_alike, incidents_alike, sources_alike
from claims.models.near import claims_near
from claims.records import SpanRole
from tests import factories
from tests.pages.annotating import again, fields, get, post, span
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words
from tests.pages.proposing import a_toll, number, panel, press, proposed

SEVENTH = dt.datetime(2016, 12, 7, 9, tzinfo=dt.UTC)
STORY = " ".join(f"word{n} of the story that was told on day {n % 7}" for n in range(60))


def names(found: Any) -> list[str]:
    return [str(one.row) for one in found]


def page(person: Person, row: Any) -> Any:
    return parsed(person.client.get(row.get_absolute_url()))


@pytest.fixture
def command(analyst: Person) -> Source:
    source = factories.a_source(analyst.desk, name="Joint Operations Command")
    for name in ("JOC", "Joint Operation Command", "Ministry of Health"):
        factories.a_source(analyst.desk, name=name)
    search.rebuild()
    return source


def test_sources_of_which_a_name_may_be_the_others(command: Source) -> None:
    found = sources_alike(command)
    assert names(found) == ["JOC", "Joint Operation Command"]
    assert found[0].why == "“JOC” are the initials of “Joint Operations Command”"
    assert names(sources_alike(Source.objects.get(name="JOC")))[0] == str(command)
    alias = factories.a_source(command.workspace, name="Amaq")
    alias.aliases.create(workspace=command.workspace, name="Ministry for Health")
    assert names(sources_alike(alias)) == ["Ministry of Health"]


@pytest.mark.one_database
def test_the_page_of_a_source_shows_them_and_leads_to_the_merge(
    analyst: Person, reviewer: Person, command: Source
) -> None:
    shown = page(reviewer, command)
    assert "May be the same source" in words(shown)
    link = select(shown, "#alike .actions a")[0].get("href")
    assert "Goes into it" in reviewer.client.get(link).content.decode()
    assert select(page(analyst, command), "#alike .actions a") == []  # reviewers merge
    press(analyst, page(analyst, command), "Two sources")
    assert names(sources_alike(command)) == ["Joint Operation Command"]
    assert Dismissal.objects.get().noun == "source"


@pytest.mark.one_database
def test_a_protected_source_is_proposed_for_no_other(owner: Person, command: Source) -> None:
    other = Source.objects.get(name="JOC")
    identity.protect(owner.actor, other, other.version, "S1", "They are at risk.")
    assert names(sources_alike(command)) == ["Joint Operation Command"]
    assert sources_alike(Source.objects.get(pk=other.pk)) == []


def raid(person: Person, **over: Any) -> Incident:
    made = {"title": "Strikes on Darun", "place": "Darun", "occurred_from": SEVENTH}
    return factories.an_incident(person.desk, **made | over)


def test_incidents_of_one_place_and_day(analyst: Person, reviewer: Person) -> None:
    one, other = raid(analyst), raid(analyst, title="Raid on Darun")
    raid(analyst, parent=one)
    raid(analyst, place="Mosul")
    raid(analyst, occurred_from=SEVENTH + dt.timedelta(9))
    assert names(incidents_alike(one)) == [str(other)]
    shown = page(reviewer, one)
    assert "the same place (Darun); the same day" in words(shown)
    assert len(select(shown, "#alike .actions a")) == 1
    press(analyst, page(analyst, one), "Two incidents")
    assert incidents_alike(one) == []
    part = raid(analyst, parent=other)
    assert str(other) not in names(incidents_alike(part))
    assert incidents_alike(raid(analyst, occurred_from=None)) == []


def an_article(person: Person, text: str, **over: Any) -> Article:
    article = factories.an_article(person.desk, text, **over)
    search.rebuild()
    return article


def test_one_story_on_several_sites(analyst: Person) -> None:
    first = an_article(analyst, STORY, published_on=dt.date(2016, 12, 7), title="First")
    copied = f"From our agency. {STORY} Follow us."
    late = an_article(analyst, copied, published_on=dt.date(2016, 12, 9), title="Late")
    own = an_article(analyst, f"{STORY} The end.", title="Own")
    an_article(analyst, "Something else was told here, at some length, by another.")
    an_article(analyst, "Short.")
    assert names(articles_alike(own)) == ["First", "Late"]
    shown = words(page(analyst, own))
    assert "Carries the same story" in shown
    assert "100% of the shorter text stands in the other" in shown
    Article.objects.filter(pk=own.pk).update(republishes=first)
    own.refresh_from_db()
    assert names(articles_alike(own)) == ["Late"]
    press(analyst, page(analyst, late), "Two stories")
    assert names(articles_alike(late)) == ["Own"]


@pytest.mark.one_database
def test_prints_go_with_what_they_are_of(analyst: Person, owner: Person) -> None:
    article = an_article(analyst, STORY)
    assert TextPrint.objects.filter(article=article).count() == 8
    search.rebuild()
    assert TextPrint.objects.filter(article=article).count() == 8
    analyst.client.post(
        reverse("article-delete", args=[analyst.desk.slug, article.uid]),
        {"version": article.version},
    )
    assert not TextPrint.objects.exists()
    other = an_article(analyst, STORY)
    purge.purge(owner.actor, other, other.version, "It names somebody.")
    assert not TextPrint.objects.exists()


TEXT = "The army bombed Darun, residents said.\nIt rained in the north."


@pytest.mark.one_database
def test_the_likely_incidents_are_offered_first_and_taken(analyst: Person) -> None:
    near = raid(analyst)
    for n in range(10):
        factories.an_incident(analyst.desk, title=f"Flood {n}")
    article = factories.an_article(
        analyst.desk, TEXT, title="Darun bombed", published_on=dt.date(2016, 12, 8)
    )
    picked = analyst.client.get(
        reverse("incident-pick", args=[analyst.desk.slug]), {"q": "", "article": str(article.uid)}
    )
    assert words(select(parsed(picked), "li")[0]).startswith(near.title)
    start = TEXT.index("bombed")
    form = get(analyst, "claim-new", article.uid, start=start, end=start + 12)
    (radio,) = select(parsed(form), "[name=incident_likely]")
    assert radio.get("value") == str(near.uid)
    assert "it names Darun" in words(parsed(form))
    sent = again(form) | {"source_name": "residents", "unnamed": "on"}
    post(analyst, "claim-new", article.uid, sent | {"incident_likely": str(near.uid)})
    claim = Claim.objects.get()
    assert claim.incident == near
    # The next claim carries it over, so that nothing is offered.
    form = get(analyst, "claim-new", article.uid, start=start, end=start + 12)
    assert select(parsed(form), "[name=incident_likely]") == []


@pytest.mark.one_database
def test_a_refused_form_keeps_the_likely_incident_and_a_name_counts_for_more(
    analyst: Person,
) -> None:
    near, other = raid(analyst), factories.an_incident(analyst.desk)
    article = factories.an_article(analyst.desk, TEXT)
    likely = {"incident_likely": str(near.uid)}
    answer = post(analyst, "claim-new", article.uid, fields("", **likely))
    assert answer.status_code == 422
    assert again(answer)["incident_likely"] == str(near.uid)
    words_of = span(article, "bombed Darun")
    post(
        analyst,
        "claim-new",
        article.uid,
        fields(words_of, incident_name=str(other), **likely),
    )
    assert Claim.objects.get().incident == other


@pytest.mark.one_database
def test_an_article_without_an_incident_says_what_it_is_likely_about(
    analyst: Person, viewer: Person
) -> None:
    near = raid(analyst)
    article = factories.an_article(
        analyst.desk, TEXT, title="Darun bombed", published_on=dt.date(2016, 12, 8)
    )
    (section,) = select(page(analyst, article), "#likely")
    assert near.title in words(section)
    new = select(section, "p a")[0].get("href")
    assert 'value="Darun bombed"' in analyst.client.get(new).content.decode()
    assert select(page(viewer, article), "#likely") == []
    factories.a_claim(article, "bombed Darun", incident=near)
    assert select(page(analyst, article), "#likely") == []
    factories.a_claim(article, "It rained")
    (section,) = select(page(analyst, article), "#likely")
    assert near.title in words(section)
    assert section.get("open") is None


@pytest.mark.one_database
def test_more_than_three_likely_incidents_are_folded(analyst: Person) -> None:
    for n in range(5):
        raid(analyst, title=f"Raid {n} on Darun")
    article = factories.an_article(
        analyst.desk, TEXT, title="Darun bombed", published_on=dt.date(2016, 12, 8)
    )
    (section,) = select(page(analyst, article), "#likely")
    assert words(select(section, "summary")[1]) == "2 more"
    assert section.get("open") is not None
    assert len(select(section, "details li")) == 2
    assert len(select(section, "li")) == 5


@pytest.mark.one_database
def test_the_form_of_a_claim_about_none_offers_the_likely_incidents(analyst: Person) -> None:
    near = raid(analyst)
    article = factories.an_article(analyst.desk, TEXT, published_on=dt.date(2016, 12, 8))
    claim = factories.a_claim(article, "bombed Darun")
    suggestion = factories.a_suggestion(article, "The army")
    for name, uid in (("claim-edit", claim.uid), ("suggestion-edit", suggestion.uid)):
        (radio,) = select(parsed(get(analyst, name, uid)), "[name=incident_likely]")
        assert radio.get("value") == str(near.uid)
    sent = again(get(analyst, "claim-edit", claim.uid)) | {"incident_likely": str(near.uid)}
    post(analyst, "claim-edit", claim.uid, sent)
    assert Claim.objects.get().incident == near
    assert select(parsed(get(analyst, "claim-edit", claim.uid)), "[name=incident_likely]") == []


def test_what_is_found_by_words_needs_no_date(analyst: Person) -> None:
    source = factories.a_source(analyst.desk)
    made = incidents.create(analyst.actor, {"title": "Siege of Haditha barracks"})
    article = factories.an_article(analyst.desk, "The Haditha barracks were besieged.")
    claim = claims.create(
        analyst.actor, article, {"source": source}, [SpanInput(SpanRole.CONTENT, 0, 20)]
    )
    form = get(analyst, "claim-new", article.uid, start=0, end=20)
    assert str(made) in words(parsed(form))
    assert claim.incident is None


@pytest.mark.one_database
def test_more_incidents_cost_no_more_queries(analyst: Person) -> None:
    one = raid(analyst)
    article = factories.an_article(analyst.desk, TEXT, published_on=dt.date(2016, 12, 8))
    page(analyst, article)

    def asked() -> list[int]:
        counts = []
        for row in (one, article):
            with CaptureQueriesContext(connection) as seen:
                page(analyst, row)
            counts.append(len(seen))
        return counts

    raid(analyst, title="Another raid on Darun")
    few = asked()
    for n in range(10):
        raid(analyst, title=f"Raid {n} on Darun")
    assert asked() == few


def test_a_claim_without_an_incident_is_proposed_those_of_a_likely_one(
    analyst: Person,
) -> None:
    toll = a_toll(analyst)
    text = "At Darun the strike killed 70, residents said."
    alone = factories.a_claim(
        factories.an_article(analyst.desk, text, title="The strike at Darun"),
        "the strike killed 70",
    )
    number(alone, 70)
    search.rebuild()
    found = proposed(panel(analyst, alone))
    assert "70 killed against" in found[0]
    assert str(toll.incident) in found[0]
    # And the other way round: it can take the incident of the claim in hand.
    about_none = claims_near(toll.few, "the strike killed 25")
    assert alone.pk in about_none
