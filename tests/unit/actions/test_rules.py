"""Rules between rows: each one broken by itself, and all well otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from claims.actions import rules
from claims.models import Article, Claim, Filing, Incident, Link, Position, Question, Source, Span
from claims.models.base import Root
from claims.records import Relation
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db


@dataclass
class Scene:
    """Two claims of one source and one incident, linked; the first is filed. All is well."""

    article: Article
    incident: Incident
    source: Source
    question: Question
    position: Position
    one: Claim
    two: Claim
    link: Link
    filing: Filing

    def link_of(self, relation: Relation, start: Claim, end: Claim) -> Link:
        """A link that is about to be made."""
        return Link(
            workspace=self.article.workspace,
            incident=self.incident,
            from_claim=start,
            to_claim=end,
            relation=relation,
            annotator=self.one.annotator,
        )


@pytest.fixture
def scene() -> Scene:
    desk = factories.a_workspace()
    article, incident = factories.an_article(desk), factories.an_incident(desk)
    source = factories.a_source(desk)
    question = factories.a_question(incident)
    position = factories.a_position(question)
    one, two = (factories.a_claim(article, incident=incident, source=source) for _ in range(2))
    link = factories.a_link(one, Relation.RESTATES, two)
    filing = factories.a_filing(one, position)
    return Scene(article, incident, source, question, position, one, two, link, filing)


def delete(row: models.Model) -> None:
    row.deleted_at = NOON  # type: ignore[attr-defined]
    row.save()


def test_all_is_well(scene: Scene) -> None:
    span = scene.one.spans.get()
    for row in (*vars(scene).values(), span, span.revision):
        rules.check(row)


def article_gone(scene: Scene) -> Claim:
    delete(scene.article)
    return scene.one


def incident_gone(scene: Scene) -> Claim:
    delete(scene.incident)
    return scene.one


def source_gone(scene: Scene) -> Claim:
    scene.one.via = factories.a_source(scene.article.workspace, deleted_at=NOON, name="Gone")
    return scene.one


def source_of_another_article(scene: Scene) -> Claim:
    other = factories.an_article(scene.article.workspace)
    scene.one.accused = factories.a_source(scene.article.workspace, article=other, name="A medic")
    return scene.one


def of_another_desk(scene: Scene) -> Claim:
    scene.one.via = factories.a_source(factories.a_workspace())
    return scene.one


def incident_of_another_desk(scene: Scene) -> Claim:
    scene.one.incident = factories.an_incident(factories.a_workspace())
    return scene.one


def filed_and_no_fact(scene: Scene) -> Claim:
    scene.one.kind = "demand"
    return scene.one


def linked_and_no_fact(scene: Scene) -> Claim:
    Filing.objects.all().delete()
    Link.objects.update(relation="contradicts")
    scene.one.kind = "evaluative"
    return scene.one


def link_of_no_fact(scene: Scene) -> Link:
    scene.link.relation = "contradicts"
    scene.link.to_claim.kind = "demand"
    return scene.link


def end_gone(scene: Scene) -> Link:
    delete(scene.two)
    scene.link.refresh_from_db()
    return scene.link


def two_incidents(scene: Scene) -> Link:
    scene.link.incident = factories.an_incident(scene.article.workspace)
    return scene.link


def twice(scene: Scene) -> Link:
    return scene.link_of(Relation.RESTATES, scene.one, scene.two)


def twice_reversed(scene: Scene) -> Link:
    factories.a_link(scene.one, Relation.CONTRADICTS, scene.two)
    return scene.link_of(Relation.CONTRADICTS, scene.two, scene.one)


def repeats_two(scene: Scene) -> Link:
    three = factories.a_claim(scene.article, incident=scene.incident, source=scene.source)
    return scene.link_of(Relation.RESTATES, scene.one, three)


def repeats_itself(scene: Scene) -> Link:
    return scene.link_of(Relation.RESTATES, scene.two, scene.one)


def repeats_another(scene: Scene) -> Link:
    other = factories.a_claim(scene.article, incident=scene.incident)
    return scene.link_of(Relation.RESTATES, other, scene.one)


def replaces_anothers(scene: Scene) -> Link:
    other = factories.a_claim(scene.article, incident=scene.incident)
    return scene.link_of(Relation.SUPERSEDES, scene.one, other)


def replaces_itself(scene: Scene) -> Link:
    """By way of two others that a person linked, a ring among them included."""
    three = factories.a_claim(scene.article, incident=scene.incident, source=scene.source)
    for start, end in ((scene.one, three), (three, scene.two), (three, scene.one)):
        factories.a_link(start, Relation.SUPERSEDES, end)
    return scene.link_of(Relation.SUPERSEDES, scene.two, three)


def filed_claim_gone(scene: Scene) -> Filing:
    delete(scene.one)
    scene.filing.refresh_from_db()
    return scene.filing


def answer_gone(scene: Scene) -> Filing:
    delete(scene.position)
    scene.filing.refresh_from_db()
    return scene.filing


def question_gone(scene: Scene) -> Filing:
    delete(scene.question)
    scene.filing.refresh_from_db()
    return scene.filing


def no_fact(scene: Scene) -> Filing:
    scene.filing.claim.kind = "evaluative"
    return scene.filing


def filed_elsewhere(scene: Scene) -> Filing:
    other = factories.a_question(factories.an_incident(scene.article.workspace))
    scene.filing.position = factories.a_position(other)
    return scene.filing


def filed_twice(scene: Scene) -> Filing:
    return Filing(claim=scene.one, position=scene.position)


def span_elsewhere(scene: Scene) -> Span:
    span: Span = scene.one.spans.get()
    span.revision = factories.an_article(scene.article.workspace).revisions.get()
    return span


def span_outside(scene: Scene) -> Span:
    span: Span = scene.one.spans.get()
    span.end = 10_000
    return span


def span_misquotes(scene: Scene) -> Span:
    span: Span = scene.one.spans.get()
    span.quote = "Other words."
    return span


def question_without_incident(scene: Scene) -> Question:
    scene.question.incident.deleted_at = NOON
    return scene.question


def answer_without_question(scene: Scene) -> Position:
    scene.position.question.deleted_at = NOON
    return scene.position


def source_in_use(scene: Scene) -> Source:
    scene.source.deleted_at = NOON
    return scene.source


def publisher_in_use(scene: Scene) -> Source:
    publisher = factories.a_source(scene.article.workspace, deleted_at=NOON)
    Article.objects.update(publisher=publisher)
    return publisher


def source_with_affiliates(scene: Scene) -> Source:
    above = factories.a_source(scene.article.workspace, deleted_at=NOON)
    factories.a_source(scene.article.workspace, affiliation=above)
    return above


def article_in_use(scene: Scene) -> Article:
    scene.article.deleted_at = NOON
    return scene.article


def incident_in_use(scene: Scene) -> Incident:
    scene.incident.deleted_at = NOON
    return scene.incident


def question_in_use(scene: Scene) -> Question:
    scene.question.deleted_at = NOON
    return scene.question


def answer_in_use(scene: Scene) -> Position:
    scene.position.deleted_at = NOON
    return scene.position


BROKEN: dict[Callable[[Scene], models.Model], str] = {
    article_gone: "Its article is deleted.",
    incident_gone: "Its incident is deleted.",
    source_gone: "The source Gone is deleted.",
    source_of_another_article: "“A medic” is an unnamed source of another article.",
    of_another_desk: "It names something of another desk.",
    incident_of_another_desk: "It names something of another desk.",
    filed_and_no_fact: "Only a factual claim can be filed under an answer.",
    linked_and_no_fact: "is not evidence: it “contradicts” nothing",
    link_of_no_fact: "is not evidence: it “contradicts” nothing",
    end_gone: "One of the two claims is deleted.",
    two_incidents: "The two claims are not about one incident.",
    twice: "The two claims are linked in this way already.",
    twice_reversed: "The two claims are linked in this way already.",
    repeats_two: "it can repeat one only",
    repeats_itself: "It would repeat itself",
    repeats_another: "needs the same original source",
    replaces_anothers: "of the same source only",
    replaces_itself: "It would replace itself",
    filed_claim_gone: "The claim is deleted.",
    answer_gone: "The answer is deleted.",
    question_gone: "The answer is deleted.",
    no_fact: "a demand or an opinion is not evidence",
    filed_elsewhere: "about different incidents",
    filed_twice: "filed under this answer already",
    span_elsewhere: "in another article",
    span_outside: "outside the text",
    span_misquotes: "not what stands there",
    question_without_incident: "Its incident is deleted.",
    answer_without_question: "Its question is deleted.",
    source_in_use: "still says something here",
    publisher_in_use: "still says something here",
    source_with_affiliates: "Other sources belong to",
    article_in_use: "still has claims",
    incident_in_use: "still has claims",
    question_in_use: "Claims are filed under it.",
    answer_in_use: "Claims are filed under it.",
}


@pytest.mark.parametrize("breaks", BROKEN, ids=lambda breaks: str(breaks.__name__))
def test_each_rule_is_held(scene: Scene, breaks: Callable[[Scene], models.Model]) -> None:
    row = breaks(scene)
    assert BROKEN[breaks] in rules.breach(row)
    for named in list(row._state.fields_cache.values()):
        if isinstance(named, Root):
            named.save()  # what a row names is read anew
    with pytest.raises(ValidationError):
        rules.check(row)


@pytest.mark.parametrize("model", [Source, Article, Incident, Question, Position])
def test_what_nobody_uses_can_go(scene: Scene, model: type[models.Model]) -> None:
    for used in (Link, Filing):
        used.objects.all().delete()
    Claim.objects.update(deleted_at=NOON)
    row = next(row for row in vars(scene).values() if isinstance(row, model))
    row.deleted_at = NOON  # type: ignore[attr-defined]
    assert rules.breach(row) == ""


def test_who_repeats_whom(scene: Scene) -> None:
    """An unnamed source may repeat, and a publisher in its own voice."""
    medic = factories.a_source(scene.article.workspace, article=scene.article)
    told = factories.a_claim(scene.article, incident=scene.incident, source=medic)
    wire = factories.a_source(scene.article.workspace)
    printed = factories.a_claim(scene.article, incident=scene.incident, source=wire)
    assert rules.breach(scene.link_of(Relation.RESTATES, told, scene.one)) == ""
    assert rules.breach(scene.link_of(Relation.RESTATES, printed, scene.one))
    scene.article.publisher = wire
    scene.article.save()
    printed.refresh_from_db()
    assert rules.breach(scene.link_of(Relation.RESTATES, printed, scene.one)) == ""
    assert rules.breach(scene.link_of(Relation.SUPERSEDES, printed, scene.one))


def test_what_another_source_would_break(scene: Scene) -> None:
    other = factories.a_source(scene.article.workspace)
    assert rules.other_voices(scene.link, scene.one, other)
    assert rules.other_voices(scene.link, scene.two, other)
    assert not rules.other_voices(scene.link, scene.one, scene.source)
    scene.link.relation = Relation.CONTRADICTS
    assert not rules.other_voices(scene.link, scene.one, other)
