"""Two incidents become one, ask first, and become two again."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from claims.actions import assessment as verdicts
from claims.actions import incident_merge, undo
from claims.actions.errors import Conflict, NeedsConsent
from claims.actions.journal import Actor
from claims.models import Assessment, Change, Claim, Comment, Incident, Position, Question
from claims.records import Aspect, Confidence, Relation, Role, State, Verdict
from tests import factories
from tests.factories import NOON
from tests.unit.actions.everything import everything, settle, there_and_back
from tests.unit.actions.reference import assert_as_the_reference_says
from tests.unit.actions.worlds import a_dispute

pytestmark = pytest.mark.django_db

CAUSE = "What caused the blast?"


@pytest.fixture
def actor() -> Actor:
    desk = factories.a_workspace()
    return Actor(desk, factories.a_membership(desk, factories.a_user("one"), Role.OWNER).user)


@pytest.fixture
def kept(actor: Actor) -> Incident:
    return factories.an_incident(actor.workspace, title="The raid")


@pytest.fixture
def other(actor: Actor) -> Incident:
    return factories.an_incident(actor.workspace, title="The strike")


def said(incident: Incident, **fields: Any) -> Claim:
    return factories.a_claim(factories.an_article(incident.workspace), incident=incident, **fields)


def merge(actor: Actor, kept: Incident, other: Incident, **how: Any) -> Incident:
    return incident_merge.merge(actor, kept, other, (kept.version, other.version), **how)


def asks(actor: Actor, kept: Incident, other: Incident) -> str:
    """What merging asks about; nothing is changed by asking."""
    before = everything()
    with pytest.raises(NeedsConsent) as caught:
        merge(actor, kept, other)
    assert everything() == before
    assert not Change.objects.exists()
    return " ".join(caught.value.losses)


def test_all_that_hangs_on_the_other_comes_along_under_its_own_uids(
    actor: Actor, kept: Incident, other: Incident
) -> None:
    one, two = said(other), said(other)
    link = factories.a_link(one, Relation.CONTRADICTS, two)
    answer = factories.a_position(factories.a_question(other, text=CAUSE))
    filing = factories.a_filing(one, answer)
    factories.a_question(kept)
    part = factories.an_incident(actor.workspace, parent=other)
    settle()
    before = everything()
    merge(actor, kept, other)
    for row in (one, two, link, answer.question, filing, part, other, answer):
        row.refresh_from_db()
    assert {row.incident for row in (one, two, link, answer.question)} == {kept}
    assert answer.question.order == 1
    assert filing.position == answer
    assert part.parent == kept
    assert other.deleted_at
    assert Change.objects.get().summary == f"merged the incident {other} into {kept}"
    assert_as_the_reference_says(kept.pk)
    assert Incident.objects.get(pk=kept.pk).state == State.DISPUTED.value
    there_and_back(actor, before)


def test_questions_and_answers_of_the_same_words_are_one(
    actor: Actor, kept: Incident, other: Incident
) -> None:
    here = factories.a_question(kept, text=CAUSE)
    strike = factories.a_position(here, text="Air strike")
    there = factories.a_question(other, text=CAUSE, is_key=True)
    strike_too = factories.a_position(there, text="Air strike")
    bomb = factories.a_position(there, text="Car bomb")
    factories.a_filing(said(kept), strike)
    same, different = said(other), said(other)
    filings = [factories.a_filing(same, strike_too), factories.a_filing(different, bomb)]
    settle()
    before = everything()
    merge(actor, kept, other, consent=True)
    for filing in filings:
        filing.refresh_from_db()
    bomb.refresh_from_db()
    here.refresh_from_db()
    assert [filing.position for filing in filings] == [strike, bomb]
    assert (bomb.question, bomb.order) == (here, 1)
    assert here.is_key
    assert list(kept.questions.kept()) == [here]
    assert list(Position.objects.kept().order_by("id")) == [strike, bomb]
    assert_as_the_reference_says(kept.pk)
    assert here.state == State.DISPUTED.value
    there_and_back(actor, before)


def test_it_asks_before_a_filing_ends_or_a_question_changes(
    actor: Actor, kept: Incident, other: Incident
) -> None:
    """A claim can be filed under both answers where one incident asks a question twice."""
    here = factories.a_position(
        factories.a_question(kept, text=CAUSE, aspect=Aspect.CAUSE.value), text="Bomb"
    )
    claim = said(other)
    twice = [
        factories.a_position(
            factories.a_question(other, text=CAUSE, exclusive=False), text="Bomb", competes=False
        )
        for _ in range(2)
    ]
    first, second = (factories.a_filing(claim, answer) for answer in twice)
    told = asks(actor, kept, other)
    assert "it asks about" in told
    assert "only one answer can be so" in told
    assert "The answer “Bomb” stays as it is here" in told
    assert f"This would end: {claim.source} filed under “{CAUSE}”: holds: Bomb, as" in told
    settle()
    before = everything()
    merge(actor, kept, other, consent=True)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.position, first.deleted_at) == (here, None)
    assert second.deleted_at
    assert_as_the_reference_says(kept.pk)
    there_and_back(actor, before)


def test_a_filing_that_is_there_stays(actor: Actor, kept: Incident, other: Incident) -> None:
    """As an import could leave it: one claim under the same answer of both incidents."""
    claim = said(other)
    filings = [
        factories.a_filing(
            claim, factories.a_position(factories.a_question(where, text="?"), text="A")
        )
        for where in (kept, other)
    ]
    assert "This would end" in asks(actor, kept, other)
    merge(actor, kept, other, consent=True)
    assert list(claim.filings.kept()) == filings[:1]


def test_it_says_which_questions_would_no_longer_count(
    actor: Actor, kept: Incident, other: Incident
) -> None:
    factories.a_question(kept, is_key=True)
    factories.a_question(other)
    assert f"{other.code} has no key question" in asks(actor, kept, other)
    assert f"{other.code} has no key question" in asks(actor, other, kept)


def test_details_are_taken_over_where_there_are_none(actor: Actor, kept: Incident) -> None:
    other = factories.an_incident(
        actor.workspace, occurred_from=factories.NOON, precision="minute", place="The bridge"
    )
    kept.place = "The market"
    kept.save()
    merge(actor, kept, other)
    kept.refresh_from_db()
    assert (kept.occurred_from, kept.precision) == (factories.NOON, "minute")
    assert (kept.place, kept.summary, kept.title) == ("The market", "", "The raid")


def test_no_incident_becomes_a_part_of_itself(
    actor: Actor, kept: Incident, other: Incident
) -> None:
    above = factories.an_incident(actor.workspace)
    other.parent = above
    other.save()
    between = factories.an_incident(actor.workspace, parent=other)
    beside = factories.an_incident(actor.workspace, parent=other)
    kept.parent = between
    kept.save()
    settle()
    before = everything()
    merge(actor, kept, other)
    parents = {row.pk: row.parent for row in Incident.objects.kept()}
    assert parents == {above.pk: None, between.pk: above, beside.pk: kept, kept.pk: between}
    there_and_back(actor, before)


def test_what_it_was_a_part_of_can_be_merged_into_it(
    actor: Actor, kept: Incident, other: Incident
) -> None:
    above = factories.an_incident(actor.workspace)
    Incident.objects.filter(pk=other.pk).update(parent=above)
    Incident.objects.filter(pk=kept.pk).update(parent=other)
    settle()
    before = everything()
    merge(actor, kept, other)
    kept.refresh_from_db()
    assert kept.parent == above
    there_and_back(actor, before)


def test_its_own_part_can_be_merged_into_it(actor: Actor, kept: Incident) -> None:
    part = factories.an_incident(actor.workspace, parent=kept)
    below = factories.an_incident(actor.workspace, parent=part)
    merge(actor, kept, part)
    below.refresh_from_db()
    assert below.parent == kept


def test_a_whole_dispute_goes_there_and_back(actor: Actor) -> None:
    kept, other = (a_dispute(actor.workspace) for _ in range(2))
    Question.objects.update(text=CAUSE)
    for position in Position.objects.order_by("id"):
        position.text = f"Answer {position.pk % 2}"
        position.save()
    settle()
    before = everything()
    merge(actor, kept, other, consent=True)
    assert_as_the_reference_says(kept.pk)
    assert_as_the_reference_says(other.pk)
    there_and_back(actor, before)


def test_what_was_made_since_is_told_when_it_would_go(
    actor: Actor, kept: Incident, other: Incident
) -> None:
    one, two = said(kept), said(other)
    merge(actor, kept, other)
    one.refresh_from_db()
    two.refresh_from_db()
    factories.a_link(one, Relation.CONTRADICTS, two)
    change = Change.objects.latest("id")
    with pytest.raises(NeedsConsent, match="Made since, and would go too: the link"):
        undo.undo(actor, change)
    undo.undo(actor, change, consent=True)
    two.refresh_from_db()
    assert two.incident == other
    assert_as_the_reference_says(kept.pk)
    assert_as_the_reference_says(other.pk)


@pytest.mark.parametrize("stale", [0, 1])
def test_a_stale_merge_is_refused(
    actor: Actor, kept: Incident, other: Incident, stale: int
) -> None:
    versions = [1, 1]
    versions[stale] = 2
    with pytest.raises(Conflict) as caught:
        incident_merge.merge(actor, kept, other, (versions[0], versions[1]))
    assert caught.value.current == (kept, other)[stale]
    assert not Change.objects.exists()


def test_nothing_is_merged_with_itself(actor: Actor, kept: Incident) -> None:
    with pytest.raises(ValidationError, match="with itself"):
        merge(actor, kept, kept)


def test_a_merge_that_is_gone_or_undone_can_be_looked_at_again(
    actor: Actor, kept: Incident, other: Incident
) -> None:
    said(other)
    merge(actor, kept, other)
    with pytest.raises(Conflict):
        merge(actor, kept, other)


def test_comments_come_along_and_those_deleted_stay(
    actor: Actor, kept: Incident, other: Incident
) -> None:
    here = factories.a_question(kept, text=CAUSE)
    there, alone = (factories.a_question(other, text=text) for text in (CAUSE, "When?"))
    factories.a_comment(kept)
    comments = [factories.a_comment(subject) for subject in (other, there, alone, said(other))]
    deleted = factories.a_comment(other, deleted_at=NOON)
    settle()
    before = everything()
    merge(actor, kept, other)
    for comment in (*comments, deleted):
        comment.refresh_from_db()
    assert [comment.about for comment in comments[:3]] == [kept, here, alone]
    assert deleted.about == other
    assert Comment.objects.of_incident(kept).count() == 5
    there_and_back(actor, before)


def test_verdicts_on_what_goes_are_withdrawn_and_stay_readable(
    actor: Actor, kept: Incident, other: Incident
) -> None:
    """Also the replaced ones: without its successor, one of them would count again."""
    here = factories.a_question(kept, text=CAUSE)
    bomb = factories.a_position(here, text="Car bomb")
    there = factories.a_question(other, text=CAUSE)
    bomb_too = factories.a_position(there, text="Car bomb")
    whole = factories.an_assessment(other)
    first = factories.an_assessment(there)
    finds = {"verdict": Verdict.LEANS.value, "position": bomb_too}
    second = factories.an_assessment(there, supersedes=first, reviewer=first.reviewer, **finds)
    factories.an_assessment(there)
    ours = factories.an_assessment(here)
    factories.a_filing(said(other), bomb_too)
    settle()
    told = asks(actor, kept, other)
    assert f"The verdict on “{other}” would be withdrawn" in told
    assert f"The 2 verdicts on “{CAUSE}” would be withdrawn" in told
    assert str(first.reviewer) not in told
    before = everything()
    merge(actor, kept, other, consent=True)
    for verdict in (whole, first, second, ours):
        verdict.refresh_from_db()
    assert [verdict.about for verdict in (whole, first, second)] == [kept, here, here]
    assert second.position == bomb
    assert {verdict.withdrawn_by for verdict in (whole, first, second)} == {actor.user}
    assert list(Assessment.objects.current()) == [ours]
    assert ours.evidence_changed
    kept.refresh_from_db()
    assert kept.verdicts == 1
    there_and_back(actor, before)


def test_verdicts_on_a_question_that_comes_along_still_count(
    actor: Actor, kept: Incident, other: Incident
) -> None:
    answer = factories.a_position(factories.a_question(other, text=CAUSE))
    factories.a_filing(said(other), answer)
    verdict = factories.an_assessment(answer.question)
    settle()
    before = everything()
    merge(actor, kept, other)
    verdict.refresh_from_db()
    assert verdict.place == kept
    assert verdict.evidence_changed
    assert list(Assessment.objects.current()) == [verdict]
    there_and_back(actor, before)


def test_a_merge_undone_gives_nobody_two_verdicts(
    actor: Actor, kept: Incident, other: Incident
) -> None:
    """Who decides anew after a merge has that verdict there, and the old one back here."""
    old = factories.an_assessment(other, reviewer=actor.user)
    said(other)
    settle()
    merge(actor, kept, other, consent=True)
    change = Change.objects.latest("id")
    finding = verdicts.Finding(Verdict.UNRESOLVED, Confidence.LOW, "Both are one.")
    new = verdicts.record(actor, kept, finding)
    undo.undo(actor, change)
    assert verdicts.head(actor, other) == old
    assert verdicts.head(actor, kept) == new
    new.refresh_from_db()
    assert new.evidence_changed


POINTERS = {("Claim", "incident"), ("Question", "incident"), ("Link", "incident")}
POINTERS |= {("Incident", "parent"), ("Assessment", "incident"), ("Comment", "incident")}


def test_whatever_points_to_an_incident_is_merged() -> None:
    """Who adds a pointer decides here what a merge and a split do with it."""
    found = {
        (relation.related_model.__name__, relation.field.name)
        for relation in Incident._meta.related_objects
    }
    assert found == POINTERS
