"""Questions, their answers, and claims filed under an answer together."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from claims.models import Change, Filing, Position, Question
from claims.records import Extent, Stance, State
from tests import factories
from tests.pages.conftest import Person, World
from tests.pages.markup import parsed, select, words

pytestmark = pytest.mark.one_database

FORM = {"text": "What caused it?", "aspect": "cause", "is_key": "on"}
FILE = {"stance": "holds", "extent": "fully"}


def at(person: Person, name: str, *args: object) -> str:
    return reverse(name, args=[person.desk.slug, *args])


def get(person: Person, name: str, *args: object, **query: Any) -> Any:
    return person.client.get(at(person, name, *args), query)


def post(person: Person, name: str, *args: object, **data: object) -> Any:
    return person.client.post(at(person, name, *args), data)


def htmx(person: Person, name: str, *args: object, **data: object) -> Any:
    return person.client.post(at(person, name, *args), data, headers={"HX-Request": "true"})


# ---- questions ----


def test_a_question_is_asked_with_its_answers(world: World, analyst: Person) -> None:
    answers = "Air strike\n\n Car bomb \nAir strike"
    answer = post(
        analyst,
        "question-new",
        world.incident.uid,
        **FORM,
        answers=answers,
        does_not_know="on",
    )
    question = Question.objects.get(text="What caused it?")
    assert answer.headers["Location"] == (
        at(analyst, "incident", world.incident.uid) + f"#question-{question.uid}"
    )
    assert list(question.positions.values_list("text", "competes")) == [
        ("Air strike", True),
        ("Car bomb", True),
        ("Does not know", False),
    ]
    assert (question.is_key, question.exclusive, question.order) == (True, True, 1)
    assert Change.objects.filter(action="question.create").count() == 1


@pytest.mark.parametrize(
    ("aspect", "exclusive", "stored"),
    [
        ("cause", "", True),
        ("casualties", "", False),
        ("casualties", "one", True),
        ("cause", "several", False),
    ],
)
def test_dozens_includes_55_unless_said_otherwise(
    world: World, analyst: Person, aspect: str, exclusive: str, stored: bool
) -> None:
    form = FORM | {"aspect": aspect, "exclusive": exclusive}
    post(analyst, "question-new", world.incident.uid, **form)
    assert Question.objects.get(text="What caused it?").exclusive is stored


def test_a_wrong_question_is_told_in_its_place(world: World, analyst: Person) -> None:
    answer = htmx(analyst, "question-new", world.incident.uid, **FORM | {"text": " "})
    assert answer.status_code == 422
    assert "<html" not in answer.content.decode()
    assert "required" in select(parsed(answer), ".invalid")[0].text_content()
    twice = post(
        analyst, "question-new", world.incident.uid, **FORM | {"text": world.question.text}
    )
    assert "already" in twice.context["form"].errors["text"][0]
    long = post(analyst, "question-new", world.incident.uid, **FORM, answers="x" * 301)
    assert "longer than 300" in long.context["form"].errors["answers"][0]


def test_saving_in_place_reads_the_page_anew(world: World, analyst: Person) -> None:
    answer = htmx(analyst, "question-new", world.incident.uid, **FORM)
    question = Question.objects.get(text=FORM["text"])
    address = f"{at(analyst, 'incident', world.incident.uid)}#question-{question.uid}"
    assert f'"path": "{address}"' in answer.headers["HX-Location"]
    assert '"undo": true' in answer.headers["HX-Trigger"]


def test_a_form_opens_in_place_or_as_a_page(world: World, analyst: Person) -> None:
    for name, row in [
        ("question-new", world.incident),
        ("question-edit", world.question),
        ("position-new", world.question),
        ("position-edit", world.position),
        ("question-file", world.question),
    ]:
        url = at(analyst, name, row.uid)
        assert "<html" in analyst.client.get(url).content.decode()
        part = analyst.client.get(url, headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in part
        assert f'hx-post="{url}"' in part


def test_an_edited_question_is_saved(world: World, analyst: Person) -> None:
    data = FORM | {"exclusive": "several", "version": 1}
    assert post(analyst, "question-edit", world.question.uid, **data).status_code == 302
    world.question.refresh_from_db()
    assert (world.question.text, world.question.exclusive) == ("What caused it?", False)


def test_a_stale_question_gets_both_versions(world: World, analyst: Person) -> None:
    theirs = FORM | {"exclusive": "one", "version": 1}
    post(analyst, "question-edit", world.question.uid, **theirs)
    mine = theirs | {"text": "Mine?", "exclusive": "several"}
    answer = post(analyst, "question-edit", world.question.uid, **mine)
    assert answer.status_code == 409
    assert [tuple(row) for row in answer.context["rows"]] == [
        ("Question", "What caused it?", "Mine?"),
        ("How many answers can be so", "only one", "several"),
    ]
    version = select(parsed(answer), "[name=version]")[0].get("value")
    again = post(analyst, "question-edit", world.question.uid, **mine | {"version": version})
    assert again.status_code == 302
    world.question.refresh_from_db()
    assert world.question.text == "Mine?"


def test_a_question_with_filed_claims_is_not_deleted(world: World, analyst: Person) -> None:
    url = at(analyst, "question-delete", world.question.uid)
    answer = analyst.client.post(url, {"version": 1}, follow=True)
    assert "Claims are filed under it" in answer.content.decode()
    assert Question.objects.kept().filter(pk=world.question.pk).exists()


def test_an_empty_question_is_deleted(world: World, analyst: Person) -> None:
    question = factories.a_question(world.incident)
    factories.a_position(question)
    post(analyst, "question-delete", question.uid, version=2)
    assert Question.objects.kept().filter(pk=question.pk).exists(), "a stale version"
    post(analyst, "question-delete", question.uid, version=1)
    assert not Question.objects.kept().filter(pk=question.pk).exists()
    assert not question.positions.kept().exists()


# ---- answers ----


def test_an_answer_is_added(world: World, analyst: Person) -> None:
    post(analyst, "position-new", world.question.uid, text="Declined to say")
    added = Position.objects.get(text="Declined to say")
    assert (added.question, added.competes) == (world.question, False)
    again = post(analyst, "position-new", world.question.uid, text="Declined to say")
    assert "already" in again.context["form"].errors["text"][0]


def test_an_answer_is_edited_and_a_stale_edit_shown_beside(world: World, analyst: Person) -> None:
    data = {"text": "Theirs", "competes": "on", "version": 1}
    assert post(analyst, "position-edit", world.position.uid, **data).status_code == 302
    answer = post(analyst, "position-edit", world.position.uid, **data | {"text": "Mine"})
    assert answer.status_code == 409
    assert [tuple(row) for row in answer.context["rows"]] == [("Answer", "Theirs", "Mine")]


def test_an_answer_is_deleted_when_nothing_is_filed_under_it(world: World, analyst: Person) -> None:
    post(analyst, "position-delete", world.position.uid, version=1)
    assert Position.objects.kept().filter(pk=world.position.pk).exists()
    empty = factories.a_position(world.question)
    post(analyst, "position-delete", empty.uid, version=1)
    assert not Position.objects.kept().filter(pk=empty.pk).exists()


# ---- filing ----


def test_several_claims_are_filed_in_one_act(world: World, analyst: Person) -> None:
    third = factories.a_claim(world.article, incident=world.incident)
    answer = post(
        analyst,
        "question-file",
        world.question.uid,
        stance="rejects",
        extent="in_part",
        position=world.position.uid,
        claims=[world.other_claim.uid, third.uid],
    )
    assert answer.status_code == 302
    made = Filing.objects.exclude(pk=world.filing.pk)
    assert {(row.claim_id, row.stance, row.extent) for row in made} == {
        (claim.pk, Stance.REJECTS.value, Extent.IN_PART.value)
        for claim in (world.other_claim, third)
    }
    assert Change.objects.filter(action="filing.create").count() == 1


def test_a_new_answer_is_made_once_for_all(world: World, analyst: Person) -> None:
    third = factories.a_claim(world.article, incident=world.incident)
    claims = [third.uid, world.other_claim.uid]
    post(analyst, "question-file", world.question.uid, **FILE, new_answer="Both", claims=claims)
    both = Position.objects.get(text="Both")
    assert both.filings.count() == 2
    world.question.refresh_from_db()
    assert world.question.state == State.DISPUTED, "another holds the answer that was there"


def test_whose_numbers_are_of_something_else_is_asked_about(world: World, analyst: Person) -> None:
    world.question.aspect = "casualties"
    world.question.save()
    factories.a_figure(world.other_claim, measure="present", low=25)
    third = factories.a_claim(world.article, incident=world.incident)
    sent = FILE | {"position": world.position.uid, "claims": [world.other_claim.uid, third.uid]}
    answer = post(analyst, "question-file", world.question.uid, **sent)
    assert answer.status_code == 409
    assert f"{world.other_claim.source}: Its numbers are of people present" in words(
        select(parsed(answer), ".consent")[0]
    )
    assert not Filing.objects.filter(claim=third).exists()
    assert post(analyst, "question-file", world.question.uid, **sent, consent=1).status_code == 302
    assert Filing.objects.filter(claim__in=[world.other_claim, third]).count() == 2


def test_none_is_filed_where_one_cannot_be(world: World, analyst: Person) -> None:
    answer = htmx(
        analyst,
        "question-file",
        world.question.uid,
        **FILE,
        position=world.position.uid,
        claims=[world.other_claim.uid, world.claim.uid],
    )
    assert answer.status_code == 422
    assert f"{world.source}: The claim is filed under this answer already." in (
        answer.content.decode()
    )
    assert Filing.objects.count() == 1
    ticked = select(parsed(answer), "[name=claims][checked]")
    assert len(ticked) == 2, "what was chosen stays chosen"


def test_an_answer_and_a_claim_are_needed(world: World, analyst: Person) -> None:
    errors = post(analyst, "question-file", world.question.uid, **FILE).context["form"].errors
    assert set(errors) == {"position", "claims"}


def test_what_is_no_fact_of_this_incident_is_unknown(world: World, analyst: Person) -> None:
    elsewhere = factories.a_claim(world.article, incident=factories.an_incident(world.desk))
    demand = factories.a_claim(world.article, incident=world.incident, kind="demand")
    foreign = factories.a_workspace()
    theirs = factories.a_claim(
        factories.an_article(foreign), incident=factories.an_incident(foreign)
    )
    assert theirs.incident
    answer_of_theirs = factories.a_position(factories.a_question(theirs.incident))
    for claim in (elsewhere, demand, theirs):
        data = FILE | {"position": world.position.uid, "claims": [claim.uid]}
        answer = post(analyst, "question-file", world.question.uid, **data)
        assert set(answer.context["form"].errors) == {"claims"}
    data = FILE | {"position": answer_of_theirs.uid, "claims": [world.other_claim.uid]}
    answer = post(analyst, "question-file", world.question.uid, **data)
    assert set(answer.context["form"].errors) == {"position"}
    assert Filing.objects.count() == 1


def test_claims_ticked_on_the_incidents_page_are_chosen(world: World, analyst: Person) -> None:
    answer = get(analyst, "question-file", world.question.uid, claims=world.other_claim.uid)
    boxes = select(parsed(answer), "[name=claims]")
    assert [(box.get("value"), box.get("checked") is not None) for box in boxes] == [
        (str(world.other_claim.uid), True),
        (str(world.claim.uid), False),
    ]
    assert f"filed here: {world.position}" in answer.content.decode()


# ---- who may ----


def test_a_viewer_changes_nothing(world: World, viewer: Person) -> None:
    for name, row in [
        ("question-new", world.incident),
        ("question-edit", world.question),
        ("question-delete", world.question),
        ("question-file", world.question),
        ("position-new", world.question),
        ("position-edit", world.position),
        ("position-delete", world.position),
    ]:
        assert post(viewer, name, row.uid, version=1).status_code == 403


def test_another_desks_questions_are_not_there(analyst: Person) -> None:
    question = factories.a_question(factories.an_incident(factories.a_workspace()))
    answer = factories.a_position(question)
    for name, row in [
        ("question-new", question.incident),
        ("question-edit", question),
        ("question-file", question),
        ("position-new", question),
        ("position-edit", answer),
    ]:
        assert get(analyst, name, row.uid).status_code == 404
    assert post(analyst, "question-delete", question.uid, version=1).status_code == 404
    assert post(analyst, "position-delete", answer.uid, version=1).status_code == 404
