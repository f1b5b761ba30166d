"""A question asked with all its answers, and claims filed under one answer together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from claims.actions import incident as incidents
from claims.actions import link as links
from claims.actions.journal import Act, Actor
from claims.models import Filing, Incident, Question


def ask(
    actor: Actor, incident: Incident, values: dict[str, Any], answers: Iterable[tuple[str, bool]]
) -> Question:
    """A new question with its answers, each `(text, competes)`, as one Change."""
    with Act(actor, "question.create", f"asked “{values['text']}”") as act:
        act.lock_incidents([incident.pk])
        question, _ = incidents.make_question(act, incident, values, [])
        for text, competes in answers:
            incidents.make_position(act, question, {"text": text, "competes": competes})
    return question


def file_together(
    actor: Actor, question: Question, claims: Sequence[UUID], filing: links.FilingInput
) -> list[Filing]:
    """Files claims of the question's incident under one answer of it, as one Change.

    Raises ValidationError, which names the claim, when one of them can't be filed there: then
    none is. Raises Conflict when one moved meanwhile.
    """
    many = "a claim" if len(claims) == 1 else f"{len(claims)} claims"
    with Act(actor, "filing.create", f"filed {many} under “{question}”") as act:
        locked = act.lock_claims(*claims, incident=question.incident)
        if isinstance(filing.position, links.NewAnswer):
            answer = incidents.make_position(act, question, {"text": filing.position.text})
            filing = filing._replace(position=answer)
        made = []
        for claim in locked:
            try:
                made.append(links.make_filing(act, claim, filing))
            except ValidationError as error:
                raise ValidationError(f"{claim.source}: {' '.join(error.messages)}") from error
    return made
