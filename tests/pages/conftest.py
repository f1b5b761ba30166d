"""Who asks, and what is there: five people, one desk, and one thing of every noun on it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from claims.actions.journal import Actor
from claims.models import (
    Article,
    Assessment,
    Change,
    Claim,
    Comment,
    Delivery,
    Filing,
    Import,
    Incident,
    Invitation,
    Link,
    Membership,
    Placement,
    Position,
    Question,
    Revision,
    SavedSearch,
    Side,
    Source,
    Suggestion,
    Upload,
    User,
    Webhook,
    Workspace,
)
from claims.records import Basis, Relation, Role
from tests import factories


@dataclass(frozen=True)
class Person:
    """Somebody who has signed in with a browser (`client`); `actor` is them at the desk."""

    user: User
    client: Client
    desk: Workspace

    @property
    def actor(self) -> Actor:
        return Actor(self.desk, self.user)


@dataclass(frozen=True)
class World:
    """One object of each noun, all of one desk; two claims, so that they can be linked."""

    desk: Workspace
    side: Side
    source: Source
    article: Article
    revision: Revision
    suggestion: Suggestion
    placement: Placement
    upload: Upload
    job: Import
    incident: Incident
    question: Question
    position: Position
    claim: Claim
    other_claim: Claim
    link: Link
    filing: Filing
    assessment: Assessment
    comment: Comment
    change: Change
    membership: Membership
    invitation: Invitation
    saved_search: SavedSearch
    webhook: Webhook
    delivery: Delivery


def sign_in(user: User) -> Client:
    """A browser in which `user` has signed in; it reports errors as pages, not exceptions."""
    client = Client(raise_request_exception=True)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def member(desk: Workspace, role: Role) -> Person:
    """A person named after their role, at `desk`."""
    user = factories.a_user(role.value)
    factories.a_membership(desk, user, role)
    return Person(user, sign_in(user), desk)


def an_outsider(desk: Workspace) -> Person:
    """Owner of another desk; `desk` is not theirs, and their `actor` must not be used."""
    user = factories.a_user("outsider")
    factories.a_membership(factories.a_workspace(slug="elsewhere"), user, Role.OWNER)
    return Person(user, sign_in(user), desk)


def a_world(desk: Workspace, user: User) -> World:
    """One object of each noun at `desk`, which uses all scales, made by `user`."""
    desk.uses_reliability = desk.uses_credibility = True
    desk.save()
    side = factories.a_side(desk)
    source = factories.a_source(desk, side=side)
    article = factories.an_article(desk)
    revision = article.revisions.get()
    revision.original.save("article.txt", ContentFile(factories.TEXT.encode()))
    incident = factories.an_incident(desk)
    question = factories.a_question(incident)
    position = factories.a_position(question)
    claim, other_claim = (
        factories.a_claim(article, incident=incident, annotator=user, source=source)
        for source in (source, factories.a_source(desk))
    )
    link = factories.a_link(
        claim, Relation.CONTRADICTS, other_claim, basis=Basis.CAUSE.value, annotator=user
    )
    webhook = factories.a_webhook(desk, made_by=user)
    return World(
        desk=desk,
        side=side,
        source=source,
        article=article,
        revision=revision,
        suggestion=factories.a_suggestion(article, "a medic told us"),
        placement=factories.a_placement(claim, revision),
        upload=Upload.objects.create(
            workspace=desk,
            uploaded_by=user,
            name="article.txt",
            media_type="text/plain",
            encoding="utf-8",
            content=factories.TEXT.encode(),
        ),
        job=Import.objects.create(
            workspace=desk,
            made_by=user,
            format="articles-table",
            name="table.csv",
            size=1,
            state="ready",
            counts={"new": 1, "there": 0, "wrong": 0},
            file=ContentFile(b"title,text\nOne,A text.\n", "table.csv"),
        ),
        incident=incident,
        question=question,
        position=position,
        claim=claim,
        other_claim=other_claim,
        link=link,
        filing=factories.a_filing(claim, position),
        assessment=factories.an_assessment(question, reviewer=user),
        comment=factories.a_comment(claim, author=user),
        change=Change.objects.create(
            workspace=desk, user=user, action="claim.create", summary="added a claim"
        ),
        membership=factories.a_membership(desk, role=Role.VIEWER),
        invitation=factories.an_invitation(desk),
        saved_search=SavedSearch.objects.create(
            workspace=desk, user=user, name="Market", query="q=market"
        ),
        webhook=webhook,
        delivery=factories.a_delivery(webhook),
    )


@pytest.fixture
def desk(db: None) -> Workspace:
    return factories.a_workspace(slug="desk", name="The desk")


@pytest.fixture
def viewer(desk: Workspace) -> Person:
    return member(desk, Role.VIEWER)


@pytest.fixture
def analyst(desk: Workspace) -> Person:
    return member(desk, Role.ANALYST)


@pytest.fixture
def reviewer(desk: Workspace) -> Person:
    return member(desk, Role.REVIEWER)


@pytest.fixture
def owner(desk: Workspace) -> Person:
    return member(desk, Role.OWNER)


@pytest.fixture
def outsider(desk: Workspace) -> Person:
    return an_outsider(desk)


@pytest.fixture
def world(desk: Workspace) -> World:
    """One object of each noun at `desk`, made by somebody who has left since."""
    return a_world(desk, factories.a_user("former"))
