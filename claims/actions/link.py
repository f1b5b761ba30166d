"""Links between claims, and filings under answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError

from claims.actions import incident as incidents
from claims.actions import rules
from claims.actions.attached import describe
from claims.actions.errors import Conflict, NeedsConsent
from claims.actions.journal import Act, Actor
from claims.models import Claim, Filing, Incident, Link, Position, Question
from claims.records import Aspect, Basis, Extent, Measure, Relation, Stance
from claims.suggester.answers import asks_for_harm

UNHARMED = (Measure.PRESENT, Measure.DETAINED, Measure.DISPLACED)


class NewAnswer(NamedTuple):
    """An answer to be made in place, to a question that is there or to a new one."""

    question: Question | str
    text: str


class FilingInput(NamedTuple):
    """Under which answer a claim goes, and how far."""

    position: Position | NewAnswer
    stance: Stance = Stance.HOLDS
    extent: Extent = Extent.FULLY


def create(
    actor: Actor,
    from_uid: UUID | str,
    to_uid: UUID | str,
    relation: Relation,
    *,
    basis: Basis | str = "",
    note: str = "",
    filings: Sequence[tuple[UUID | str, FilingInput]] = (),
) -> Link:
    """Links two claims, and files either of them in the same act.

    A claim without an incident takes the other's. Raises ValidationError when a rule forbids it.
    """
    with Act(actor, "link.create", f"linked two claims: {relation.label}") as act:
        start, end = act.lock_claims(from_uid, to_uid)
        link = make(act, start, end, relation, basis=basis, note=note)
        for uid, filing in filings:
            make_filing(act, start if str(start.uid) == str(uid) else end, filing)
        act.sum_up(f"linked two claims: {describe(link)}")
    return link


def make(
    act: Act,
    start: Claim,
    end: Claim,
    relation: Relation,
    *,
    basis: Basis | str = "",
    note: str = "",
) -> Link:
    """Links two claims that the act has locked."""
    if start.pk == end.pk:
        raise ValidationError("A claim can't be linked to itself.")
    if start.incident_id is None and end.incident_id is None:
        raise ValidationError("Say first which incident one of the two claims is about.")
    if start.incident_id is None:
        act.edit(start, incident=end.incident)
    elif end.incident_id is None:
        act.edit(end, incident=start.incident)
    if start.incident_id is None or start.incident_id != end.incident_id:
        raise ValidationError(
            f"They are about different incidents, {start.incident} and {end.incident}: "
            "move one of them first."
        )
    link = Link(
        workspace=act.actor.workspace,
        incident_id=start.incident_id,
        from_claim=start,
        to_claim=end,
        relation=relation,
        basis=basis if relation == Relation.CONTRADICTS else "",
        note=note,
        annotator=act.actor.user,
    )
    _check(link)
    return act.add(link)


def basis_fits(relation: Relation, basis: Basis | str) -> None:
    """Raises ValidationError for a basis of what has none, which `make` would drop in silence."""
    if basis and relation != Relation.CONTRADICTS:
        raise ValidationError({"basis": "Only “contradicts” has a basis."})


def _check(link: Link) -> None:
    if wrong := rules.of_no_fact(link):
        raise ValidationError({"relation": wrong})
    rules.check(link)


def edit(
    actor: Actor,
    link: Link,
    version: int,
    *,
    relation: Relation,
    basis: Basis | str = "",
    note: str = "",
) -> Link:
    """Sets relation, basis and note. Raises Conflict when stale."""
    with Act(actor, "link.edit", f"edited a link: {describe(link)}") as act:
        act.lock_incidents([link.incident_id])
        link = act.lock(link, version)
        basis_fits(relation, basis)
        was, link.relation = link.relation, relation
        _check(link)
        link.relation = was
        act.edit(link, relation=relation, basis=basis, note=note)
        act.sum_up(f"edited a link: {describe(link)}")
    return link


def delete(actor: Actor, link: Link, version: int) -> None:
    """Ends a link."""
    with Act(actor, "link.delete", f"removed a link: {describe(link)}") as act:
        act.lock_incidents([link.incident_id])
        act.remove(act.lock(link, version))


def file(
    actor: Actor,
    claim_uid: UUID | str,
    filing: FilingInput,
    *,
    incident: Incident | None = None,
    consent: bool = False,
) -> Filing:
    """Files a claim under an answer, which is made in place when it is new.

    A claim without an incident takes `incident` in the same act, else the question's.

    Raises NeedsConsent where its numbers are of something else (`doubt`), Conflict when the claim
    was moved or `incident` deleted meanwhile.
    """
    with Act(actor, "filing.create", "filed a claim") as act:
        (claim,) = act.lock_claims(claim_uid, incident=incident or _incident(filing))
        if incident is not None and claim.incident_id is None:
            act.edit(claim, incident=act.lock(incident))
        elif incident is not None and claim.incident_id != incident.pk:
            raise Conflict(claim)
        row = make_filing(act, claim, filing, consent=consent)
        under = describe(row).removeprefix("filed ")
        act.sum_up(f"filed a claim of {claim.source} {under}")
    return row


def doubt(claim: Claim, position: Position, stance: Stance) -> str:
    """Why a claim can hardly hold an answer, as a sentence; empty where nothing speaks against it.

    Present is not killed: whose only numbers count who was there, says nothing of who was killed.
    """
    question = position.question
    if stance != Stance.HOLDS or not asks_for_harm(question.text, Aspect(question.aspect)):
        return ""
    measures = set(claim.figures.values_list("measure", flat=True))
    if not measures or not measures.issubset(UNHARMED):
        return ""
    counted = " and ".join(Measure(one).label for one in sorted(measures))
    return f"Its numbers are of people {counted}; “{question}” is about people killed or injured."


def make_filing(act: Act, claim: Claim, filing: FilingInput, *, consent: bool = False) -> Filing:
    """Files a claim that the act has locked. A claim without an incident takes the question's."""
    position = filing.position
    if isinstance(position, NewAnswer):
        position = _answer(act, claim, position)
    if (doubtful := doubt(claim, position, filing.stance)) and not consent:
        raise NeedsConsent([doubtful])
    if claim.incident_id is None:
        act.edit(claim, incident=position.question.incident)
    row = Filing(
        workspace=act.actor.workspace,
        claim=claim,
        position=position,
        stance=filing.stance,
        extent=filing.extent,
        annotator=act.actor.user,
    )
    rules.check(row)
    return act.add(row)


