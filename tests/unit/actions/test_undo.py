"""Undo puts back exactly what an act did, asks before it takes more, and never half-does it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from claims.actions import article as articles
from claims.actions import claim as claims
from claims.actions import incident as incidents
from claims.actions import link as links
from claims.actions import member, source, undo
from claims.actions.errors import NeedsConsent
from claims.actions.incident import NewIncident
from claims.actions.journal import Actor
from claims.actions.link import FilingInput
from claims.actions.spans import SpanInput
from claims.models import (
    Alias,
    Article,
    Change,
    Claim,
    Filing,
    Incident,
    Link,
    Membership,
    Position,
    Question,
    Side,
    Source,
    Workspace,
)
from claims.records import ClaimKind, ClaimStatus, Extent, Relation, Role, SpanRole, Stance, State
from tests import factories

pytestmark = pytest.mark.django_db

SAID = SpanInput(SpanRole.CONTENT, 0, 8)
LATER = SpanInput(SpanRole.CONTENT, 13, 19)


@pytest.fixture
def desk() -> Workspace:
    return factories.a_workspace()


@pytest.fixture
def one(desk: Workspace) -> Actor:
    return Actor(desk, factories.a_membership(desk, factories.a_user("one"), Role.OWNER).user)


@pytest.fixture
def other(desk: Workspace) -> Actor:
    return Actor(desk, factories.a_membership(desk, factories.a_user("other")).user)


@pytest.fixture
def article(desk: Workspace) -> Article:
    return factories.an_article(desk, status="in_progress")


@pytest.fixture
def incident(desk: Workspace) -> Incident:
    return factories.an_incident(desk)


def said(actor: Actor, article: Article, **values: Any) -> Claim:
    values.setdefault("source", source.NewSource("the command"))
    return claims.create(actor, article, values, [SAID])


def newest() -> Change:
    change: Change = Change.objects.latest("id")
    return change


def back(actor: Actor, *, consent: bool = False) -> Change:
    """Undoes what the actor did last."""
    change = undo.latest(actor)
    assert change is not None
    return undo.undo(actor, change, consent=consent)


def asks(actor: Actor, change: Change) -> str:
    """What undoing asks about; nothing is changed by asking."""
    count = Change.objects.count()
    with pytest.raises(NeedsConsent) as caught:
        undo.undo(actor, change)
    assert Change.objects.count() == count
    return " ".join(caught.value.losses)


def refuses(actor: Actor, change: Change) -> str:
    count = Change.objects.count()
    with pytest.raises(ValidationError) as caught:
        undo.undo(actor, change, consent=True)
    assert Change.objects.count() == count
    return " ".join(caught.value.messages)


# -- create, edit, delete --------------------------------------------------------------------------


def test_a_claim_that_was_made_goes_with_all_that_was_made_with_it(
    one: Actor, article: Article, incident: Incident
) -> None:
    answer = factories.a_position(factories.a_question(incident))
    claim = claims.create(
        one,
        article,
        {"source": source.NewSource("a medic", named=False), "incident": incident},
        [SAID],
        figures=[{"measure": "killed", "as_stated": "dozens"}],
        filings=[FilingInput(answer)],
    )
    back(one)
    claim.refresh_from_db()
    assert claim.deleted_at
    assert not Filing.objects.kept().exists()
    assert not Source.objects.kept().filter(name="a medic").exists()
    assert not claim.spans.exists()
    assert not claim.figures.exists()


def test_an_edit_is_put_back_and_a_redo_does_it_again(one: Actor, article: Article) -> None:
    claim = said(one, article, note="first")
    claim = claims.edit(one, claim, claim.version, {"note": "second"}, spans=[LATER])
    undone = back(one)
    claim.refresh_from_db()
    assert claim.note == "first"
    assert [span.quote for span in claim.spans.all()] == ["A strike"]
    assert undone.is_undo
    redone = undo.undo(one, undone)
    claim.refresh_from_db()
    assert claim.note == "second"
    assert [(span.start, span.end) for span in claim.spans.all()] == [(13, 19)]
    assert not redone.is_undo
    assert redone.action == "redo"


def test_a_deleted_claim_comes_back_with_its_links_and_filings(
    one: Actor, article: Article, incident: Incident
) -> None:
    answer = factories.a_position(factories.a_question(incident))
    claim, rival = (said(one, article, incident=incident) for _ in range(2))
    link = links.create(one, claim.uid, rival.uid, Relation.CONTRADICTS)
    filing = links.file(one, claim.uid, FilingInput(answer))
    claims.delete(one, claim, claim.version)
    assert not Link.objects.kept().exists()
    back(one)
    assert Claim.objects.kept().filter(pk=claim.pk).exists()
    assert list(Link.objects.kept()) == [link]
    assert list(Filing.objects.kept()) == [filing]


def test_links_and_filings_go_change_back_and_return(
    one: Actor, article: Article, incident: Incident
) -> None:
    answer = factories.a_position(factories.a_question(incident))
    claim, rival = (said(one, article, incident=incident) for _ in range(2))
    link = links.create(one, claim.uid, rival.uid, Relation.CONTRADICTS, basis="cause")
    link = links.edit(one, link, link.version, relation=Relation.UNDERCUTS, note="a note")
    back(one)
    link.refresh_from_db()
    assert (link.relation, link.basis, link.note) == ("contradicts", "cause", "")
    back(one)
    assert not Link.objects.kept().exists()
    filing = links.file(one, claim.uid, FilingInput(answer))
    filing = links.edit_filing(
        one, filing, filing.version, stance=Stance.REJECTS, extent=Extent.IN_PART
    )
    back(one)
    filing.refresh_from_db()
    assert (filing.stance, filing.extent) == ("holds", "fully")
    links.delete_filing(one, filing, filing.version)
    back(one)
    assert Filing.objects.kept().filter(pk=filing.pk).exists()


def test_states_are_right_at_once(one: Actor, article: Article, incident: Incident) -> None:
    claim, rival = (
        said(one, article, incident=incident, source=factories.a_source(one.workspace))
        for _ in range(2)
    )
    links.create(one, claim.uid, rival.uid, Relation.CONTRADICTS)
    incident.refresh_from_db()
    assert incident.state == State.DISPUTED.value
    undone = back(one)
    incident.refresh_from_db()
    claim.refresh_from_db()
    assert incident.state == State.UNCORROBORATED.value
    assert not claim.disputed
    undo.undo(one, undone)
    incident.refresh_from_db()
    assert incident.state == State.DISPUTED.value


def test_paragraphs_read_by_undo_keep_their_first_time(one: Actor, article: Article) -> None:
    revision = article.revisions.get()
    articles.mark_read(one, revision, [1])
    articles.mark_read(one, revision, [1], read=False)
    back(one)
    assert revision.paragraphs_read.count() == 1
    # Nothing changed since, so that the first act can be undone without a question.
    back(one)
    assert not revision.paragraphs_read.exists()


def test_coordinates_do_not_look_changed(one: Actor) -> None:
    made = incidents.create(one, {"title": "A strike"})
    incidents.edit(one, made, made.version, {"latitude": "34.37", "longitude": "41.1"})
    back(one)
    made.refresh_from_db()
    assert made.latitude is None


# -- order: undo, redo, twice ---------------------------------------------------------------------


def test_undo_walks_back_and_an_undo_is_not_walked_over(one: Actor, article: Article) -> None:
    claim = said(one, article, note="1")
    for note in ("2", "3"):
        claim = claims.edit(one, claim, claim.version, {"note": note})
    notes = []
    for _ in range(2):
        back(one)
        claim.refresh_from_db()
        notes.append(claim.note)
    assert notes == ["2", "1"]
    back(one)
    assert undo.latest(one) is None


def test_what_was_undone_is_not_undone_twice(one: Actor, article: Article) -> None:
    said(one, article)
    made = newest()
    undo.undo(one, made)
    assert "already" in refuses(one, made)


def test_a_redo_can_be_undone_again(one: Actor, article: Article) -> None:
    claim = said(one, article)
    redone = undo.undo(one, back(one))
    assert undo.latest(one) == redone
    undo.undo(one, redone)
    claim.refresh_from_db()
    assert claim.deleted_at
    assert newest().summary.startswith("undid: added a claim: the command says it is so")


def test_versions_only_grow(one: Actor, article: Article) -> None:
    claim = said(one, article)
    versions = [claim.version]
    claims.edit(one, claim, claim.version, {}, spans=[LATER])  # the words alone
    for _ in range(2):
        claim.refresh_from_db()
        versions.append(claim.version)
        undo.undo(one, newest())
    claim.refresh_from_db()
    versions.append(claim.version)
    assert versions == sorted(set(versions))


# -- others did something since -------------------------------------------------------------------


def test_later_work_on_other_columns_stays_without_a_question(
    one: Actor, other: Actor, article: Article
) -> None:
    claim = said(one, article)
    claim = claims.edit(one, claim, claim.version, {"note": "mine"})
    claims.edit(other, claim, claim.version, {"paraphrase": "theirs"})
    back(one)
    claim.refresh_from_db()
    assert (claim.note, claim.paraphrase) == ("", "theirs")


def test_it_asks_before_it_takes_back_what_others_changed_since(
    one: Actor, other: Actor, article: Article
) -> None:
    claim = said(one, article, note="before")
    claim = claims.edit(one, claim, claim.version, {"note": "mine"})
    mine = newest()
    claims.edit(other, claim, claim.version, {"note": "theirs"})
    assert "changed since" in asks(one, mine)
    undo.undo(one, mine, consent=True)
    claim.refresh_from_db()
    assert claim.note == "before"


def test_words_are_put_back_as_a_whole(one: Actor, other: Actor, article: Article) -> None:
    claim = said(one, article)
    claim = claims.edit(one, claim, claim.version, {}, spans=[LATER])
    mine = newest()
    third = SpanInput(SpanRole.CONTENT, 20, 26)
    claims.edit(other, claim, claim.version, {}, spans=[third])
    assert "changed since" in asks(one, mine)
    undo.undo(one, mine, consent=True)
    assert [span.start for span in claim.spans.all()] == [0]


def test_a_claim_is_never_left_without_words(one: Actor, other: Actor, article: Article) -> None:
    claim = said(one, article)
    claim = claims.add_span(one, claim, claim.version, LATER)
    mine = newest()
    claims.edit(other, claim, claim.version, {}, spans=[LATER])  # what was there first goes
    asks(one, mine)
    undo.undo(one, mine, consent=True)
    assert [span.start for span in claim.spans.all()] == [0]


def test_undoing_a_claim_asks_about_what_was_linked_to_it_since(
    one: Actor, other: Actor, article: Article, incident: Incident
) -> None:
    claim = said(one, article, incident=incident)
    made = newest()
    rival = said(other, article, incident=incident)
    link = links.create(other, rival.uid, claim.uid, Relation.CONTRADICTS)
    assert "would go too" in asks(one, made)
    undone = undo.undo(one, made, consent=True)
    assert not Link.objects.kept().exists()
    undo.undo(one, undone)
    assert list(Link.objects.kept()) == [link]


def test_taking_a_claim_out_of_its_incident_asks_about_its_filings(
    one: Actor, other: Actor, article: Article, incident: Incident
) -> None:
    answer = factories.a_position(factories.a_question(incident))
    claim, rival = said(one, article), said(one, article, incident=incident)
    links.create(one, claim.uid, rival.uid, Relation.CONTRADICTS)
    linked = newest()
    links.file(other, claim.uid, FilingInput(answer))
    assert "would go too: the filing" in asks(one, linked)
    undo.undo(one, linked, consent=True)
    claim.refresh_from_db()
    assert claim.incident is None
    assert not Filing.objects.kept().exists()


def test_a_claim_that_became_a_fact_and_was_filed(
    one: Actor, article: Article, incident: Incident
) -> None:
    answer = factories.a_position(factories.a_question(incident))
    claim = factories.a_claim(article, incident=incident, kind=ClaimKind.EVALUATIVE.value)
    claims.edit(one, claim, claim.version, {"kind": ClaimKind.FACTUAL})
    edited = newest()
    links.file(one, claim.uid, FilingInput(answer))
    asks(one, edited)
    undo.undo(one, edited, consent=True)
    claim.refresh_from_db()
    assert claim.kind == "evaluative"
    assert not Filing.objects.kept().exists()


def test_an_edit_of_what_is_deleted_by_now_waits_for_that(
    one: Actor, other: Actor, article: Article
) -> None:
    claim = said(one, article)
    claim = claims.edit(one, claim, claim.version, {"note": "mine"})
    mine = newest()
    claims.delete(other, claim, claim.version)
    assert "deleted since" in refuses(one, mine)
    claim.refresh_from_db()
    assert claim.deleted_at


def test_a_source_that_others_use_stays_when_the_claim_that_made_it_goes(
    one: Actor, other: Actor, article: Article
) -> None:
    claim = said(one, article)
    made = newest()
    theirs = said(other, article, source=claim.source)
    assert "stays" in asks(one, made)
    undo.undo(one, made, consent=True)
    claim.refresh_from_db()
    theirs.refresh_from_db()
    assert claim.deleted_at
    assert theirs.deleted_at is None
    assert Source.objects.kept().filter(pk=claim.source_id).exists()


def test_an_incident_that_others_use_stays_whole(
    one: Actor, other: Actor, article: Article
) -> None:
    one.workspace.question_templates = [{"text": "What was hit?", "positions": ["A market"]}]
    one.workspace.save()
    claim = said(one, article, incident=NewIncident("A strike"))
    made = newest()
    said(other, article, incident=claim.incident)
    undo.undo(one, made, consent=True)
    assert Incident.objects.kept().filter(pk=claim.incident_id).exists()
    assert Question.objects.kept().count() == 1
    assert Position.objects.kept().count() == 1


def test_answers_made_since_go_with_their_question_and_return(
    one: Actor, other: Actor, incident: Incident
) -> None:
    question = incidents.add_question(one, incident, {"text": "Why?"}, [])
    made = newest()
    incidents.add_position(other, question, {"text": "Because"})
    assert "“Because”" in asks(one, made)
    undone = undo.undo(one, made, consent=True)
    assert not Position.objects.kept().exists()
    undo.undo(one, undone)
    assert Position.objects.kept().count() == 1


def test_a_question_under_which_something_is_filed_is_not_taken_away(
    one: Actor, other: Actor, article: Article, incident: Incident
) -> None:
    question = incidents.add_question(one, incident, {"text": "Why?"}, ["Because"])
    made = newest()
    claim = said(other, article, incident=incident)
    links.file(other, claim.uid, FilingInput(question.positions.get()))
    assert "filed under it" in refuses(one, made)
    assert Filing.objects.kept().exists()


def test_an_incident_with_parts_is_not_taken_away(one: Actor) -> None:
    whole = incidents.create(one, {"title": "The raid"})
    made = newest()
    incidents.create(one, {"title": "The second strike", "parent": whole})
    assert "parts" in refuses(one, made)


def test_nothing_is_put_above_itself(one: Actor) -> None:
    above, below = (incidents.create(one, {"title": title}) for title in "ab")
    below = incidents.edit(one, below, below.version, {"parent": above})
    below = incidents.edit(one, below, below.version, {"parent": None})
    taken_out = newest()
    incidents.edit(one, above, above.version, {"parent": below})
    assert "above itself" in refuses(one, taken_out)


# -- what has lost its place ---------------------------------------------------------------------


def test_a_taken_code_says_the_way_out_and_then_it_works(one: Actor) -> None:
    first = incidents.create(one, {"title": "First", "code": "A-1"})
    incidents.delete(one, first, first.version)
    deleted = newest()
    second = incidents.create(one, {"title": "Second", "code": "A-1"})
    assert "give that one another" in refuses(one, deleted)
    incidents.edit(one, second, second.version, {"code": "A-2"})
    undo.undo(one, deleted)
    first.refresh_from_db()
    assert first.deleted_at is None


def test_a_link_that_was_made_again_is_not_doubled(
    one: Actor, article: Article, incident: Incident
) -> None:
    claim, rival = (said(one, article, incident=incident) for _ in range(2))
    link = links.create(one, claim.uid, rival.uid, Relation.CONTRADICTS)
    links.delete(one, link, link.version)
    deleted = newest()
    links.create(one, rival.uid, claim.uid, Relation.CONTRADICTS)
    assert "has its place" in refuses(one, deleted)


def test_a_side_that_is_gone_is_not_put_back_on_a_source(one: Actor) -> None:
    side = source.save_side(one, Side(), {"name": "North", "color": 1})
    speaker = source.create(one, {"name": "A", "side": side})
    source.edit(one, speaker, speaker.version, {"side": None, "note": "left"}, ["B"])
    edited = newest()
    source.delete_side(one, side)
    assert "is gone" in asks(one, edited)
    undo.undo(one, edited, consent=True)
    speaker.refresh_from_db()
    assert (speaker.side, speaker.note) == (None, "")
    assert not Alias.objects.exists()


def test_a_side_in_use_is_not_taken_away(one: Actor) -> None:
    side = source.save_side(one, Side(), {"name": "North", "color": 1})
    made = newest()
    source.create(one, {"name": "A", "side": side})
    assert "in use" in refuses(one, made)


def test_an_article_with_claims_is_not_taken_away(one: Actor, other: Actor) -> None:
    upload = articles.keep_upload(one, "a.txt", "text/plain", b"A strike hit.")
    made = articles.freeze(one, upload, "A strike hit.", "utf-8", {"title": "A"})
    change = newest()
    said(other, made)
    assert "still has claims" in refuses(one, change)
    made.refresh_from_db()
    assert made.deleted_at is None


def test_half_of_a_range_is_not_left_behind(one: Actor, article: Article) -> None:
    claim = said(one, article)
    claim = claims.edit(one, claim, claim.version, {"said_from": "2016-12-07"})
    first = newest()
    claims.edit(one, claim, claim.version, {"said_to": "2016-12-08"})
    assert "stays as it is" in refuses(one, first)


# -- seats and settings ---------------------------------------------------------------------------


def test_undoing_seats_and_settings_needs_what_doing_them_needs(one: Actor, other: Actor) -> None:
    member.add(one, "third", Role.VIEWER)
    assert undo.needs(one, newest()) == {"undo.own", "members"}
    assert undo.needs(other, newest()) == {"undo.any", "members"}
    assert undo.needs(one, undo.undo(one, newest())) == {"undo.own", "members"}
    member.edit_workspace(one, {"name": "Another"})
    assert undo.needs(one, newest()) == {"undo.own", "settings"}


def test_undoing_an_approval_is_for_those_who_approve(one: Actor, article: Article) -> None:
    claim = said(one, article)
    assert undo.needs(one, newest()) == {"undo.own"}
    claims.set_status(one, claim, claim.version, ClaimStatus.APPROVED)
    assert undo.needs(one, newest()) == {"undo.own", "claim.approve"}


def test_a_seat_comes_back_and_an_owner_stays(one: Actor, other: Actor) -> None:
    theirs = Membership.objects.get(user=other.user)
    member.set_role(one, theirs, Role.OWNER)
    promoted = newest()
    member.remove(other, Membership.objects.get(user=one.user))
    assert "needs an owner" in refuses(other, promoted)
    back(other)
    assert Membership.objects.get(user=one.user).role == Role.OWNER.value


def test_opening_a_desk_is_not_undone_by_a_key(one: Actor) -> None:
    desk = member.create_workspace(one.user, {"slug": "new-desk", "name": "New"})
    actor = Actor(desk, one.user)
    assert undo.latest(actor) is None
    assert refuses(actor, newest())


def test_settings_are_put_back(one: Actor) -> None:
    member.edit_workspace(one, {"dozens_from": 12, "name": "Other"})
    back(one)
    one.workspace.refresh_from_db()
    assert one.workspace.dozens_from == 24


# -- done again, and undone again ----------------------------------------------------------------


def test_what_was_linked_after_a_redo_goes_with_the_next_undo(
    one: Actor, other: Actor, article: Article, incident: Incident
) -> None:
    claim = said(one, article, incident=incident)
    redone = undo.undo(one, back(one))
    rival = said(other, article, incident=incident)
    links.create(other, rival.uid, claim.uid, Relation.CONTRADICTS)
    assert "would go too" in asks(one, redone)
    undo.undo(one, redone, consent=True)
    assert not Link.objects.kept().exists()


def test_what_was_deleted_since_is_not_undone_in_part(
    one: Actor, other: Actor, article: Article
) -> None:
    claim = said(one, article)
    made = newest()
    claim = claims.edit(one, claim, claim.version, {"note": "n"}, spans=[LATER])
    edited = newest()
    claims.delete(other, claim, claim.version)
    assert "deleted since" in refuses(one, made)
    assert "deleted since" in refuses(one, edited)
    assert [span.start for span in claim.spans.all()] == [LATER.start]


def test_what_an_undo_left_as_it_was_is_tried_again_the_next_time(
    one: Actor, other: Actor, article: Article
) -> None:
    claim = said(one, article)
    claim = claims.edit(one, claim, claim.version, {"note": "mine", "paraphrase": "mine"})
    mine = newest()
    claims.edit(other, claim, claim.version, {"note": ""})
    theirs = newest()
    undone = undo.undo(one, mine, consent=True)  # the note is empty already
    redone = undo.undo(one, undone)
    undo.undo(other, theirs)
    undo.undo(one, redone)
    claim.refresh_from_db()
    assert (claim.note, claim.paraphrase) == ("", "")
