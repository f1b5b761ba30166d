"""Incidents, questions and answers by their actions: codes, races, and what hangs together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from claims.actions import incident as incidents
from claims.actions.errors import Conflict
from claims.actions.journal import Actor
from claims.models import Change, Incident, Position, Question
from tests import factories

pytestmark = pytest.mark.django_db
DAY = dt.date(2016, 12, 7)


@pytest.fixture
def actor() -> Actor:
    return Actor(factories.a_workspace(), factories.a_user())


@pytest.fixture
def incident(actor: Actor) -> Incident:
    return factories.an_incident(actor.workspace)


@pytest.mark.parametrize(
    ("pattern", "taken", "code"),
    [
        ("YYYYMMDD-NN", [], "20161207-01"),
        ("YYYYMMDD-NN", ["20161207-01", "20161207-07", "20161208-09"], "20161207-08"),
        ("IQ-YYYYMMDD-NN", ["IQ-20161207-99"], "IQ-20161207-100"),
        ("YYYYMMDD.NN/x", ["20161207.03/x", "20161207x44/x", "20161207.55"], "20161207.04/x"),
        ("YYYYMMDD-NN", ["20161207-1a", "20161207-"], "20161207-01"),
    ],
)
def test_the_next_code_of_a_day(actor: Actor, pattern: str, taken: list[str], code: str) -> None:
    actor.workspace.incident_code = pattern
    for one in taken:
        factories.an_incident(actor.workspace, code=one)
    factories.an_incident(factories.a_workspace(), code=code)
    assert incidents.next_code(actor.workspace, DAY) == code


def test_a_code_is_not_given_again_after_it_was_deleted(actor: Actor) -> None:
    factories.an_incident(actor.workspace, code="20161207-01", deleted_at=factories.NOON)
    assert incidents.next_code(actor.workspace, DAY) == "20161207-02"


def test_an_incident_takes_the_code_of_its_day_and_the_desks_questions(actor: Actor) -> None:
    actor.workspace.question_templates = [
        {"text": "What?", "aspect": "cause", "is_key": True, "positions": ["A strike", "A bomb"]},
        {"text": "How many?", "exclusive": False},
    ]
    made = incidents.create(actor, {"title": "A raid", "occurred_from": factories.NOON})
    assert made.code == "20161208-01"
    first, second = made.questions.order_by("order")
    assert (first.aspect, first.is_key, first.exclusive) == ("cause", True, True)
    assert [p.text for p in first.positions.order_by("order")] == ["A strike", "A bomb"]
    assert (second.aspect, second.is_key, second.exclusive) == ("other", False, False)
    assert Change.objects.count() == 1


def test_a_taken_code_is_told(
    actor: Actor, incident: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = factories.an_incident(actor.workspace)
    values = {"title": "A raid", "code": incident.code}
    with pytest.raises(ValidationError, match="Another incident has the code"):
        incidents.create(actor, values)
    with pytest.raises(ValidationError, match="Another incident has the code"):
        incidents.edit(actor, other, 1, {"code": incident.code})
    # And when it is taken between the question and the writing.
    monkeypatch.setattr(incidents, "_free_code", lambda *_: None)
    with pytest.raises(ValidationError, match="has just taken this code"):
        incidents.create(actor, values)
    with pytest.raises(ValidationError, match="has just taken this code"):
        incidents.edit(actor, other, 1, {"code": incident.code})
    assert not Change.objects.exists()


def test_parts_make_no_circle(actor: Actor, incident: Incident) -> None:
    part = factories.an_incident(actor.workspace, parent=incident)
    for child, parent in ((incident, incident), (incident, part)):
        with pytest.raises(ValidationError, match="part of itself"):
            incidents.edit(actor, child, 1, {"parent": parent})
    with pytest.raises(ValidationError, match="are parts of it"):
        incidents.delete(actor, incident, 1)
    assert incidents.create(actor, {"title": "Second strike", "parent": part}).parent == part


def test_an_incident_goes_with_its_questions(actor: Actor, incident: Incident) -> None:
    position = factories.a_position(factories.a_question(incident))
    incidents.delete(actor, incident, 1)
    for row in (incident, position, position.question):
        row.refresh_from_db()
        assert row.deleted_at


def test_an_incident_with_claims_stays(actor: Actor, incident: Incident) -> None:
    factories.a_claim(factories.an_article(actor.workspace), incident=incident)
    with pytest.raises(ValidationError, match="still has claims"):
        incidents.delete(actor, incident, 1)
    incident.refresh_from_db()
    assert incident.deleted_at is None


def test_no_question_and_no_answer_stands_twice(actor: Actor, incident: Incident) -> None:
    question = incidents.add_question(actor, incident, {"text": " What? "}, ["So", "Not so"])
    assert question.text == "What?"
    other = incidents.add_question(actor, incident, {"text": "Why?"}, [])
    assert (question.order, other.order) == (0, 1)
    so, not_so = question.positions.order_by("order")
    assert (so.order, not_so.order) == (0, 1)
    twice: list[Callable[[], object]] = [
        lambda: incidents.add_question(actor, incident, {"text": "What?"}, []),
        lambda: incidents.edit_question(actor, other, 1, {"text": "What?"}),
        lambda: incidents.add_position(actor, question, {"text": "So "}),
        lambda: incidents.edit_position(actor, not_so, 1, {"text": "So"}),
    ]
    before = Change.objects.count()
    for act in twice:
        with pytest.raises(ValidationError) as told:
            act()
        assert list(told.value.message_dict) == ["text"]
    assert Change.objects.count() == before
    incidents.edit_position(actor, not_so, 1, {"competes": False})
    incidents.edit_question(actor, other, 1, {"is_key": True})


@pytest.mark.parametrize("of", [Incident, Question, Position])
def test_a_stale_act_is_refused(actor: Actor, incident: Incident, of: Any) -> None:
    position = factories.a_position(factories.a_question(incident))
    row: Any = {Incident: incident, Question: position.question, Position: position}[of]
    edit: Any = {
        Incident: incidents.edit,
        Question: incidents.edit_question,
        Position: incidents.edit_position,
    }[of]
    delete: Any = {
        Incident: incidents.delete,
        Question: incidents.delete_question,
        Position: incidents.delete_position,
    }[of]
    with pytest.raises(Conflict):
        edit(actor, row, 2, {})
    with pytest.raises(Conflict):
        delete(actor, row, 2)


def test_what_is_filed_under_stays(actor: Actor, incident: Incident) -> None:
    position = factories.a_position(factories.a_question(incident))
    claim = factories.a_claim(factories.an_article(actor.workspace), incident=incident)
    filing = factories.a_filing(claim, position)
    with pytest.raises(ValidationError, match="Claims are filed"):
        incidents.delete_position(actor, position, 1)
    with pytest.raises(ValidationError, match="Claims are filed"):
        incidents.delete_question(actor, position.question, 1)
    filing.delete()
    incidents.delete_question(actor, position.question, 1)
    position.refresh_from_db()
    assert position.deleted_at