def edit_filing(
    actor: Actor, filing: Filing, version: int, *, stance: Stance, extent: Extent
) -> Filing:
    """Sets holds or rejects, fully or in part. Raises Conflict when stale."""
    with Act(actor, "filing.edit", f"edited a filing: {describe(filing)}") as act:
        act.lock_incidents([filing.position.question.incident_id])
        filing = act.lock(filing, version)
        act.edit(filing, stance=stance, extent=extent)
    return filing


def delete_filing(actor: Actor, filing: Filing, version: int) -> None:
    """Takes a claim out from under an answer."""
    with Act(actor, "filing.delete", f"removed a filing: {describe(filing)}") as act:
        act.lock_incidents([filing.position.question.incident_id])
        act.remove(act.lock(filing, version))


def _incident(filing: FilingInput) -> Incident | None:
    if isinstance(filing.position, Position):
        return filing.position.question.incident
    question = filing.position.question
    return question.incident if isinstance(question, Question) else None


def _answer(act: Act, claim: Claim, new: NewAnswer) -> Position:
    if isinstance(new.question, Question):
        return incidents.make_position(act, new.question, {"text": new.text})
    if claim.incident is None:
        raise ValidationError("Say first which incident the claim is about.")
    if not new.question.strip():
        raise ValidationError({"question": "Say what the question is."})
    _, (position,) = incidents.make_question(
        act, claim.incident, {"text": new.question}, [new.text]
    )
    return position
