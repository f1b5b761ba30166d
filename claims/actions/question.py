"""A question asked with all its answers, and claims filed under one answer together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from claims.actions import incident as incidents
from claims.actions import link as links
from claims.actions.errors import NeedsConsent
from claims.actions.journal import Act, Actor
from claims.models import Filing, Incident, Position, Question


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
    actor: Actor,
    question: Question,
    filings: Sequence[tuple[UUID, links.FilingInput]],
    *,
    consent: bool = False,
) -> list[Filing]:
    """Files claims of the question's incident under its answers, as one Change.

    Raises ValidationError, which names the claim, when one of them can't be filed there: then
    none is. Raises Conflict when one moved meanwhile, and NeedsConsent with a sentence for each
    whose numbers are of something else.
    """
    many = "a claim" if len(filings) == 1 else f"{len(filings)} claims"
    with Act(actor, "filing.create", f"filed {many} under “{question}”") as act:
        locked = act.lock_claims(*(uid for uid, _ in filings), incident=question.incident)
        answers: dict[str, Position] = {}
        made, doubts = [], []
        for claim, (_, filing) in zip(locked, filings, strict=True):
            if isinstance(filing.position, links.NewAnswer):
                text = filing.position.text
                if text not in answers:
                    answers[text] = incidents.make_position(act, question, {"text": text})
                filing = filing._replace(position=answers[text])  # noqa: PLW2901
            try:
                made.append(links.make_filing(act, claim, filing, consent=consent))
            except NeedsConsent as need:
                doubts += [f"{claim.source}: {doubt}" for doubt in need.losses]
            except ValidationError as error:
                raise ValidationError(f"{claim.source}: {' '.join(error.messages)}") from error
        if doubts:
            raise NeedsConsent(doubts)
    return made
