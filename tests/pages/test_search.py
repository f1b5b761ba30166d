"""Search: by words and facets, marked where it was found, kept by whoever wants it again."""

from __future__ import annotations

import datetime as dt
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import search
from claims.models import Article, Change, Incident, SavedSearch, SearchDocument
from claims.models import matching as index
from claims.records import SpanRole, Speech
from tests import factories
from tests.pages.conftest import Person, World
from tests.pages.markup import parsed, select, words


def at(person: Person, name: str = "search", *args: object) -> str:
    return reverse(name, args=[person.desk.slug, *args])


def ask(person: Person, q: str = "", **facets: object) -> Any:
    """The answer of the page, with everything indexed as it now stands."""
    search.rebuild()
    asked: dict[str, Any] = {"q": q, **facets}
    return person.client.get(at(person), asked)


def found(answer: Any) -> list[str]:
    return [words(hit) for hit in select(parsed(answer), "ol.hits > li")]


def links(answer: Any) -> list[str]:
    """Where the results lead."""
    return [select(hit, "a[href]")[0].get("href") for hit in select(parsed(answer), "ol.hits > li")]


def facet(answer: Any, label: str) -> dict[str, int]:
    facets = {one.label: one for one in answer.context["facets"]}
    return {value.label: value.number for value in facets[label].values} if label in facets else {}


def test_an_empty_search_says_what_can_be_found(viewer: Person) -> None:
    answer = ask(viewer)
    assert "Every word counts" in answer.content.decode()
    assert "There is no word in" not in answer.content.decode()
    assert "There is no word in “…!”" in words(parsed(ask(viewer, " …! ")))


def test_nothing_found_says_so_and_how_to_find_more(viewer: Person, world: World) -> None:
    answer = ask(viewer, "nowhere")
    assert found(answer) == []
    assert "0 found: what holds a word that begins with “nowhere”." in words(parsed(answer))
    assert "Look for it in all of the desk" not in answer.content.decode()
    narrowed = ask(viewer, "nowhere", noun="claim")
    assert "Look for it in all of the desk" in narrowed.content.decode()


def test_a_claim_is_found_and_leads_to_its_place(viewer: Person, world: World) -> None:
    answer = ask(viewer, '"a strike" market', noun="claim")
    assert len(found(answer)) == 2
    assert f"{world.article.get_absolute_url()}#claim-{world.claim.uid}" in links(answer)
    marks = [words(mark) for mark in select(parsed(answer), "ol.hits mark")]
    assert marks == ["A strike", "market"] * 2
    told = "what holds “a strike” as a phrase and a word that begins with “market”."
    assert told in words(parsed(answer))


def test_words_that_are_no_quote_say_what_they_are(viewer: Person, world: World) -> None:
    claim = factories.a_claim(
        world.article,
        source=factories.a_source(viewer.desk, name="A medic"),
        paraphrase="Zebras crossed",
        translation="Des zèbres",
        note="Zebras again",
        speech=Speech.DIRECT.value,
    )
    factories.a_span(claim, "officials", SpanRole.SOURCE)
    told = [words(one) for one in select(parsed(ask(viewer, "zeb")), "ol.hits p.told")]
    assert told == ["Paraphrase: Zebras crossed", "Translation: Des zèbres", "Note: Zebras again"]
    (quote,) = select(parsed(ask(viewer, "zebras")), "ol.hits q")
    assert words(quote) == "A strike hit the market, officials said."
    assert "Who: officials" in words(
        select(parsed(ask(viewer, "officials", source=claim.source.uid)), "ol.hits > li")[0]
    )


def test_an_article_leads_to_the_paragraph(viewer: Person, world: World) -> None:
    answer = ask(viewer, "medic dozens ", noun="article")
    assert links(answer) == [f"{world.article.get_absolute_url()}#p3"]
    assert "Dozens were killed, a medic told us." in found(answer)[0]
    assert "¶3" in found(answer)[0]
    assert links(ask(viewer, world.article.title)) == [world.article.get_absolute_url()]


def test_sources_and_incidents(viewer: Person) -> None:
    side = factories.a_side(viewer.desk, name="Government")
    ministry = factories.a_source(viewer.desk, name="Ministry of Defence", side=side, note="Old")
    ministry.aliases.create(workspace=viewer.desk, name="MoD")
    article = factories.an_article(viewer.desk, title="A report")
    factories.a_source(viewer.desk, name="a mod fan", article=article, affiliation=ministry)
    incident = factories.an_incident(
        viewer.desk,
        title="Raid",
        place="Modena",
        occurred_from=dt.datetime(2016, 12, 7, tzinfo=dt.UTC),
    )
    answer = ask(viewer, "mod")
    assert set(links(answer)) == {
        reverse("source", args=[viewer.desk.slug, ministry.uid]),
        reverse("source", args=[viewer.desk.slug, article.unnamed_sources.get().uid]),
        reverse("incident", args=[viewer.desk.slug, incident.uid]),
    }
    text = " ".join(found(answer))
    assert "Also called: MoD" in text
    assert "unnamed, in A report" in text
    assert "Place: Modena" in text
    assert "7 December 2016" in text


