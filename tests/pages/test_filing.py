"""Filing a claim under an answer: picked or made in place, changed, taken out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from claims.actions import link as links
from claims.actions.errors import Conflict
from claims.actions.link import FilingInput
from claims.models import Article, Change, Claim, Filing, Incident, Position, Question
from tests import factories
from tests.pages.annotating import (
    again,
    an_article,
    card,
    errors,
    events,
    get,
    post,
    swapped,
    value,
)
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words

pytestmark = pytest.mark.one_database

DIED = "up to 65 people died"


@dataclass
class Scene:
    article: Article
    incident: Incident
    question: Question
    position: Position
    claim: Claim


@pytest.fixture
def scene(analyst: Person) -> Scene:
    article = an_article(analyst)
    incident = factories.an_incident(analyst.desk)
    question = factories.a_question(incident, text="Were civilians killed?")
    return Scene(
        article,
        incident,
        question,
        factories.a_position(question, text="Yes"),
        factories.a_claim(article, DIED, incident=incident),
    )


def filed(person: Person, claim: Claim, *, htmx: bool = False, **over: Any) -> Any:
    sent = {"stance": "holds", "extent": "fully", **over}
    return post(person, "filing-new", claim.uid, sent, htmx=htmx)


def undo(person: Person) -> None:
    person.client.post(f"/w/{person.desk.slug}/undo/")


@pytest.mark.parametrize("stance", ["holds", "rejects"])
@pytest.mark.parametrize("extent", ["fully", "in_part"])
def test_a_claim_is_filed(analyst: Person, scene: Scene, stance: str, extent: str) -> None:
    answer = filed(
        analyst, scene.claim, position=str(scene.position.uid), stance=stance, extent=extent
    )
    assert answer.headers["Location"].endswith(f"#claim-{scene.claim.uid}")
    filing = Filing.objects.get()
    assert (filing.position, filing.stance, filing.extent, filing.annotator) == (
        scene.position,
        stance,
        extent,
        analyst.user,
    )
    undo(analyst)
    assert not Filing.objects.kept().exists()


def test_the_card_shows_it_at_once(analyst: Person, scene: Scene) -> None:
    answer = filed(
        analyst, scene.claim, position=str(scene.position.uid), extent="in_part", htmx=True
    )
    assert "Were civilians killed? holds: Yes, in part" in words(card(answer, scene.claim))
    assert f"claim-{scene.claim.uid}" in swapped(answer)
    assert (
        events(answer)["toast"]["text"] == "Now filed under “Were civilians killed?”: holds: Yes."
    )


@pytest.mark.parametrize("asked", ["What hit it?", "Were civilians killed?"])
def test_question_and_answer_are_made_in_place(analyst: Person, scene: Scene, asked: str) -> None:
    answer = filed(analyst, scene.claim, new_question=f" {asked} ", new_answer="A strike")
    assert answer.status_code == 302
    position = Filing.objects.get().position
    assert (str(position), str(position.question)) == ("A strike", asked)
    assert Question.objects.filter(text=asked).count() == 1
    assert Change.objects.count() == 1
    undo(analyst)
    assert Question.objects.kept().get() == scene.question
    assert Position.objects.kept().get() == scene.position


def test_what_is_typed_as_it_stands_there_is_meant(analyst: Person, scene: Scene) -> None:
    filed(analyst, scene.claim, new_question="Were civilians killed?", new_answer=" Yes ")
    assert Filing.objects.get().position == scene.position


def test_a_statement_holds_its_answer_unless_said_otherwise(analyst: Person, scene: Scene) -> None:
    filed(analyst, scene.claim, position=str(scene.position.uid), stance="", extent="")
    assert Filing.objects.values_list("stance", "extent").get() == ("holds", "fully")


@pytest.mark.parametrize(("words_of_it", "stance"), [("No", "holds"), ("Yes", "rejects")])
def test_a_denial_holds_a_no_and_rejects_a_yes(
    analyst: Person, scene: Scene, words_of_it: str, stance: str
) -> None:
    Claim.objects.update(polarity="denies")
    Position.objects.update(text=words_of_it)
    at = str(scene.position.uid)
    answer = filed(analyst, scene.claim, position=at, stance="", extent="in_part")
    assert answer.status_code == 302
    assert Filing.objects.values_list("stance", "extent").get() == (stance, "in_part")


def test_what_a_denial_does_not_tell_is_asked(analyst: Person, scene: Scene) -> None:
    Claim.objects.update(polarity="denies")
    Position.objects.update(text="A car bomb")
    at = str(scene.position.uid)
    answer = filed(analyst, scene.claim, position=at, stance="", extent="", htmx=True)
    assert answer.status_code == 422
    assert "holds or rejects" in errors(answer)["stance"]
    assert "fully or in part" in errors(answer)["extent"]
    assert not Filing.objects.exists()


@pytest.mark.parametrize(
    ("sent", "where", "told"),
    [
        ({}, "", "Choose an answer, or write a new one."),
        ({"position": "junk"}, "", "Select a valid choice"),
        ({"position": "01890000-0000-7000-8000-000000000000"}, "", "Select a valid choice"),
        ({"new_answer": "Yes"}, "new_question", "Say which question it answers."),
        ({"new_question": "Why?"}, "new_answer", "Say what the answer is."),
        ({"new_question": "x" * 301, "new_answer": "So"}, "new_question", "at most 300"),
        ({"position": "THAT", "stance": "junk"}, "stance", "Select a valid choice"),
        ({"position": "THAT", "extent": "junk"}, "extent", "Select a valid choice"),
    ],
    ids=str,
)
def test_what_is_wrong_is_told(
    analyst: Person, scene: Scene, sent: dict[str, str], where: str, told: str
) -> None:
    sent = {n: str(scene.position.uid) if v == "THAT" else v for n, v in sent.items()}
    answer = filed(analyst, scene.claim, **sent, htmx=True)
    assert answer.status_code == 422
    assert told in errors(answer).get(where, ""), errors(answer)
    for name in sent:
        if name.startswith("new_"):
            assert value(answer, name) == sent[name]
    assert not Change.objects.exists()


def test_an_answer_of_elsewhere_is_as_good_as_unknown(analyst: Person, scene: Scene) -> None:
    """Of another incident, of another desk, or deleted."""
    elsewhere = [
        factories.a_position(factories.a_question(factories.an_incident(desk)))
        for desk in (analyst.desk, factories.a_workspace())
    ]
    gone = factories.a_position(scene.question, deleted_at=factories.NOON)
    for position in (*elsewhere, gone):
        answer = filed(analyst, scene.claim, position=str(position.uid))
        assert "Select a valid choice" in errors(answer)[""]
    assert not Filing.objects.exists()


def test_a_claim_is_filed_under_an_answer_once(analyst: Person, scene: Scene) -> None:
    factories.a_filing(scene.claim, scene.position)
    answer = filed(analyst, scene.claim, position=str(scene.position.uid), stance="rejects")
    assert "filed under this answer already" in errors(answer)[""]
    assert value(answer, "position") == str(scene.position.uid)


def test_a_demand_is_no_evidence(analyst: Person, scene: Scene) -> None:
    Claim.objects.update(kind="demand")
    answer = filed(analyst, scene.claim, position=str(scene.position.uid))
    assert "is not evidence" in errors(answer)[""]
    page = get(analyst, "article", scene.article.uid)
    assert not select(card(page, scene.claim), "[data-key=file]")


def test_present_is_not_killed(analyst: Person, scene: Scene) -> None:
    figure = factories.a_figure(scene.claim, measure="present", low=25)
    sent: dict[str, Any] = {"position": str(scene.position.uid)}
    answer = filed(analyst, scene.claim, **sent)
    assert answer.status_code == 409
    (doubt,) = select(parsed(answer), ".consent li")
    assert words(doubt).startswith("Its numbers are of people present; “Were civilians killed?”")
    assert not scene.claim.filings.exists()
    assert filed(analyst, scene.claim, **sent, consent="1").status_code == 302
    scene.claim.filings.all().delete()
    figure.measure = "killed"
    figure.save()
    assert filed(analyst, scene.claim, **sent).status_code == 302


def test_a_claim_about_no_incident_is_asked_for_it(analyst: Person, scene: Scene) -> None:
    Claim.objects.update(incident=None)
    assert "Say first which incident" in words(parsed(get(analyst, "filing-new", scene.claim.uid)))
    answer = filed(analyst, scene.claim, new_question="Why?", new_answer="So")
    assert "Say first which incident" in errors(answer)[""]
    assert not Question.objects.filter(text="Why?").exists()


def test_a_claim_about_no_incident_takes_the_one_that_is_chosen(
    analyst: Person, scene: Scene
) -> None:
    Claim.objects.update(incident=None)
    day = dt.datetime(2016, 12, 7, tzinfo=dt.UTC)
    Incident.objects.update(title="Radio Valley", place="Valley", occurred_from=day)
    Article.objects.update(published_on=day.date())
    opened = get(analyst, "filing-new", scene.claim.uid, htmx=True)
    likely, another = select(parsed(opened), ".pick a")
    assert "it has words of its title" in words(parsed(opened))
    form = analyst.client.get(another.get("href"), headers={"HX-Request": "true"})
    (begin,) = select(parsed(form), "[autofocus]")
    assert begin.get("name") == "incident_name"
    chosen = analyst.client.get(likely.get("hx-get"), headers={"HX-Request": "true"})
    assert "This claim takes the incident" in words(parsed(chosen))
    sent = again(chosen, "filing-form") | {"new_question": "Why?", "new_answer": "So"}
    assert post(analyst, "filing-new", scene.claim.uid, sent).status_code == 302
    assert Claim.objects.get().incident == scene.incident
    assert Filing.objects.get().position.question.text == "Why?"
    undo(analyst)
    assert Claim.objects.get().incident is None


def test_a_claim_that_took_an_incident_meanwhile_keeps_it(analyst: Person, scene: Scene) -> None:
    other = factories.an_incident(analyst.desk)
    with pytest.raises(Conflict):
        links.file(analyst.actor, scene.claim.uid, FilingInput(scene.position), incident=other)
    assert not Filing.objects.exists()
    Claim.objects.update(incident=None)
    nowhere, position = str(uuid4()), str(scene.position.uid)
    answer = filed(analyst, scene.claim, incident=nowhere, position=position)
    assert answer.status_code == 404


def test_an_incident_without_questions_offers_to_ask_one(analyst: Person, scene: Scene) -> None:
    incident = factories.an_incident(analyst.desk)
    Claim.objects.update(incident=incident)
    (details,) = select(parsed(get(analyst, "filing-new", scene.claim.uid)), "#filing-form details")
    assert details.get("open") is not None
    factories.a_question(incident)
    assert "No answers yet." in words(parsed(get(analyst, "filing-new", scene.claim.uid)))


# -- a filing that is there ------------------------------------------------------------------


@pytest.fixture
def filing(scene: Scene) -> Filing:
    return factories.a_filing(scene.claim, scene.position)


@pytest.mark.parametrize("htmx", [True, False])
def test_stance_and_extent_are_changed(
    analyst: Person, scene: Scene, filing: Filing, htmx: bool
) -> None:
    opened = get(analyst, "filing-edit", filing.uid, htmx=htmx)
    assert (value(opened, "stance"), value(opened, "extent")) == ("holds", "fully")
    sent = {"version": "1", "stance": "rejects", "extent": "in_part"}
    answer = post(analyst, "filing-edit", filing.uid, sent, htmx=htmx)
    assert answer.status_code == (200 if htmx else 302)
    filing.refresh_from_db()
    assert (filing.stance, filing.extent) == ("rejects", "in_part")
    if htmx:
        assert "rejects: Yes, in part" in words(card(answer, scene.claim))
    undo(analyst)
    filing.refresh_from_db()
    assert (filing.stance, filing.extent) == ("holds", "fully")


def test_a_stale_filing_gets_both_versions(analyst: Person, filing: Filing) -> None:
    Filing.objects.update(version=2, extent="in_part")
    sent = {"version": "1", "stance": "rejects", "extent": "fully"}
    answer = post(analyst, "filing-edit", filing.uid, sent, htmx=True)
    assert answer.status_code == 409
    assert len(select(parsed(answer), ".conflict tbody tr")) == 2
    answer = post(analyst, "filing-edit", filing.uid, sent | {"version": value(answer, "version")})
    assert answer.status_code == 302
    filing.refresh_from_db()
    assert (filing.stance, filing.extent) == ("rejects", "fully")


@pytest.mark.parametrize(
    "wrong", [{"version": "x"}, {"version": ""}, {"stance": "junk"}, {"extent": ""}]
)
def test_what_is_wrong_with_a_filing_is_told(
    analyst: Person, filing: Filing, wrong: dict[str, str]
) -> None:
    sent = {"version": "1", "stance": "holds", "extent": "fully"} | wrong
    answer = post(analyst, "filing-edit", filing.uid, sent, htmx=True)
    assert answer.status_code == 422
    assert errors(answer)


@pytest.mark.parametrize("htmx", [True, False])
def test_a_filing_is_taken_out_and_comes_back(
    analyst: Person, scene: Scene, filing: Filing, htmx: bool
) -> None:
    stale = post(analyst, "filing-delete", filing.uid, {"version": "9"}, htmx=htmx)
    if htmx:
        assert (stale.status_code, events(stale)["toast"]["level"]) == (409, "error")
    else:
        assert "meanwhile" in get(analyst, "article", scene.article.uid).content.decode()
    answer = post(analyst, "filing-delete", filing.uid, {"version": "1"}, htmx=htmx)
    assert answer.status_code == (200 if htmx else 302)
    if htmx:
        assert "Were civilians killed?" not in words(card(answer, scene.claim))
    assert get(analyst, "filing-edit", filing.uid).status_code == 404
    undo(analyst)
    assert Filing.objects.kept().get() == filing
