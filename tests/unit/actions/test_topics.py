"""In whose history an act stands, of what kind it is, and whether it is undone by now."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from django.apps import apps

from claims.actions import article as articles
from claims.actions import claim as claims
from claims.actions import incident as incidents
from claims.actions import link as links
from claims.actions import member, source, undo
from claims.actions.journal import Actor
from claims.actions.spans import SpanInput
from claims.models import Article, Change, ChangeTopic, Claim, Incident, Position
from claims.records import ChangeKind, Relation, Role, SpanRole
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = SpanInput(SpanRole.CONTENT, 0, 8)


@pytest.fixture
def actor() -> Actor:
    desk = factories.a_workspace()
    return Actor(desk, factories.a_membership(desk, role=Role.OWNER).user)


@pytest.fixture
def article(actor: Actor) -> Article:
    return factories.an_article(actor.workspace, status="in_progress")


@pytest.fixture
def incident(actor: Actor) -> Incident:
    return factories.an_incident(actor.workspace)


@pytest.fixture
def position(incident: Incident) -> Position:
    return factories.a_position(factories.a_question(incident))


def said(actor: Actor, article: Article, **values: Any) -> Claim:
    about = {"source": factories.a_source(actor.workspace)} | values
    return claims.create(actor, article, about, [WORDS], figures=[{"measure": "killed", "low": 1}])


def topics(change: Change | None = None) -> set[tuple[str, int]]:
    """Of the newest change, if none is given."""
    change = change or Change.objects.latest("id")
    return set(change.topics.values_list("noun", "object_id"))


def about(claim: Claim) -> set[tuple[str, int]]:
    found = {
        ("claim", claim.pk),
        ("article", claim.article_id),
        ("source", claim.source_id),
    }
    return found | ({("incident", claim.incident_id)} if claim.incident_id else set())


def test_a_claim_is_about_all_that_it_names(
    actor: Actor, article: Article, incident: Incident
) -> None:
    via, accused = (factories.a_source(actor.workspace) for _ in range(2))
    claim = said(actor, article, incident=incident, via=via, accused=accused)
    assert topics() == about(claim) | {("source", via.pk), ("source", accused.pk)}


def test_a_claim_that_moves_stands_in_both_histories(
    actor: Actor, article: Article, incident: Incident
) -> None:
    claim, other = said(actor, article, incident=incident), factories.an_incident(actor.workspace)
    claims.edit(actor, claim, claim.version, {"incident": other})
    assert {("incident", incident.pk), ("incident", other.pk)} <= topics()


def test_words_alone_are_about_their_claim(
    actor: Actor, article: Article, incident: Incident
) -> None:
    claim = said(actor, article, incident=incident)
    claims.add_span(actor, claim, claim.version, SpanInput(SpanRole.CUE, 35, 39))
    assert topics() == about(claim)


def test_links_and_filings_are_about_claims_answers_and_incident(
    actor: Actor, article: Article, incident: Incident, position: Position
) -> None:
    one, other = (said(actor, article, incident=incident) for _ in range(2))
    links.create(actor, one.uid, other.uid, Relation.CONTRADICTS)
    assert topics() == about(one) | about(other)
    links.file(actor, one.uid, links.FilingInput(position))
    assert topics() == about(one) | {("question", position.question_id)}
    incidents.edit_position(actor, position, 1, {"text": "Other"})
    assert topics() == {("question", position.question_id), ("incident", incident.pk)}


def test_an_article_is_read_and_a_source_called_otherwise(actor: Actor, article: Article) -> None:
    articles.mark_read(actor, article.revisions.get(), [1])
    assert topics() == {("article", article.pk)}
    speaker = factories.a_source(actor.workspace)
    source.edit(actor, speaker, 1, {}, aliases=["Another name"])
    assert topics() == {("source", speaker.pk)}


def test_a_source_that_changes_sides_stands_in_the_history_of_what_it_moves(
    actor: Actor, article: Article, incident: Incident
) -> None:
    claim = said(actor, article, incident=incident)
    side = factories.a_side(actor.workspace)
    source.edit(actor, claim.source, 1, {"side": side})
    assert topics() == {("source", claim.source_id), ("incident", incident.pk)}


def test_settings_are_about_nothing_that_has_a_history(actor: Actor) -> None:
    member.edit_workspace(actor, {"name": "Other"})
    assert topics() == set()
    assert Change.objects.get().kind == ChangeKind.DESK


def test_the_nearest_things_come_first(actor: Actor, article: Article, incident: Incident) -> None:
    said(actor, article, incident=incident)
    nouns = Change.objects.get().topics.order_by("order").values_list("noun", flat=True)
    assert list(nouns) == ["claim", "incident", "article", "source"]


def test_what_an_act_is_about_comes_before_what_hung_on_it(
    actor: Actor, article: Article, incident: Incident
) -> None:
    others = [said(actor, article, incident=incident) for _ in range(3)]
    claim = said(actor, article, incident=incident)
    for other in others:
        links.create(actor, other.uid, claim.uid, Relation.CONTRADICTS)
    claims.delete(actor, claim, claim.version)
    first, *_ = (
        Change.objects.latest("id").topics.order_by("order").values_list("noun", "object_id")
    )
    assert first == ("claim", claim.pk)


def test_an_undo_is_of_the_kind_of_its_act_and_marks_it(
    actor: Actor, article: Article, incident: Incident
) -> None:
    said(actor, article, incident=incident)
    first = Change.objects.get()
    undone = undo.undo(actor, first)
    first.refresh_from_db()
    assert (undone.first, undone.kind, first.undone) == (first, ChangeKind.CLAIM, True)
    assert topics(undone) == topics(first)
    redone = undo.undo(actor, undone)
    first.refresh_from_db()
    assert (redone.first, first.undone) == (first, False)
    undo.undo(actor, redone)
    first.refresh_from_db()
    assert first.undone


def test_what_was_done_before_the_history_was_kept_stands_in_it_too(
    actor: Actor, article: Article, incident: Incident, position: Position
) -> None:
    one, other = (said(actor, article, incident=incident) for _ in range(2))
    links.create(actor, one.uid, other.uid, Relation.CONTRADICTS)
    links.file(actor, one.uid, links.FilingInput(position))
    claims.add_span(
        actor, one, Claim.objects.get(pk=one.pk).version, SpanInput(SpanRole.CUE, 9, 12)
    )
    incidents.add_position(actor, position.question, {"text": "So"})
    source.edit(actor, one.source, 1, {"name": "Other"}, aliases=["N"])
    articles.mark_read(actor, article.revisions.get(), [1])
    member.edit_workspace(actor, {"name": "Other"})
    redone = undo.undo(actor, undo.undo(actor, Change.objects.earliest("id"), consent=True))
    undo.undo(actor, redone, consent=True)

    def kept() -> tuple[list[Any], list[Any]]:
        return (
            list(
                ChangeTopic.objects.order_by("change", "order").values(
                    "change", "noun", "object_id"
                )
            ),
            list(Change.objects.order_by("id").values("id", "kind", "first", "undone")),
        )

    before = kept()
    ChangeTopic.objects.all().delete()
    Change.objects.update(kind=ChangeKind.OTHER, first=None, undone=False)
    migration = importlib.import_module("claims.migrations.0005_history_of_earlier_changes")
    migration.note(apps, None)
    assert kept() == before
