"""What a machine proposes on the annotate page, what people make of it, and how that is told."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions import suggesting
from claims.models import Article, BlindReading, Change, Claim, Suggestion, ToRead, Training
from claims.suggester.shapes import Attribution
from claims.views.likely import likeliest
from tests import factories
from tests.pages.annotating import an_article, at, events, fields, get, post, span
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words

pytestmark = pytest.mark.one_database

TEXT = "The army said the bridge was hit.\nOfficials said dozens died.\nA medic denied it."
BRIDGE, DOZENS = "the bridge was hit", "dozens died"


@pytest.fixture
def article(analyst: Person) -> Article:
    return an_article(analyst, TEXT, language="en")


def propose(article: Article, **scores: float) -> list[Suggestion]:
    """The bridge, said by the army, and the dozens, by officials."""
    return [
        factories.a_suggestion(
            article, BRIDGE, source_name="The army", unnamed=False, score=scores.get("bridge", 0.93)
        ),
        factories.a_suggestion(
            article, DOZENS, source_name="Officials", score=scores.get("dozens", 0.75)
        ),
    ]


def page(person: Person, article: Article, **query: Any) -> Any:
    return parsed(get(person, "article", article.uid, **query))


def cards(person: Person, article: Article) -> list[str]:
    found = select(page(person, article), "#cards > .card")
    return [one.get("class").split()[1] for one in found]


def test_it_is_hatched_in_the_text_and_a_card_in_its_order(
    analyst: Person, article: Article
) -> None:
    bridge, dozens = propose(article)
    factories.a_claim(article, "denied it", annotator=analyst.user)
    tree = page(analyst, article)
    marked = [(words(one), one.get("data-claims")) for one in select(tree, "mark.suggested")]
    assert marked == [(BRIDGE, str(bridge.uid)), (DOZENS, str(dozens.uid))]
    first, second, claim = select(tree, "#cards > .card")
    assert first.get("id") == f"claim-{bridge.uid}"
    assert "suggestion" not in claim.get("class")
    assert "The army says it is so suggested, very likely, 93 %" in words(first)
    assert "by rules: “said” after “officials”" in words(first)
    assert "likely, 75 %" in words(second)
    assert words(select(tree, "#least")[0]) == (
        "1 suggestion, 90 % sure or more2 suggestions, 70 % sure or more"
    )
    assert "1 claim, 2 suggestions left" in words(select(tree, "#progress")[0])
    assert not select(tree, "#p1.read")
    offered = {key.get("data-key-for") for key in select(tree, "footer.keys kbd")}
    assert {"edit", "accept", "accept_all", "dismiss", "redo"} <= offered


def test_accepting_makes_a_claim_and_leads_on_to_the_next(
    analyst: Person, article: Article
) -> None:
    bridge, dozens = propose(article)
    response = post(analyst, "suggestion-accept", bridge.uid, htmx=True)
    claim = Claim.objects.get()
    assert (claim.origin, claim.quotes(), claim.source.name) == ("suggestion", [BRIDGE], "The army")
    told = events(response)
    assert told["focusClaim"] == str(dozens.uid)
    assert told["cardsGone"] == [str(bridge.uid)]
    said = "Accepted: The army. New source: “The army”."
    assert told["toast"] == {"text": said, "level": "success", "undo": True}
    html = response.content.decode()
    assert f'id="claim-{claim.uid}"' in html
    assert "1 suggestion left" in html
    assert cards(analyst, article)[1] == "suggestion"


def test_without_scripts_it_leads_back_to_the_article(analyst: Person, article: Article) -> None:
    bridge, dozens = propose(article)
    response = post(analyst, "suggestion-accept", bridge.uid)
    assert response.headers["Location"] == f"{article.get_absolute_url()}#claim-{dozens.uid}"
    response = post(analyst, "suggestion-dismiss", dozens.uid)
    assert response.headers["Location"] == f"{article.get_absolute_url()}#cards"
    assert Claim.objects.count() == 1


def test_a_new_source_is_told_to_be_on_no_side_with_the_way_to_one(
    analyst: Person, article: Article
) -> None:
    side = factories.a_side(analyst.desk)
    bridge, dozens = propose(article)
    toast = events(post(analyst, "suggestion-accept", bridge.uid, htmx=True))["toast"]
    assert "New source: “The army”, on no side yet." in toast["text"]
    (way,) = toast["ways"]
    assert way["text"] == "Put it on a side"
    opened = analyst.client.get(way["href"])
    (begin,) = select(parsed(opened), "main [autofocus]")
    assert begin.get("name") == "side"
    (form,) = select(parsed(opened), "form[data-guard]")
    sent = {name: value or "" for name, value in form.fields.items()} | {"side": str(side.uid)}
    saved = analyst.client.post(way["href"], sent)
    assert saved.headers["Location"] == f"{article.get_absolute_url()}#claim-{dozens.uid}"
    assert Claim.objects.get().source.side == side


def test_several_new_sources_are_told_each_with_its_way(analyst: Person, article: Article) -> None:
    factories.a_side(analyst.desk)
    propose(article)
    for name in ("A", "B", "C"):
        factories.a_suggestion(article, BRIDGE, source_name=name, score=0.99)
    page = analyst.client.post(
        at(analyst, "article-suggestions-accept", article.uid), {"least": "50"}, follow=True
    )
    (message,) = select(parsed(page), ".message")
    assert "and 2 more, on no side yet." in words(message)
    assert len(select(message, "a")) == 3


def test_no_incident_sticks_to_what_fits_another(analyst: Person, article: Article) -> None:
    flood = factories.an_incident(analyst.desk, title="Flood", place="Basra")
    factories.an_incident(analyst.desk, title="Dozens died", occurred_from=factories.NOON)
    Article.objects.update(published_on=factories.NOON.date())
    sent = fields(span(article, "denied it"), incident=str(flood.uid), incident_name=str(flood))
    assert post(analyst, "claim-new", article.uid, sent).status_code == 302
    Claim.objects.update(incident=None)
    _, dozens = propose(article)
    response = post(analyst, "suggestion-accept", dozens.uid, htmx=True)
    assert Claim.objects.latest("id").incident is None
    assert "About no incident: the words may fit another" in events(response)["toast"]["text"]


def test_the_incident_sticks_to_what_is_accepted(analyst: Person, article: Article) -> None:
    incident = factories.an_incident(analyst.desk)
    sent = fields(span(article, "denied it"), incident=str(incident.uid))
    sent["incident_name"] = str(incident)
    assert post(analyst, "claim-new", article.uid, sent).status_code == 302
    Claim.objects.update(said_from=factories.NOON.date())
    said_by = Claim.objects.get().source
    denied = factories.a_suggestion(article, DOZENS, source_ids=[str(said_by.uid)])
    response = post(analyst, "suggestion-accept", denied.uid, htmx=True)
    claim = Claim.objects.latest("id")
    assert (claim.incident, claim.said_from) == (incident, factories.NOON.date())
    # What no words of it say is told.
    assert events(response)["toast"]["text"] == (
        f"Accepted: {said_by}. About {incident.code}, as the claim before. "
        "Said on 8 December 2016, as that source’s claim before."
    )
    assert get(analyst, "incident-as-of", incident.uid).status_code == 200


def test_dismissing_takes_card_and_mark_away(analyst: Person, article: Article) -> None:
    bridge, dozens = propose(article)
    response = post(analyst, "suggestion-dismiss", bridge.uid, htmx=True)
    told = events(response)
    assert (told["cardsGone"], told["focusClaim"]) == ([str(bridge.uid)], str(dozens.uid))
    assert "mark" not in response.content.decode()
    assert 'id="p1"' in response.content.decode()
    assert not Claim.objects.exists()
    assert post(analyst, "suggestion-dismiss", bridge.uid, htmx=True).status_code == 409


def test_where_something_is_to_be_chosen_the_form_opens(analyst: Person, article: Article) -> None:
    unclear = factories.a_suggestion(article, DOZENS, polarity="")
    response = post(analyst, "suggestion-accept", unclear.uid, htmx=True)
    assert response.headers["HX-Retarget"] == "#panel"
    assert "not clear from the words" in words(parsed(response))
    assert not Claim.objects.exists()


def test_edited_first_it_is_a_claim_like_any_other(analyst: Person, article: Article) -> None:
    bridge, _ = propose(article)
    tree = parsed(get(analyst, "suggestion-edit", bridge.uid))
    assert select(tree, "[name=source_name]")[0].get("value") == "The army"
    assert select(tree, "[name=suggestion]")[0].get("value") == str(bridge.uid)
    sent = fields(select(tree, "#id_spans")[0].get("value"), suggestion=str(bridge.uid))
    # What is wrong is told beside the field, and the suggestion is not lost.
    tree = parsed(post(analyst, "claim-new", article.uid, sent | {"source_name": ""}))
    assert select(tree, "[name=suggestion]")[0].get("value") == str(bridge.uid)
    response = post(analyst, "claim-new", article.uid, sent, htmx=True)
    assert events(response)["cardsGone"] == [str(bridge.uid)]
    bridge.refresh_from_db()
    assert (bridge.state, bridge.claim) == ("edited", Claim.objects.get())
    assert Claim.objects.get().origin == "suggestion"
    # Of one that is gone meanwhile the claim is saved even so.
    again = sent | {"spans": span(article, "denied it")}
    assert post(analyst, "claim-new", article.uid, again).status_code == 302
    assert Claim.objects.latest("id").origin == "person"


def test_what_a_claim_says_by_now_is_not_proposed_beside_it(
    analyst: Person, article: Article
) -> None:
    bridge, _ = propose(article)
    response = post(analyst, "claim-new", article.uid, fields(span(article, BRIDGE)), htmx=True)
    assert events(response)["cardsGone"] == [str(bridge.uid)]
    assert cards(analyst, article)[1:] == ["suggestion"]
    claim = Claim.objects.get()
    response = post(analyst, "claim-delete", claim.uid, {"version": claim.version}, htmx=True)
    # It comes back with its card and its mark.
    assert f'<li class="card suggestion s0" id="claim-{bridge.uid}"' in response.content.decode()
    assert f'data-claims="{bridge.uid}"' in response.content.decode()


def test_all_that_are_sure_become_claims_by_one_act(analyst: Person, article: Article) -> None:
    propose(article)
    factories.a_suggestion(article, "denied it", polarity="", score=0.95)
    response = post(analyst, "article-suggestions-accept", article.uid, {"least": "70"})
    assert response.status_code == 302
    assert Claim.objects.count() == 2
    tree = page(analyst, article)
    assert "Accepted 2 suggestions. 1 more needs a look first." in words(
        select(tree, "#messages")[0]
    )
    analyst.client.post(at(analyst, "undo"))
    assert not Claim.objects.kept().exists()
    assert Suggestion.objects.proposed().count() == 3


def test_only_what_is_offered_is_a_threshold(analyst: Person, article: Article) -> None:
    propose(article)
    for least in ("", "1", "x", "-5"):
        response = post(
            analyst, "article-suggestions-accept", article.uid, {"least": least}, htmx=True
        )
        assert response.status_code == 422
    assert not Claim.objects.exists()


def test_they_are_hidden_until_they_are_wanted_again(analyst: Person, article: Article) -> None:
    propose(article)
    assert not select(page(analyst, article), "main.no-suggestions")
    assert select(page(analyst, article, suggestions="hide"), "main.no-suggestions")
    assert select(page(analyst, article), "main.no-suggestions")
    assert not select(page(analyst, article, suggestions="show"), "main.no-suggestions")


def test_a_desk_that_wants_none_sees_none(analyst: Person, owner: Person, article: Article) -> None:
    propose(article)
    analyst.desk.suggests = False
    analyst.desk.save()
    assert cards(analyst, article) == []
    assert not select(page(analyst, article), "mark, #suggestions")


def test_a_viewer_sees_them_and_decides_nothing(
    viewer: Person, analyst: Person, article: Article
) -> None:
    propose(article)
    tree = page(viewer, article)
    assert len(select(tree, ".card.suggestion")) == 2
    assert not select(tree, "noscript, #suggestions form")


def test_who_works_blind_sees_none_and_meets_no_act_about_them(
    analyst: Person, reviewer: Person, article: Article
) -> None:
    """What is missing would tell what the others have accepted."""
    bridge, dozens = propose(article)
    post(reviewer, "suggestion-dismiss", bridge.uid)
    BlindReading.objects.create(workspace=analyst.desk, article=article, reader=analyst.user)
    assert cards(analyst, article) == []
    assert post(analyst, "suggestion-accept", dozens.uid).status_code == 404
    history = analyst.client.get(at(analyst, "history")).content.decode()
    assert "dismissed a suggestion" not in history
    assert "dismissed a suggestion" in reviewer.client.get(at(reviewer, "history")).content.decode()
    told = words(parsed(analyst.client.get(at(analyst, "suggestions"))))
    assert "Nothing was proposed so far." in told


def test_where_many_fit_is_found_by_as_many_queries_as_where_one_does(article: Article) -> None:
    Article.objects.update(published_on=factories.NOON.date())
    article.refresh_from_db()
    strike = factories.an_incident(article.workspace, title=DOZENS, occurred_from=factories.NOON)
    revision = article.revisions.get()

    def found(times: int) -> tuple[set[int | None], int]:
        with CaptureQueriesContext(connection) as seen:
            ids = likeliest(article, revision, [(TEXT.index(DOZENS), len(TEXT))] * times)
        return set(ids), len(seen)

    assert found(1) == found(50)
    assert found(1)[0] == {strike.pk}


def test_a_hundred_cost_as_many_queries_as_two(analyst: Person, article: Article) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(analyst, article)
        return len(seen)

    known = factories.a_source(analyst.desk)
    propose(article)
    factories.a_suggestion(article, "it", source_ids=[str(known.uid)])
    few = queries()
    for _ in range(97):
        source = factories.a_source(analyst.desk, side=factories.a_side(analyst.desk))
        factories.a_suggestion(article, DOZENS, source_ids=[str(source.uid)])
    assert queries() == few


def test_an_article_is_read_again_at_once_and_a_long_one_by_the_worker(
    analyst: Person, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Attribution((), (), ((14, 32),), 0.8, "rules", (), source_name="Army")
    monkeypatch.setattr(suggesting, "suggest", lambda *_: [found])
    post(analyst, "article-suggest", article.uid)
    assert Suggestion.objects.get().words == BRIDGE
    assert not ToRead.objects.exists()
    monkeypatch.setattr(suggesting, "SHORT_ENOUGH", 10)
    post(analyst, "article-suggest", article.uid)
    assert ToRead.objects.exists()
    tree = page(analyst, article)
    assert "has yet to read this text" in words(select(tree, "#to-read")[0])
    asked = get(analyst, "article", article.uid, htmx=True, read="1")
    assert select(parsed(asked), "#to-read[hx-get]")
    while suggesting.read_some(lambda: False):
        pass
    asked = get(analyst, "article", article.uid, htmx=True, read="1")
    assert "has read this text: 1 suggestion." in words(parsed(asked))


def test_why_a_text_could_not_be_read_is_told(analyst: Person, article: Article) -> None:
    ToRead.objects.create(workspace=analyst.desk, article=article, why_failed="It is too odd.")
    assert "could not read this text: It is too odd." in words(page(analyst, article))
    told = words(parsed(analyst.client.get(at(analyst, "suggestions"))))
    assert "1 article could not be read" in told


def test_what_became_of_them_is_counted_by_engine(
    viewer: Person, analyst: Person, article: Article
) -> None:
    bridge, _ = propose(article)
    post(analyst, "suggestion-accept", bridge.uid)
    states = ["edited", "dismissed", "dismissed"]
    for state in states:
        factories.a_suggestion(article, DOZENS, engine="learned", state=state)
    tree = parsed(viewer.client.get(at(viewer, "suggestions")))
    rows = [[words(cell) for cell in row] for row in select(tree, "main tbody tr")]
    assert rows == [
        ["rules", "2", "1", "0", "0", "1", "100 %"],
        ["learned here", "3", "0", "1", "2", "0", "0 %"],
    ]
    assert not select(tree, "main form")


def test_learning_is_asked_for_once_and_its_figures_are_told(reviewer: Person) -> None:
    reviewer.client.post(at(reviewer, "suggestions-train"))
    reviewer.client.post(at(reviewer, "suggestions-train"))
    one = Training.objects.get()
    assert (one.number, one.state, one.asked_by) == (1, "waiting", reviewer.user)
    tree = parsed(reviewer.client.get(at(reviewer, "suggestions")))
    assert select(tree, "button[disabled]")
    Training.objects.update(
        state="done",
        better=True,
        model=b"x",
        claims=250,
        articles=30,
        held_back=6,
        figures={
            "rules": {"attribution": 0.58},
            "learned": {"attribution": 0.7341},
            "bands": [[0.9, 1.0, 40, 36]],
        },
    )
    told = words(parsed(reviewer.client.get(at(reviewer, "suggestions"))))
    assert "Training 1 reads new articles: it beats the rules" in told
    assert "250, 30 (6 held back) 58.0 → 73.4" in told
    assert "90 to 100 %4090.0 %" in told


def test_all_articles_are_read_again(reviewer: Person, article: Article) -> None:
    reviewer.client.post(at(reviewer, "suggestions-read"))
    assert ToRead.objects.get().article == article


def test_the_history_tells_it_in_words(analyst: Person, article: Article) -> None:
    bridge, dozens = propose(article)
    post(analyst, "suggestion-dismiss", dozens.uid)
    post(analyst, "suggestion-accept", bridge.uid)
    assert [change.action for change in Change.objects.order_by("id")] == [
        "suggestion.dismiss",
        "suggestion.accept",
    ]
    told = words(parsed(get(analyst, "article-history", article.uid)))
    assert f"dismissed a suggestion: Officials says it is so: {DOZENS}" in told
    assert f"accepted a suggestion: The army says it is so: {BRIDGE}" in told
    assert re.search(r"changed suggestion.*decided.*waiting.*dismissed", told)
