"""An incident split in two, with its questions, and made one again."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from claims.actions.errors import Conflict, NeedsConsent
from claims.actions.journal import Actor
from claims.actions.split import split
from claims.models import Change, Claim, Comment, Incident
from claims.records import Relation, Role
from tests import factories
from tests.unit.actions.everything import everything, settle, there_and_back
from tests.unit.actions.reference import assert_as_the_reference_says

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> Actor:
    desk = factories.a_workspace()
    return Actor(desk, factories.a_membership(desk, factories.a_user("one"), Role.OWNER).user)


@pytest.fixture
def incident(actor: Actor) -> Incident:
    return factories.an_incident(actor.workspace)


def said(incident: Incident) -> Claim:
    return factories.a_claim(factories.an_article(incident.workspace), incident=incident)


def off(
    actor: Actor, incident: Incident, *claims: Claim, consent: bool = False, **values: Any
) -> Incident:
    chosen = [(claim.uid, claim.version) for claim in claims]
    values = {"title": "Second strike"} | values
    return split(actor, incident, incident.version, chosen, values, consent=consent)


def test_claims_go_with_their_links_and_the_questions_that_are_theirs_alone(
    actor: Actor, incident: Incident
) -> None:
    one, two, stays = (said(incident) for _ in range(3))
    link = factories.a_link(one, Relation.CONTRADICTS, two)
    filing = factories.a_filing(one, factories.a_position(factories.a_question(incident)))
    factories.a_filing(stays, factories.a_position(factories.a_question(incident)))
    untouched = factories.a_question(incident)
    settle()
    before = everything()
    made = off(actor, incident, one, two, occurred_from=factories.NOON, parent=incident)
    for row in (one, two, stays, link, filing.position.question, untouched):
        row.refresh_from_db()
    assert {one.incident, two.incident, link.incident} == {made}
    assert filing.position.question.incident == made
    assert stays.incident == untouched.incident == incident
    assert (made.code, made.title, made.parent) == ("20161208-01", "Second strike", incident)
    for where in (incident, made):
        assert_as_the_reference_says(where.pk)
    assert Change.objects.get().summary == f"split Second strike off {incident}"
    there_and_back(actor, before)


def test_what_was_said_of_a_question_goes_with_it_and_stays_with_one_of_both(
    actor: Actor, incident: Incident
) -> None:
    goes, stays = said(incident), said(incident)
    theirs, both = (factories.a_question(incident) for _ in range(2))
    factories.a_filing(goes, factories.a_position(theirs))
    answer = factories.a_position(both)
    for claim in (goes, stays):
        factories.a_filing(claim, answer)
    comments = [factories.a_comment(subject) for subject in (incident, theirs, both, goes)]
    verdicts = [factories.an_assessment(subject) for subject in (incident, theirs, both)]
    settle()
    before = everything()
    made = off(actor, incident, goes)
    for row in (*comments, *verdicts):
        row.refresh_from_db()
    assert [verdict.place for verdict in verdicts] == [incident, made, incident]
    assert all(verdict.evidence_changed for verdict in verdicts)
    assert set(Comment.objects.of_incident(made)) == {comments[1], comments[3]}
    there_and_back(actor, before)


def test_a_question_of_both_is_asked_in_both(actor: Actor, incident: Incident) -> None:
    goes, stays = said(incident), said(incident)
    question = factories.a_question(incident, is_key=True, exclusive=False)
    answers = [factories.a_position(question, competes=n == 0, order=n) for n in range(2)]
    filings = [factories.a_filing(claim, answers[0]) for claim in (goes, stays)]
    settle()
    before = everything()
    made = off(actor, incident, goes)
    again = made.questions.kept().get()
    assert (again.text, again.is_key, again.exclusive) == (question.text, True, False)
    there = list(again.positions.kept())
    assert [(one.text, one.competes) for one in there] == [
        (one.text, one.competes) for one in answers
    ]
    for filing in filings:
        filing.refresh_from_db()
    assert [filing.position for filing in filings] == [there[0], answers[0]]
    for row in (incident, made):
        assert_as_the_reference_says(row.pk)
    there_and_back(actor, before)


def test_the_desks_questions_are_asked_where_they_are_not_yet(
    actor: Actor, incident: Incident
) -> None:
    actor.workspace.question_templates = [
        {"text": "Why?", "positions": ["So"]},
        {"text": "How many?", "positions": ["Dozens"]},
    ]
    actor.workspace.save()
    one = said(incident)
    factories.a_filing(one, factories.a_position(factories.a_question(incident, text="Why?")))
    settle()
    before = everything()
    made = off(actor, incident, one)
    assert [question.text for question in made.questions.kept()] == ["Why?", "How many?"]
    there_and_back(actor, before)


def test_it_asks_before_links_to_what_stays_end(actor: Actor, incident: Incident) -> None:
    one, stays = said(incident), said(incident)
    factories.a_link(one, Relation.CONTRADICTS, stays)
    settle()
    before = everything()
    with pytest.raises(NeedsConsent, match="This would end"):
        off(actor, incident, one)
    assert everything() == before
    made = off(actor, incident, one, consent=True)
    for row in (incident, made):
        assert_as_the_reference_says(row.pk)
    there_and_back(actor, before)


def test_what_changed_meanwhile_is_not_split(actor: Actor, incident: Incident) -> None:
    one = said(incident)
    elsewhere = said(factories.an_incident(actor.workspace))
    with pytest.raises(Conflict):
        split(actor, incident, 2, [(one.uid, 1)], {"title": "x"})
    with pytest.raises(Conflict):
        split(actor, incident, 1, [(one.uid, 2)], {"title": "x"})
    with pytest.raises(ValidationError, match="at least one"):
        off(actor, incident)
    with pytest.raises(ValidationError, match="not about this incident"):
        off(actor, incident, elsewhere)
    assert not Change.objects.exists()
