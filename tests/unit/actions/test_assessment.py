"""Verdicts by their actions: what is refused, who seconds whom, and what touches the evidence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from claims.actions import assessment as verdicts
from claims.actions import claim as claims
from claims.actions import incident as incidents
from claims.actions import link as links
from claims.actions import rules, source, undo
from claims.actions.assessment import Finding
from claims.actions.errors import NeedsConsent
from claims.actions.journal import Actor
from claims.actions.link import FilingInput
from claims.actions.spans import SpanInput
from claims.models import (
    Assessment,
    AssessmentClaim,
    Change,
    Claim,
    Incident,
    Position,
    Question,
    Workspace,
)
from claims.records import (
    ClaimKind,
    ClaimStatus,
    Confidence,
    Extent,
    Likelihood,
    Relation,
    Role,
    SpanRole,
    Stance,
    Verdict,
)
from tests import factories
from tests.unit.actions.reference import assert_as_the_reference_says

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Workspace:
    return factories.a_workspace()


def seated(desk: Workspace, name: str) -> Actor:
    user = factories.a_user(name)
    factories.a_membership(desk, user, Role.REVIEWER)
    return Actor(desk, user)


@pytest.fixture
def one(desk: Workspace) -> Actor:
    return seated(desk, "one")


@pytest.fixture
def other(desk: Workspace) -> Actor:
    return seated(desk, "other")


@pytest.fixture
def incident(desk: Workspace) -> Incident:
    return factories.an_incident(desk)


@pytest.fixture
def question(incident: Incident) -> Question:
    return factories.a_question(incident, is_key=True)


@pytest.fixture
def strike(question: Question) -> Position:
    return factories.a_position(question, text="Air strike")


@pytest.fixture
def bomb(question: Question) -> Position:
    return factories.a_position(question, text="Car bomb")


@pytest.fixture
def claim(desk: Workspace, incident: Incident, strike: Position) -> Claim:
    claim = factories.a_claim(factories.an_article(desk), incident=incident)
    factories.a_filing(claim, strike)
    return claim


def unsure(**instead: Any) -> Finding:
    return Finding(Verdict.UNRESOLVED, Confidence.LOW, "Two accounts.")._replace(**instead)


def leaning(position: Position, **instead: Any) -> Finding:
    finding = Finding(Verdict.LEANS, Confidence.MODERATE, "Two sides say so.", position)
    return finding._replace(**instead)


def changed(subject: Question | Incident) -> list[str]:
    """What has changed since the newest verdict, and that all that is stored agrees with it."""
    row: Assessment = Assessment.objects.of(subject).latest("id")
    found = [change.summary for change in row.changes_since.order_by("id")]
    assert row.evidence_changed == bool(found)
    place = row.place
    place.refresh_from_db()
    assert_as_the_reference_says(place.pk)
    return found


def waiting(question: Question) -> bool:
    """Whether the incident is in the list of those that wait for a second reviewer."""
    return Incident.objects.filter(awaits_second=True, pk=question.incident_id).exists()


# -- what a verdict is ---------------------------------------------------------------------------


def test_it_keeps_what_it_says_and_what_it_rests_on(
    one: Actor, question: Question, strike: Position, claim: Claim
) -> None:
    finding = leaning(
        strike, likelihood=Likelihood.LIKELY, rationale=" Because. ", claims=(claim.uid, claim.uid)
    )
    row = verdicts.record(one, question, finding)
    assert (row.verdict, row.position, row.likelihood) == ("leans", strike, "likely")
    assert (row.rationale, row.reviewer, row.second_of) == ("Because.", one.user, None)
    assert list(row.claims.all()) == [claim]
    assert row.place == question.incident
    question.incident.refresh_from_db()
    assert question.incident.verdicts == 1
    assert Change.objects.get().summary == f"recorded a verdict on “{question}”"


def test_an_incident_as_a_whole_has_no_answer(one: Actor, incident: Incident) -> None:
    established = Finding(
        Verdict.ESTABLISHED, Confidence.HIGH, "Both sides say so.", None, Likelihood.ALMOST_CERTAIN
    )
    row = verdicts.record(one, incident, established)
    assert (row.about, row.place, row.position) == (incident, incident, None)
    assert_as_the_reference_says(incident.pk)


@pytest.mark.parametrize(
    ("values", "answered", "field"),
    [
        ({"rationale": " "}, False, "rationale"),
        ({}, True, "position"),
        ({"likelihood": Likelihood.LIKELY}, False, "likelihood"),
        ({"verdict": Verdict.LEANS}, False, "position"),
        ({"verdict": Verdict.LEANS, "likelihood": Likelihood.UNLIKELY}, True, "likelihood"),
        ({"verdict": Verdict.ESTABLISHED, "likelihood": Likelihood.EVEN}, True, "likelihood"),
        ({"verdict": Verdict.DISCOUNTED, "likelihood": Likelihood.LIKELY}, True, "likelihood"),
    ],
)
def test_what_does_not_go_together_is_refused(
    values: Any, answered: bool, field: str, one: Actor, question: Question, strike: Position
) -> None:
    with pytest.raises(ValidationError) as error:
        verdicts.record(
            one, question, unsure(position=strike if answered else None)._replace(**values)
        )
    assert list(error.value.message_dict) == [field]
    assert not Assessment.objects.exists()
    assert not Change.objects.exists()


def test_answers_and_claims_are_those_of_the_question(
    one: Actor, question: Question, desk: Workspace
) -> None:
    elsewhere = factories.an_incident(desk)
    answer = factories.a_position(factories.a_question(elsewhere))
    claim = factories.a_claim(factories.an_article(desk), incident=elsewhere)
    with pytest.raises(ValidationError, match="another question"):
        verdicts.record(one, question, leaning(answer))
    with pytest.raises(ValidationError, match="not there any more"):
        verdicts.record(one, question, unsure(claims=(claim.uid,)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"question": None},
        {"rationale": ""},
        {"verdict": "leans"},
        {"likelihood": "likely"},
        {"agrees": True},
        {"confidence": "some"},
        {"withdrawn_by_id": 1},
    ],
)
def test_the_database_holds_the_rules_of_one_row(question: Question, wrong: Any) -> None:
    reviewer = factories.a_user()
    if "withdrawn_by_id" in wrong:
        wrong = {"withdrawn_by": reviewer}
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.an_assessment(question, reviewer=reviewer, **wrong)


def test_a_question_and_an_incident_at_once_are_refused(
    question: Question, incident: Incident
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.an_assessment(question, incident=incident)


def test_a_new_one_replaces_ones_own_and_nobody_elses(
    one: Actor, other: Actor, question: Question, strike: Position
) -> None:
    first = verdicts.record(one, question, unsure())
    theirs = verdicts.record(other, question, unsure())
    second = verdicts.record(one, question, leaning(strike))
    assert second.supersedes == first
    assert list(Assessment.objects.current()) == [theirs, second]
    assert theirs.second_of is None
    first.refresh_from_db()
    assert first.rationale == "Two accounts."


def test_what_changed_in_the_meantime_is_told(
    one: Actor, question: Question, claim: Claim, bomb: Position
) -> None:
    seen = verdicts.seal(one, question)
    links.file(one, claim.uid, FilingInput(bomb, Stance.REJECTS, Extent.IN_PART))
    with pytest.raises(ValidationError) as error:
        verdicts.record(one, question, unsure(), sealed=seen)
    assert error.value.code == verdicts.STALE
    verdicts.record(one, question, unsure(), sealed=verdicts.seal(one, question))
    with pytest.raises(ValidationError, match="something else to decide"):
        verdicts.record(one, question, unsure(), sealed=seen)
    whole = verdicts.seal(one, question.incident)
    assert whole == verdicts.seal(one, question.incident)
    claims.delete(one, claim, claim.version)
    assert whole != verdicts.seal(one, question.incident)


# -- a second reviewer ---------------------------------------------------------------------------


def test_a_second_reviewer_agrees_or_dissents(
    one: Actor, other: Actor, question: Question, strike: Position, bomb: Position
) -> None:
    first = verdicts.record(one, question, leaning(strike, wants_second=True))
    assert verdicts.to_second(other, question) == first
    assert verdicts.to_second(one, question) is None
    assert waiting(question)
    dissent = verdicts.record(other, question, leaning(bomb))
    assert (dissent.second_of, dissent.agrees, dissent.blind) == (first, False, True)
    assert verdicts.to_second(other, question) is None
    assert not waiting(question)
    # Having seen the first, they can change their mind; both are kept, and it is told.
    agreed = verdicts.record(other, question, leaning(strike, confidence=Confidence.LOW))
    assert (agreed.second_of, agreed.supersedes) == (first, dissent)
    assert (agreed.agrees, agreed.blind) == (True, False)


def test_nobody_seconds_their_own(one: Actor, question: Question) -> None:
    first = verdicts.record(one, question, unsure(wants_second=True))
    again = verdicts.record(one, question, unsure(wants_second=True))
    assert again.second_of is None
    row = factories.an_assessment(
        question, reviewer=one.user, second_of=first, agrees=True, supersedes=again
    )
    assert rules.breach(row) == "Nobody seconds their own verdict."


def test_the_first_is_hidden_from_who_is_to_second_it(
    one: Actor, other: Actor, desk: Workspace, question: Question
) -> None:
    before = verdicts.record(one, question, unsure())
    first = verdicts.record(one, question, unsure(wants_second=True))

    def hidden(actor: Actor) -> list[Assessment]:
        return list(Assessment.objects.hidden_from(actor.user).order_by("id"))

    # What came before it too: a verdict that was recorded twice would be told by the first of both.
    assert (hidden(other), hidden(one)) == ([before, first], [])
    second = verdicts.record(other, question, unsure())
    assert hidden(other) == []
    # Asked again, since the second opinion is withdrawn: it would tell a third what the first is.
    verdicts.withdraw(other, second)
    third = seated(desk, "third")
    assert hidden(third) == [before, first, second]
    assert hidden(other) == []
    verdicts.ask(one, first, wanted=False)
    assert hidden(third) == []


def test_a_later_second_of_a_first_that_was_replaced_stands_alone(
    one: Actor, other: Actor, question: Question
) -> None:
    verdicts.record(one, question, unsure(wants_second=True))
    verdicts.record(other, question, unsure())
    verdicts.record(one, question, unsure())
    assert verdicts.record(other, question, unsure()).second_of is None


def test_only_who_recorded_it_asks_or_withdraws(
    one: Actor, other: Actor, question: Question
) -> None:
    row = verdicts.record(one, question, unsure())
    with pytest.raises(ValidationError, match="Who recorded a verdict asks"):
        verdicts.ask(other, row)
    with pytest.raises(ValidationError, match="Who recorded a verdict withdraws"):
        verdicts.withdraw(other, row)
    verdicts.record(one, question, unsure())
    with pytest.raises(ValidationError, match="has taken its place"):
        verdicts.ask(one, row)


def test_asking_can_be_undone(one: Actor, question: Question) -> None:
    row = verdicts.record(one, question, unsure())
    verdicts.ask(one, row)
    undo.undo(one, Change.objects.latest("id"))
    row.refresh_from_db()
    question.incident.refresh_from_db()
    assert (row.wants_second, question.incident.awaits_second) == (False, False)


# -- undo is withdrawal --------------------------------------------------------------------------


def test_undo_withdraws_and_redo_puts_it_back(one: Actor, question: Question, claim: Claim) -> None:
    earlier = verdicts.record(one, question, unsure())
    row = verdicts.record(one, question, unsure(claims=(claim.uid,)))
    done = undo.undo(one, Change.objects.latest("id"))
    row.refresh_from_db()
    assert (row.withdrawn_by, row.rationale) == (one.user, "Two accounts.")
    assert row.withdrawn_at is not None
    assert AssessmentClaim.objects.filter(assessment=row).count() == 1
    assert list(Assessment.objects.current()) == [earlier]
    undo.undo(one, done)
    again = Assessment.objects.get(pk=row.pk)
    assert (again.withdrawn_by, again.withdrawn_at) == (None, None)
    assert list(Assessment.objects.current()) == [row]
    assert_as_the_reference_says(question.incident_id)


def test_one_that_was_withdrawn_is_not_withdrawn_again(one: Actor, question: Question) -> None:
    row = verdicts.record(one, question, unsure())
    recorded = Change.objects.latest("id")
    verdicts.withdraw(one, row)
    with pytest.raises(ValidationError, match="withdrawn already"):
        verdicts.withdraw(one, row)
    with pytest.raises(ValidationError, match="nothing of it is left to undo"):
        undo.undo(one, recorded)


def test_a_verdict_does_not_come_back_beside_another_of_its_reviewer(
    one: Actor, question: Question
) -> None:
    first = verdicts.record(one, question, unsure())
    verdicts.withdraw(one, first)
    withdrawal = Change.objects.latest("id")
    second = verdicts.record(one, question, unsure())
    with pytest.raises(ValidationError, match="has another verdict on it by now"):
        undo.undo(one, withdrawal)
    verdicts.withdraw(one, second)
    withdrawal_of_second = Change.objects.latest("id")
    undo.undo(one, withdrawal)
    verdicts.record(one, question, unsure())
    with pytest.raises(ValidationError, match="has another verdict on it by now"):
        undo.undo(one, withdrawal_of_second)


def test_a_verdict_does_not_come_back_in_a_place_that_is_taken(
    one: Actor, question: Question
) -> None:
    verdicts.record(one, question, unsure())
    second = verdicts.record(one, question, unsure())
    verdicts.withdraw(one, second)
    withdrawal = Change.objects.latest("id")
    verdicts.record(one, question, unsure())
    with pytest.raises(ValidationError, match="another verdict in its place by now"):
        undo.undo(one, withdrawal)


def test_who_may_no_longer_decide_can_not_undo_it(one: Actor, question: Question) -> None:
    verdicts.record(one, question, unsure())
    assert undo.needs(one, Change.objects.latest("id")) == {"undo.own", "assess"}


def test_what_a_verdict_names_stays(
    one: Actor, question: Question, strike: Position, incident: Incident
) -> None:
    verdicts.record(one, question, leaning(strike))
    with pytest.raises(ValidationError, match="A verdict is recorded on “Air strike”"):
        incidents.delete_position(one, strike, strike.version)
    with pytest.raises(ValidationError, match="A verdict is recorded on"):
        incidents.delete_question(one, question, question.version)
    verdicts.record(one, incident, unsure())
    incident.refresh_from_db()
    with pytest.raises(ValidationError, match="A verdict is recorded on"):
        incidents.delete(one, incident, incident.version)


def test_what_is_deleted_gets_no_verdict(one: Actor, question: Question) -> None:
    incidents.delete_question(one, question, question.version)
    question.refresh_from_db()
    with pytest.raises(ValidationError, match="Its question is deleted"):
        verdicts.record(one, question, unsure())


# -- what has changed since ----------------------------------------------------------------------


def test_a_changed_claim_changes_the_evidence_until_that_is_undone(
    one: Actor, question: Question, incident: Incident, claim: Claim
) -> None:
    verdicts.record(one, question, unsure())
    verdicts.record(one, incident, unsure())
    assert changed(question) == changed(incident) == []
    claim.refresh_from_db()
    claims.set_status(one, claim, claim.version, ClaimStatus.WITHDRAWN)
    withdrawn = Change.objects.latest("id")
    assert changed(question) == changed(incident) == [withdrawn.summary]
    assert withdrawn.summary.startswith("withdrew a claim: ")
    incident.refresh_from_db()
    assert incident.evidence_changed
    undo.undo(one, withdrawn)
    assert changed(question) == changed(incident) == []
    undo.undo(one, Change.objects.latest("id"))
    assert changed(question) == [f"redid: {withdrawn.summary}"]
    verdicts.record(one, question, unsure())
    verdicts.record(one, incident, unsure())
    assert changed(question) == []
    incident.refresh_from_db()
    assert not incident.evidence_changed


def test_an_undo_of_what_came_before_the_verdict_is_a_change(
    one: Actor, question: Question, claim: Claim
) -> None:
    claims.set_status(one, claim, claim.version, ClaimStatus.WITHDRAWN)
    verdicts.record(one, question, unsure())
    withdrawn = Change.objects.filter(action="claim.withdrawn").get()
    undo.undo(one, withdrawn)
    assert changed(question) == [f"undid: {withdrawn.summary}"]


def test_what_an_undo_leaves_behind_stays_a_change(
    one: Actor, question: Question, claim: Claim
) -> None:
    claim.refresh_from_db()
    verdicts.record(one, question, unsure())
    claims.edit(one, claim, claim.version, {"paraphrase": "A strike."})
    edited = Change.objects.latest("id")
    claim.refresh_from_db()
    claims.edit(one, claim, claim.version, {"paraphrase": "No strike."})
    with pytest.raises(NeedsConsent):
        undo.undo(one, edited)
    undo.undo(one, edited, consent=True)
    assert len(changed(question)) == 3


@pytest.mark.parametrize(
    "values", [{"note": "Look."}, {"status": ClaimStatus.APPROVED.value}], ids=["note", "approval"]
)
def test_a_note_or_an_approval_is_no_evidence(
    values: Any, one: Actor, question: Question, claim: Claim
) -> None:
    verdicts.record(one, question, unsure())
    claims.edit(one, claim, claim.version, values)
    assert changed(question) == []


@pytest.mark.parametrize("kind", [ClaimKind.DEMAND, ClaimKind.EVALUATIVE])
def test_a_demand_or_an_opinion_is_no_evidence(
    kind: ClaimKind, one: Actor, question: Question, incident: Incident, claim: Claim
) -> None:
    for subject in (question, incident):
        verdicts.record(one, subject, unsure())
    said = claims.create(
        one,
        claim.article,
        {"source": claim.source, "kind": kind.value, "incident": incident},
        [SpanInput(SpanRole.CONTENT, 0, 5)],
        competes_with=[claims.LinkInput(claim.uid, Relation.RESPONDS_TO)],
    )
    claims.add_span(one, said, said.version, SpanInput(SpanRole.CONTENT, 41, 47))
    assert changed(question) == changed(incident) == []
    said.refresh_from_db()
    claims.edit(one, said, said.version, {"kind": ClaimKind.FACTUAL.value})
    assert changed(question) == []
    assert len(changed(incident)) == 1


def test_words_numbers_filings_links_and_answers_are_evidence(
    one: Actor, question: Question, claim: Claim, strike: Position, bomb: Position
) -> None:
    other = factories.a_claim(claim.article, incident=claim.incident)
    filing = claim.filings.get()
    acts: list[Callable[[], object]] = [
        lambda: claims.add_span(one, claim, claim.version, SpanInput(SpanRole.CONTENT, 41, 47)),
        lambda: claims.edit(
            one, claim, claim.version, {}, figures=[{"measure": "killed", "low": 24}]
        ),
        lambda: links.create(one, other.uid, claim.uid, Relation.UNDERCUTS),
        lambda: links.file(one, other.uid, FilingInput(bomb)),
        lambda: links.edit_filing(
            one, filing, filing.version, stance=Stance.HOLDS, extent=Extent.IN_PART
        ),
        lambda: incidents.edit_position(one, strike, strike.version, {"text": "Iraqi jets"}),
        lambda: incidents.edit_question(one, question, question.version, {"exclusive": False}),
        lambda: source.edit(
            one, claim.source, 1, {"side": factories.a_side(one.workspace)}, ["also so"]
        ),
    ]
    for act in acts:
        verdicts.record(one, question, unsure())
        claim.refresh_from_db()
        question.refresh_from_db()
        act()
        assert len(changed(question)) == 1


def test_what_is_said_elsewhere_is_no_evidence_here(
    one: Actor, question: Question, incident: Incident, claim: Claim
) -> None:
    second = factories.a_question(incident)
    answer = factories.a_position(second)
    other = factories.a_claim(claim.article, incident=incident)
    verdicts.record(one, question, unsure())
    verdicts.record(one, incident, unsure())
    links.file(one, other.uid, FilingInput(answer))
    source.edit(one, claim.source, 1, {"name": "Another name"})
    incidents.edit_question(one, question, question.version, {"is_key": False})
    assert changed(question) == []
    assert len(changed(incident)) == 1


def test_a_claim_that_it_rests_on_is_evidence_wherever_it_is_filed(
    one: Actor, question: Question, claim: Claim
) -> None:
    other = factories.a_claim(claim.article, incident=claim.incident)
    verdicts.record(one, question, unsure(claims=(other.uid,)))
    claims.delete(one, other, other.version)
    assert len(changed(question)) == 1


def test_recording_and_commenting_change_no_evidence(one: Actor, question: Question) -> None:
    verdicts.record(one, question, unsure())
    row = verdicts.record(one, question.incident, unsure())
    verdicts.ask(one, row)
    assert changed(question) == changed(question.incident) == []
