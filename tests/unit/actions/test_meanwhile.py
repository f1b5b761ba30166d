"""What a form has found is deleted before its act has its locks: nothing is hung on it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from claims.actions import article as articles
from claims.actions import claim as claims
from claims.actions import claim_bulk
from claims.actions import incident as incidents
from claims.actions import link as links
from claims.actions import source as sources
from claims.actions.claim_bulk import Draft
from claims.actions.errors import WrongAt
from claims.actions.journal import Act, Actor
from claims.actions.spans import SpanInput, current_revision
from claims.models import Claim, Filing, Position, Question, Side, Source, Workspace
from claims.records import Role, SpanRole
from tests import factories

pytestmark = pytest.mark.django_db
WORDS = [SpanInput(SpanRole.CONTENT, 0, 8)]


@pytest.fixture
def actor() -> Actor:
    desk = factories.a_workspace()
    return Actor(desk, factories.a_membership(desk, role=Role.REVIEWER).user)


@pytest.fixture
def desk(actor: Actor) -> Workspace:
    return actor.workspace


@pytest.mark.parametrize("what", ["article", "incident", "source", "accused"])
def test_a_claim_names_nothing_that_is_gone(actor: Actor, desk: Workspace, what: str) -> None:
    article = factories.an_article(desk)
    values: dict[str, Any] = {
        "incident": factories.an_incident(desk),
        "source": factories.a_source(desk),
        "accused": factories.a_source(desk),
    }
    of: dict[str, Any] = {"article": articles.delete, "incident": incidents.delete}
    of.get(what, sources.delete)(actor, values.get(what, article), 1)
    with pytest.raises(ValidationError, match="is deleted"):
        claims.create(actor, article, values, WORDS)
    with pytest.raises(WrongAt, match="can't be made"):
        claim_bulk.create_all(actor, [Draft(article, values, WORDS)])
    assert not Claim.objects.exists()


def test_nothing_is_filed_under_an_answer_that_is_gone(actor: Actor, desk: Workspace) -> None:
    incident = factories.an_incident(desk)
    question = factories.a_question(incident)
    answer = factories.a_position(question)
    claim = factories.a_claim(factories.an_article(desk), incident=incident)
    assert answer.question.deleted_at is None  # as a form has found it
    incidents.delete_question(actor, Question.objects.get(), 1)
    with pytest.raises(ValidationError, match="is deleted"):
        links.file(actor, claim.uid, links.FilingInput(answer))
    with pytest.raises(ValidationError, match="Its question is deleted"):
        incidents.add_position(actor, question, {"text": "Another"})
    assert not Filing.objects.exists()
    assert not Position.objects.kept().exists()


def test_no_question_is_asked_of_an_incident_that_is_gone(actor: Actor, desk: Workspace) -> None:
    incident = factories.an_incident(desk)
    incidents.delete(actor, incident, 1)
    with pytest.raises(ValidationError, match="Its incident is deleted"):
        incidents.add_question(actor, incident, {"text": "What?"}, [])


def test_no_source_is_put_on_a_side_that_is_gone(actor: Actor, desk: Workspace) -> None:
    side, source = factories.a_side(desk), factories.a_source(desk)
    sources.delete_side(actor, Side.objects.get())
    with pytest.raises(ValidationError, match="just deleted this side"):
        sources.edit(actor, source, 1, {"side": side})
    with pytest.raises(ValidationError, match="just deleted this side"):
        sources.create(actor, {"name": "Another", "side": side})
    assert not Source.objects.exclude(side=None).exists()


def test_words_are_of_the_text_that_was_seen(
    actor: Actor, desk: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new text comes between the form and the lock: its offsets are of the text that was."""
    article = factories.an_article(desk)
    hold = Act.hold

    def late(act: Any, *rows: Any) -> None:
        hold(act, *rows)
        factories.a_revision(article, "Another text.", number=2)

    monkeypatch.setattr(Act, "hold", late)
    with pytest.raises(ValidationError, match="new text"):
        claims.create(actor, article, {"source": factories.a_source(desk)}, WORDS)
    assert current_revision(article).number == 1