def test_text_is_escaped_before_it_is_marked(viewer: Person) -> None:
    text = "<script>alert(1)</script> & <mark>dozens</mark>"
    article = factories.an_article(viewer.desk, text, title="<b>dozens</b>")
    factories.a_claim(article, paraphrase="<i>dozens</i>")
    page = ask(viewer, "dozens <script>").content.decode()
    assert "<script>alert" not in page
    assert "&lt;<mark>script</mark>&gt;" in page
    assert "&lt;mark&gt;<mark>dozens</mark>&lt;/mark&gt;" in page
    assert "<i>" not in page


def test_facets_count_and_narrow(viewer: Person, world: World) -> None:
    answer = ask(viewer, "strike")
    assert facet(answer, "What") == {"Claims": 2, "Articles": 1, "Incidents": 1}
    assert facet(answer, "Side") == {world.side.name: 1}
    assert facet(answer, "Source") == {
        world.source.name: 1,
        world.other_claim.source.name: 1,
    }
    assert facet(answer, "Incident") == {str(world.incident): 3}
    assert facet(answer, "Annotated by") == {"former": 2}
    assert facet(answer, "Kind of claim") == {"Factual claim": 2}
    for name, label, count in (
        ("side", "Side", 1),
        ("source", "Source", 1),
        ("incident", "Incident", 3),
        ("annotator", "Annotated by", 2),
        ("noun", "What", 2),
        ("kind", "Kind of claim", 2),
    ):
        values = {one.label: one.values for one in answer.context["facets"]}[label]
        narrowed = viewer.client.get(at(viewer) + values[0].address)
        assert len(found(narrowed)) == count, name
        chosen = {one.label: one.values for one in narrowed.context["facets"]}[label][0]
        assert chosen.chosen
        # Once more takes it out.
        assert name not in chosen.address
        assert len(found(viewer.client.get(at(viewer) + chosen.address))) == 4


def test_facets_alone_find_what_is_filed_under_them(viewer: Person, world: World) -> None:
    answer = ask(viewer, side=world.side.uid)
    assert len(found(answer)) == 2
    assert "2 found." in words(parsed(answer))


def test_more_sources_than_are_shown_are_counted(viewer: Person, world: World) -> None:
    for _ in range(9):
        factories.a_claim(world.article)
    facets = {one.label: one for one in ask(viewer, "strike", noun="claim").context["facets"]}
    assert len(facets["Source"].values) == 8
    assert facets["Source"].more == 3


def test_days(viewer: Person, world: World) -> None:
    Article.objects.update(published_on=dt.date(2016, 12, 8))
    assert len(found(ask(viewer, "strike", since="2016-12-08", until="2016-12-08"))) == 1
    assert found(ask(viewer, "strike", since="2016-12-09")) == []
    answer = ask(viewer, "strike", since="2016-12-09", until="2016-12-08")
    assert "The last day can&#x27;t be before the first." in answer.content.decode()
    assert "yesterday" in ask(viewer, "strike", since="yesterday").content.decode()


@pytest.mark.parametrize("name", ["source", "side", "incident", "annotator", "noun", "state"])
def test_a_facet_that_is_not_there(name: str, viewer: Person, world: World) -> None:
    answer = ask(viewer, "strike", **{name: "nobody"})
    assert answer.status_code == 200
    assert found(answer) == []
    assert select(parsed(answer), "form.searching ul.errorlist")


def test_what_cannot_be_typed(viewer: Person, world: World) -> None:
    assert ask(viewer, "a\0b").status_code == 200
    assert ask(viewer, "x" * 301).status_code == 200


def test_another_desk_is_not_searched(outsider: Person, world: World) -> None:
    search.rebuild()
    answer = outsider.client.get(reverse("search", args=["elsewhere"]), {"q": "strike"})
    assert found(answer) == []
    answer = outsider.client.get(
        reverse("search", args=["elsewhere"]), {"q": "strike", "side": str(world.side.uid)}
    )
    assert answer.context["form"].errors


