"""An incident split in two: chosen claims, and what hangs on them alone, become a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from claims.actions import incident as incidents
from claims.actions.errors import NeedsConsent
from claims.actions.journal import Act, Actor
from claims.actions.move import Chosen, ending, filings_of, links_of, lock_chosen
from claims.models import Claim, Filing, Incident, Link, Position, Question


@dataclass
class Splitting:
    """What goes along whole, what both incidents have from then on, and what ends."""

    along: list[Link]
    ends: list[Link]
    moved: list[Question]
    copied: dict[Question, list[Filing]]

    @property
    def losses(self) -> list[str]:
        """What ends, as sentences."""
        return [ending(row) for row in self.ends]


def split(
    actor: Actor,
    incident: Incident,
    version: int,
    chosen: Chosen,
    values: dict[str, Any],
    *,
    consent: bool = False,
) -> Incident:
    """The chosen claims are about a new incident of these `values` from now on, as one Change.

    A question under which only they are filed goes with them; one that the others use too is
    asked in both, and so are those that every incident of the desk begins with. Raises
    NeedsConsent when links to a claim that stays would end, and Conflict when stale.
    """
    with Act(actor, "incident.split", f"split {values['title']} off {incident}") as act:
        claims = lock_chosen(act, chosen, incident)
        incident = act.lock(incident, version)
        if any(claim.incident_id != incident.pk for claim in claims):
            raise ValidationError("A chosen claim is not about this incident (any more).")
        splitting = plan(claims, incident)
        if splitting.ends and not consent:
            raise NeedsConsent(splitting.losses)
        made = incidents.make(act, values, templates=False)
        for row in splitting.ends:
            act.remove(row)
        for moved in (*claims, *splitting.along, *splitting.moved):
            act.edit(moved, incident=made)
        for question, filings in splitting.copied.items():
            _ask_there(act, made, question, filings)
        incidents.ask_templates(act, made)
    return made


def plan(claims: Sequence[Claim], incident: Incident) -> Splitting:
    """What splitting the claims off would do; nothing is written."""
    ids = {claim.pk for claim in claims}
    splitting = Splitting([], [], [], {})
    for link in links_of(ids):
        inner = link.from_claim_id in ids and link.to_claim_id in ids
        (splitting.along if inner else splitting.ends).append(link)
    filed: dict[Question, list[Filing]] = {}
    for filing in filings_of(ids):
        filed.setdefault(filing.position.question, []).append(filing)
    staying = Filing.objects.kept().filter(position__question__in=filed, claim__incident=incident)
    shared = set(staying.exclude(claim__in=ids).values_list("position__question", flat=True))
    for question, filings in filed.items():
        if question.pk in shared:
            splitting.copied[question] = filings
        else:
            splitting.moved.append(question)
    return splitting


def _ask_there(act: Act, made: Incident, question: Question, filings: Sequence[Filing]) -> None:
    """The question with all its answers once more, for the claims that have gone."""
    names = ("text", "aspect", "is_key", "exclusive")
    again, _ = incidents.make_question(
        act, made, {name: getattr(question, name) for name in names}, []
    )
    answers: dict[int, Position] = {}
    for position in question.positions.kept():
        details = {"text": position.text, "competes": position.competes}
        answers[position.pk] = incidents.make_position(act, again, details)
    for filing in filings:
        act.edit(filing, position=answers[filing.position_id])
