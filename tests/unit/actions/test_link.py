"""Links and filings by their actions: what pages can't reach."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from claims.actions import link as links
from claims.actions.journal import Actor
from claims.actions.link import FilingInput, NewAnswer
from claims.models import Change, Claim, Link, Question
from claims.records import Relation, Stance
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> Actor:
    return Actor(factories.a_workspace(), factories.a_user())


@pytest.fixture
def claim(actor: Actor) -> Claim:
    article = factories.an_article(actor.workspace)
    return factories.a_claim(article, incident=factories.an_incident(actor.workspace))


def test_a_claim_takes_the_incident_of_its_question(actor: Actor, claim: Claim) -> None:
    position = factories.a_position(factories.a_question(factories.an_incident(actor.workspace)))
    Claim.objects.update(incident=None)
    links.file(actor, claim.uid, FilingInput(position))
    claim.refresh_from_db()
    assert claim.incident == position.question.incident
    assert Change.objects.count() == 1


def test_a_new_answer_to_a_question_that_is_there(actor: Actor, claim: Claim) -> None:
    question = factories.a_question(claim.incident)  # type: ignore[arg-type]
    row = links.file(actor, claim.uid, FilingInput(NewAnswer(question, " So ")))
    assert (row.position.question, row.position.text) == (question, "So")


def test_a_question_of_nothing_is_refused(actor: Actor, claim: Claim) -> None:
    with pytest.raises(ValidationError) as told:
        links.file(actor, claim.uid, FilingInput(NewAnswer(" ", "So")))
    assert list(told.value.message_dict) == ["question"]
    assert not Question.objects.exists()


def test_either_end_is_filed_in_the_same_act(actor: Actor, claim: Claim) -> None:
    other = factories.a_claim(claim.article, incident=claim.incident)
    position = factories.a_position(factories.a_question(claim.incident))  # type: ignore[arg-type]
    links.create(
        actor,
        claim.uid,
        str(other.uid),
        Relation.DENIES,
        filings=[
            (str(claim.uid), FilingInput(position, Stance.REJECTS)),
            (other.uid, FilingInput(position)),
        ],
    )
    assert claim.filings.get().stance == Stance.REJECTS
    assert other.filings.get().stance == Stance.HOLDS
    assert Change.objects.count() == 1


def test_a_basis_is_of_contradictions_only(actor: Actor, claim: Claim) -> None:
    other = factories.a_claim(claim.article, incident=claim.incident)
    assert links.create(actor, claim.uid, other.uid, Relation.DENIES, basis="cause").basis == ""
    with pytest.raises(ValidationError, match="Only “contradicts” has a basis"):
        links.edit(actor, Link.objects.get(), 1, relation=Relation.DENIES, basis="cause")


def test_a_claim_that_is_not_there(actor: Actor, claim: Claim) -> None:
    foreign = factories.a_claim(factories.an_article(factories.a_workspace()))
    for ends in ((claim.uid, foreign.uid), (foreign.uid, claim.uid)):
        with pytest.raises(Claim.DoesNotExist):
            links.create(actor, *ends, Relation.DENIES)
