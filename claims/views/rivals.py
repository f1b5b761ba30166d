"""What a claim may compete with, as the claim form offers it."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from claims.forms.claim import ClaimForm
from claims.models import Claim, Filing, Position, Source
from claims.records import ClaimKind
from claims.views.candidates import Candidate, candidates

AT_FIRST = 6


class Rivals(NamedTuple):
    """The claims offered, those ticked first; `more`: typing finds others."""

    rows: list[Candidate]
    more: bool


def rivals(form: ClaimForm, claim: Claim | None, typed: str = "") -> Rivals:
    """Facts of the incident that others say; those with another answer to its question ahead."""
    own = form.find(Source, "source")
    facts = Q(kind=ClaimKind.FACTUAL.value) & (~Q(source=own) if own else Q())
    uids = [uid for uid in map(_uid, form.ticked()) if uid]
    ticked = Q(uid__in=uids)
    chosen = uids and candidates(
        form.workspace, form.incident_row, without=claim, only=facts & ticked, most=100
    )
    found = candidates(
        form.workspace,
        form.incident_row,
        without=claim,
        text=typed,
        only=facts & ~ticked if uids else facts,
        ahead=_other_answers(form),
        most=AT_FIRST + 1,
    )
    return Rivals([*chosen, *found[:AT_FIRST]], len(found) > AT_FIRST)


def _other_answers(form: ClaimForm) -> Q | None:
    """Claims under another answer to the question that is chosen in the form."""
    answer = form.find(Position, "position")
    if answer is None:
        return None
    others = Filing.objects.kept().filter(position__question=answer.question_id)
    return Q(pk__in=others.exclude(position=answer).values("claim"))


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