def test_pages_go_on_to_the_last_one(viewer: Person) -> None:
    for number in range(45):
        factories.an_incident(viewer.desk, title=f"Strike {number}")
    seen: list[str] = []
    answer = ask(viewer, "strike ")
    while True:
        seen += links(answer)
        more = select(parsed(answer), "nav.pager a[rel=next]")
        if not more:
            break
        answer = viewer.client.get(at(viewer) + more[0].get("href"))
    assert len(seen) == len(set(seen)) == 45
    for token in ("x", "r:1", "r:one:2", "o:-1", "o:9999999999999999999", "o:x", "a:b:c"):
        assert viewer.client.get(at(viewer), {"q": "strike", "after": token}).status_code == 400


def test_beyond_what_is_ranked_the_older_follow(viewer: Person) -> None:
    for number in range(45):
        factories.an_incident(viewer.desk, title=f"Strike {number}")
    search.rebuild()
    with patch.object(index, "LIMIT", 30):
        seen: list[str] = []
        address = "?q=strike"
        while address:
            answer = viewer.client.get(at(viewer) + address)
            assert "The newest" in words(parsed(answer))
            seen += links(answer)
            more = select(parsed(answer), "nav.pager a[rel=next]")
            address = more[0].get("href") if more else ""
    assert len(seen) == len(set(seen)) == 45
    newest = SearchDocument.objects.order_by("-id").values_list("object_id", flat=True)
    uids = dict(Incident.objects.values_list("id", "uid"))
    older = [reverse("incident", args=[viewer.desk.slug, uids[pk]]) for pk in newest[30:]]
    assert seen[30:] == older


def test_one_result_costs_as_many_queries_as_eleven(viewer: Person, world: World) -> None:
    def queries() -> int:
        search.rebuild()
        with CaptureQueriesContext(connection) as seen:
            viewer.client.get(at(viewer), {"q": "stri"})
        return len(seen)

    side = factories.a_side(viewer.desk)
    factories.a_source(viewer.desk, name="Striker", side=side)
    one = queries()
    for number in range(4):
        article = factories.an_article(viewer.desk, title=f"Strike {number}")
        incident = factories.an_incident(viewer.desk)
        source = factories.a_source(viewer.desk, name=f"Strike {number}", side=side)
        factories.a_claim(article, incident=incident, source=source)
    assert queries() == one


def test_the_bar_of_every_page_has_a_field(viewer: Person, world: World) -> None:
    page = parsed(viewer.client.get(reverse("incidents", args=[viewer.desk.slug])))
    (form,) = select(page, "header.bar form[role=search]")
    assert form.get("action") == at(viewer)
    assert select(form, "input#search[name=q]")
    assert len(select(parsed(ask(viewer)), "#search")) == 1


# -- kept searches ---------------------------------------------------------------------------------


def keep(person: Person, name: str, query: str) -> Any:
    return person.client.post(
        at(person, "search-keep"), {"name": name, "query": query}, follow=True
    )


def test_a_search_is_kept_opened_and_dropped(viewer: Person, world: World) -> None:
    asked = select(
        parsed(ask(viewer, "Strike", noun="claim", until="")), "form.keep input[name=query]"
    )
    answer = keep(viewer, "Claims of strikes", asked[0].get("value"))
    assert len(found(answer)) == 2
    assert "Kept as “Claims of strikes”." in words(parsed(answer))
    (kept,) = select(parsed(ask(viewer)), "ul.kept-searches li")
    assert words(select(kept, "a")[0]) == "Claims of strikes"
    assert select(kept, "a")[0].get("href") == f"{at(viewer)}?q=Strike&noun=claim"
    answer = viewer.client.post(select(kept, "form")[0].get("action"), follow=True)
    assert not SavedSearch.objects.filter(user=viewer.user).exists()
    # What it found stands there still, to be kept again.
    assert len(found(answer)) == 2
    assert not Change.objects.filter(user=viewer.user).exists()


def test_the_same_name_is_the_same_search(viewer: Person) -> None:
    keep(viewer, "Mine", "q=one")
    keep(viewer, "Mine", "q=two&after=o:3&side=")
    assert SavedSearch.objects.get().query == "q=two"


def test_a_search_without_a_name_is_not_kept(viewer: Person) -> None:
    assert "Not kept" in words(parsed(keep(viewer, " ", "q=one")))
    assert not SavedSearch.objects.exists()


def test_nobody_sees_or_drops_the_searches_of_others(
    viewer: Person, analyst: Person, outsider: Person
) -> None:
    keep(viewer, "Private", "q=one")
    saved = SavedSearch.objects.get()
    assert "Private" not in ask(analyst).content.decode()
    for person in (analyst, outsider):
        where = at(viewer, "search-drop", saved.uid)
        assert person.client.post(where).status_code == 404
    assert SavedSearch.objects.exists()
