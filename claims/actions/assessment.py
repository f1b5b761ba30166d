"""Verdicts: recorded, seconded, withdrawn. Nothing of a verdict is ever edited."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone

from claims.actions import evidence, rules
from claims.actions.journal import Act, Actor
from claims.models import Assessment, AssessmentClaim, Claim, Incident, Position, Question
from claims.records import Confidence, Likelihood, Verdict

STALE = "stale"
"""The code of the error that says that there is something else to decide on by now."""


class Finding(NamedTuple):
    """What a reviewer has found, as it is recorded."""

    verdict: Verdict
    confidence: Confidence
    rationale: str
    position: Position | None = None
    likelihood: Likelihood | None = None
    claims: tuple[UUID, ...] = ()
    wants_second: bool = False


def seal(actor: Actor, subject: Question | Incident) -> str:
    """What a form carries, so that `record` can tell that evidence or own verdict has changed."""
    own = head(actor, subject)
    return f"{evidence.seal(subject)}-{own.pk if own else 0}"


def head(actor: Actor, subject: Question | Incident) -> Assessment | None:
    """The reviewer's own verdict that counts."""
    own: Assessment | None = (
        Assessment.objects.current().of(subject).filter(reviewer=actor.user).first()
    )
    return own


def to_second(actor: Actor, subject: Question | Incident) -> Assessment | None:
    """The verdict that waits for somebody like this reviewer: not their own."""
    waiting = Assessment.objects.awaiting().of(subject).exclude(reviewer=actor.user)
    first: Assessment | None = waiting.order_by("id").first()
    return first


def record(
    actor: Actor, subject: Question | Incident, finding: Finding, *, sealed: str | None = None
) -> Assessment:
    """Records a verdict; it replaces the reviewer's own earlier one.

    Where a verdict of somebody else waits for a second reviewer, this is the second opinion on
    it. So is a new one in the place of a second opinion, no longer blind. With the `sealed` of
    what the caller has seen, raises ValidationError (code `STALE`) when that has changed.

    The summary names no verdict: a second reviewer may read the journal.
    """
    place = subject.incident if isinstance(subject, Question) else subject
    with Act(actor, "assessment.create", f"recorded a verdict on “{subject}”") as act:
        act.lock_incidents([place.pk])
        if sealed is not None and sealed != seal(actor, subject):
            raise ValidationError(CHANGED, code=STALE)
        own, first = head(actor, subject), to_second(actor, subject)
        if first is None and own is not None and own.second_of is not None:
            first = Assessment.objects.current().filter(pk=own.second_of_id).first()
        row = Assessment(
            workspace=actor.workspace,
            question=subject if isinstance(subject, Question) else None,
            incident=subject if isinstance(subject, Incident) else None,
            verdict=finding.verdict.value,
            position=finding.position,
            likelihood=finding.likelihood.value if finding.likelihood else "",
            confidence=finding.confidence.value,
            rationale=finding.rationale.strip(),
            reviewer=actor.user,
            supersedes=own,
            wants_second=finding.wants_second,
            second_of=first,
        )
        if first is not None:
            row.agrees = row.same_as_first
            row.blind = not first.seconds.filter(reviewer=actor.user).exists()
        rules.check(row)
        act.add(row)
        for claim in _claims(subject, finding.claims):
            act.add(AssessmentClaim(workspace=actor.workspace, assessment=row, claim=claim))
    return row


def ask(actor: Actor, assessment: Assessment, *, wanted: bool = True) -> Assessment:
    """Asks for a second reviewer, or no longer. Only for one's own verdict that counts."""
    words = "asked for a second reviewer" if wanted else "no longer asks for a second reviewer"
    action = "assessment.ask" if wanted else "assessment.unask"
    with Act(actor, action, f"{words}: “{assessment.about}”") as act:
        row = _locked(act, assessment)
        if row.reviewer_id != actor.user.pk:
            raise ValidationError("Who recorded a verdict asks for a second one.")
        if not Assessment.objects.current().filter(pk=row.pk).exists():
            raise ValidationError("Another verdict has taken its place.")
        act.edit(row, wants_second=wanted)
    return row


def withdraw(actor: Actor, assessment: Assessment) -> Assessment:
    """Withdraws one's own verdict; it stays readable, and the one before it counts again."""
    with Act(actor, "assessment.withdraw", f"withdrew a verdict on “{assessment.about}”") as act:
        row = _locked(act, assessment)
        if row.reviewer_id != actor.user.pk:
            raise ValidationError("Who recorded a verdict withdraws it.")
        if row.withdrawn_at:
            raise ValidationError("It was withdrawn already.")
        act.edit(row, withdrawn_at=timezone.now(), withdrawn_by=actor.user)
    return row


CHANGED = "There is something else to decide on by now. Look at it again, then record it."


def _locked(act: Act, assessment: Assessment) -> Assessment:
    act.lock_incidents([assessment.place.pk])
    row: Assessment = Assessment.objects.select_for_update().get(pk=assessment.pk)
    return row


def _claims(subject: Question | Incident, uids: Iterable[UUID]) -> list[Claim]:
    """The claims by uid, in the order given: claims of the incident, each once."""
    wanted = list(dict.fromkeys(uids))
    place = subject.incident_id if isinstance(subject, Question) else subject.pk
    there = Claim.objects.kept().filter(incident=place, uid__in=wanted)
    found = {claim.uid: claim for claim in there}
    if len(found) < len(wanted):
        raise ValidationError({"claims": "A claim is not there any more."})
    return [found[uid] for uid in wanted]
