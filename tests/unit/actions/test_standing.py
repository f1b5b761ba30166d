"""What was taken back counts for nothing: undo asks about what stands since, and leads back."""

from __future__ import annotations

from typing import Any

import pytest

from claims.actions import claim as claims
from claims.actions import link as links
from claims.actions import source, undo
from claims.actions.errors import NeedsConsent
from claims.actions.journal import Actor
from claims.actions.spans import SpanInput
from claims.models import Article, Change, Claim, Incident, Link, Side, Workspace
from claims.records import Relation, SpanRole
from tests import factories

pytestmark = pytest.mark.django_db

SAID = SpanInput(SpanRole.CONTENT, 0, 8)
LATER = SpanInput(SpanRole.CONTENT, 13, 19)


@pytest.fixture
def desk() -> Workspace:
    return factories.a_workspace()


@pytest.fixture
def one(desk: Workspace) -> Actor:
    return Actor(desk, factories.a_membership(desk, factories.a_user("one")).user)


@pytest.fixture
def other(desk: Workspace) -> Actor:
    return Actor(desk, factories.a_membership(desk, factories.a_user("other")).user)


@pytest.fixture
def article(desk: Workspace) -> Article:
    return factories.an_article(desk, status="in_progress")


@pytest.fixture
def incident(desk: Workspace) -> Incident:
    return factories.an_incident(desk)


@pytest.fixture
def claim(article: Article, incident: Incident) -> Claim:
    return factories.a_claim(article, incident=incident)


def newest() -> Change:
    change: Change = Change.objects.latest("id")
    return change


def edited(actor: Actor, claim: Claim, **values: Any) -> Change:
    claim.refresh_from_db()
    claims.edit(actor, claim, claim.version, values)
    return newest()


def deleted(actor: Actor, claim: Claim) -> Change:
    claim.refresh_from_db()
    claims.delete(actor, claim, claim.version)
    return newest()


def worded(actor: Actor, claim: Claim, *spans: SpanInput, **values: Any) -> Change:
    claim.refresh_from_db()
    claims.edit(actor, claim, claim.version, values, spans=spans)
    return newest()


def note(claim: Claim) -> str:
    claim.refresh_from_db()
    return claim.note


# -- what was taken back is no reason to ask ------------------------------------------------------


def test_an_edit_that_was_taken_back_is_no_change_since(
    one: Actor, other: Actor, claim: Claim
) -> None:
    mine = edited(one, claim, note="mine")
    undo.undo(other, edited(other, claim, note="theirs"))
    undo.undo(one, mine)
    assert note(claim) == ""


def test_an_edit_between_a_delete_and_its_redo_is_walked_back_without_a_question(
    one: Actor, other: Actor, claim: Claim
) -> None:
    undeleted = undo.undo(one, deleted(one, claim))
    edit = edited(other, claim, note="theirs")
    redone = undo.undo(one, undeleted, consent=True)
    undeleted = undo.undo(one, redone)
    assert note(claim) == "theirs"
    undo.undo(other, edit)
    undo.undo(one, undeleted)
    claim.refresh_from_db()
    assert claim.deleted_at


def test_a_redo_is_undone_to_what_was_before_it(one: Actor, other: Actor, claim: Claim) -> None:
    undone = undo.undo(one, edited(one, claim, note="mine"))
    edited(other, claim, note="theirs")
    redone = undo.undo(one, undone, consent=True)
    assert note(claim) == "mine"
    undo.undo(one, redone)
    assert note(claim) == "theirs"


def test_what_a_redo_brought_back_goes_with_it_again(
    one: Actor, other: Actor, article: Article, incident: Incident, claim: Claim
) -> None:
    rival = claims.create(
        one, article, {"source": source.NewSource("it"), "incident": incident}, [SAID]
    )
    made = newest()
    links.create(other, claim.uid, rival.uid, Relation.CONTRADICTS)
    redone = undo.undo(one, undo.undo(one, made, consent=True))
    assert Link.objects.kept().exists()
    undo.undo(one, redone)
    assert not Link.objects.kept().exists()


