"""Comments by their actions."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from claims.actions import claim as claims
from claims.actions import comment as comments
from claims.actions import undo
from claims.actions.errors import Conflict
from claims.actions.journal import Actor
from claims.models import Change, Claim, Comment, Mention, Workspace
from claims.records import Role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Workspace:
    return factories.a_workspace()


@pytest.fixture
def one(desk: Workspace) -> Actor:
    return Actor(desk, factories.a_membership(desk, factories.a_user("one")).user)


@pytest.fixture
def other(desk: Workspace) -> Actor:
    return Actor(desk, factories.a_membership(desk, factories.a_user("Other"), Role.OWNER).user)


@pytest.fixture
def claim(desk: Workspace) -> Claim:
    return factories.a_claim(factories.an_article(desk), incident=factories.an_incident(desk))


def test_each_noun_can_be_commented_on(one: Actor, claim: Claim) -> None:
    incident: Any = claim.incident
    for subject in (claim, factories.a_question(incident), incident, claim.article):
        comment = comments.create(one, subject, " Why? ")
        assert (comment.about, comment.text, comment.author) == (subject, "Why?", one.user)
    assert list(Comment.objects.of_incident(incident).values_list("pk", flat=True)) == list(
        Comment.objects.exclude(article__isnull=False).values_list("pk", flat=True)
    )
    claims.delete(one, claim, claim.version)
    assert Comment.objects.of_incident(incident).count() == 2
    claim.refresh_from_db()
    with pytest.raises(ValidationError, match="Its claim is deleted"):
        comments.create(one, claim, "Why?")


def test_a_comment_is_on_one_thing(claim: Claim) -> None:
    for wrong in ({"article": claim.article}, {"claim": None}, {"text": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            factories.a_comment(claim, **wrong)


def test_nothing_is_no_comment(one: Actor, claim: Claim) -> None:
    with pytest.raises(ValidationError) as told:
        comments.create(one, claim, " \n ")
    assert list(told.value.message_dict) == ["text"]
    assert not Change.objects.exists()


@pytest.mark.parametrize(
    ("text", "members", "strangers"),
    [
        ("@one and @OTHER, look.", {"one", "Other"}, []),
        ("Ask @one. Or @one!", {"one"}, []),
        ("Write to desk@one or a@Other.org", set(), []),
        ("@nobody, @one-", {"one"}, ["nobody"]),
        ("@ one", set(), []),
    ],
)
def test_who_is_named(
    text: str, members: set[str], strangers: list[str], one: Actor, other: Actor
) -> None:
    found, unknown = comments.named_in(one, text)
    assert {user.username for user in found} == members
    assert unknown == strangers


def test_mentions_follow_the_words_and_come_back_with_them(
    one: Actor, other: Actor, claim: Claim
) -> None:
    def named() -> list[str]:
        return list(Mention.objects.values_list("user__username", flat=True))

    comment = comments.create(one, claim, "@Other, is that so?")
    assert named() == ["Other"]
    comments.edit(one, comment, comment.version, "@one asks: is that so?")
    assert named() == ["one"]
    edited = Change.objects.latest("id")
    undo.undo(one, edited)
    assert named() == ["Other"]
    comment.refresh_from_db()
    assert comment.text == "@Other, is that so?"
    undo.undo(one, Change.objects.get(action="comment.create"), consent=True)
    comment.refresh_from_db()
    assert comment.deleted_at is not None
    assert named() == []


def test_only_the_author_edits_and_deletes(one: Actor, other: Actor, claim: Claim) -> None:
    comment = comments.create(one, claim, "Why?")
    with pytest.raises(ValidationError, match="Only who wrote"):
        comments.edit(other, comment, 1, "Because.")
    with pytest.raises(ValidationError, match="Only who wrote"):
        comments.delete(other, comment, 1)
    comments.edit(one, comment, 1, "Why so?")
    with pytest.raises(Conflict):
        comments.edit(one, comment, 1, "Why not?")
    with pytest.raises(Conflict):
        comments.delete(one, comment, 1)
    comments.delete(one, comment, 2)
    assert not Comment.objects.kept().exists()
    undo.undo(one, Change.objects.latest("id"))
    assert Comment.objects.kept().exists()


def test_anybody_resolves_and_opens_again(one: Actor, other: Actor, claim: Claim) -> None:
    comment = comments.create(one, claim, "Why?")
    comment = comments.resolve(other, comment, 1)
    assert comment.resolved_by == other.user
    assert comment.resolved_at is not None
    again = comments.resolve(one, comment, 2)
    assert again.resolved_by == other.user
    opened = comments.resolve(one, comment, 2, resolved=False)
    assert (opened.resolved_at, opened.resolved_by) == (None, None)
    undo.undo(one, Change.objects.latest("id"))
    comment.refresh_from_db()
    assert comment.resolved_by == other.user
    with pytest.raises(Conflict):
        comments.resolve(one, comment, 1)