def test_what_stayed_behind_is_tried_again_once_its_hindrance_is_gone(one: Actor) -> None:
    side = source.save_side(one, Side(), {"name": "North", "color": 1})
    speaker = source.create(one, {"name": "A", "side": side})
    source.edit(one, speaker, speaker.version, {"side": None, "note": "left"})
    edit = newest()
    source.delete_side(one, side)
    hindrance = newest()
    redone = undo.undo(one, undo.undo(one, edit, consent=True))
    undone = undo.undo(one, redone)  # leaves the same behind, which was agreed to
    redone = undo.undo(one, undone)
    undo.undo(one, hindrance)
    undo.undo(one, redone)
    speaker.refresh_from_db()
    assert (speaker.side, speaker.note) == (side, "")


# -- what stands is -------------------------------------------------------------------------------


def test_what_others_set_to_the_same_is_theirs(one: Actor, other: Actor, claim: Claim) -> None:
    mine = edited(one, claim, note="so")
    edited(other, claim, note="not so")
    edited(other, claim, note="so")
    with pytest.raises(NeedsConsent, match="changed since"):
        undo.undo(one, mine)
    assert note(claim) == "so"


def test_an_undo_does_not_bring_back_what_was_taken_back_since(
    one: Actor, other: Actor, claim: Claim
) -> None:
    mine = edited(one, claim, note="mine", paraphrase="mine")
    theirs = edited(other, claim, note="")
    undo.undo(one, mine)  # the note is empty already
    with pytest.raises(NeedsConsent, match="changed since"):
        undo.undo(other, theirs)
    assert note(claim) == ""


def test_words_that_two_took_away_do_not_come_back_with_one_of_them(
    one: Actor, other: Actor, claim: Claim
) -> None:
    worded(one, claim, SAID, LATER)
    undone = undo.undo(one, worded(one, claim, LATER, note="mine"))
    theirs = worded(other, claim, LATER)
    undo.undo(one, undone, consent=True)
    with pytest.raises(NeedsConsent, match="changed since"):
        undo.undo(other, theirs)
    assert [span.start for span in claim.spans.all()] == [LATER.start]


@pytest.mark.parametrize("words", [[LATER], [SAID, LATER]])
def test_a_claim_with_other_words_since_is_asked_about(
    one: Actor, other: Actor, article: Article, words: list[SpanInput]
) -> None:
    made = claims.create(one, article, {"source": source.NewSource("it")}, [SAID])
    change = newest()
    worded(other, made, *words)
    with pytest.raises(NeedsConsent, match="changed since"):
        undo.undo(one, change)


def test_a_claim_with_other_words_since_it_came_back_is_asked_about(
    one: Actor, other: Actor, claim: Claim
) -> None:
    undone = undo.undo(one, deleted(one, claim))
    words = worded(other, claim, LATER)
    with pytest.raises(NeedsConsent, match="changed since"):
        undo.undo(one, undone)
    undo.undo(other, words)
    edited(other, claim, note="stands")  # so that the desk is not where it was
    undo.undo(other, newest())
    undo.undo(one, undone)
    assert not Claim.objects.kept().exists()


def test_a_source_with_other_names_since_is_asked_about(one: Actor, other: Actor) -> None:
    speaker = source.create(one, {"name": "A"}, ["B"])
    made = newest()
    source.edit(other, speaker, speaker.version, {}, ["B", "C"])
    with pytest.raises(NeedsConsent, match="changed since"):
        undo.undo(one, made)


def test_an_act_that_stands_again_is_no_change_since(
    one: Actor, other: Actor, claim: Claim
) -> None:
    first = edited(other, claim, paraphrase="theirs")
    mine = edited(one, claim, note="mine", kind="demand")
    undo.undo(other, undo.undo(other, first))
    edited(other, claim, translation="stands")
    undo.undo(one, mine)
    claim.refresh_from_db()
    assert (claim.note, claim.kind, claim.paraphrase) == ("", "factual", "theirs")
