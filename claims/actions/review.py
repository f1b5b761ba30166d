"""What a second pair of eyes does with many things at once: approve, send back, take on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.core.exceptions import ValidationError

from claims.actions import comment
from claims.actions.errors import Conflict
from claims.actions.journal import Act, Actor
from claims.models import Article, Claim, Incident
from claims.models.base import Root
from claims.records import ArticleStatus, ClaimStatus

APPROVABLE = {ClaimStatus.SUBMITTED.value}


class Seen(NamedTuple):
    """A thing as the reviewer has seen it: what is approved is what was looked at."""

    row: Root
    version: int


def approve(actor: Actor, seen: Sequence[Seen]) -> None:
    """Approves claims, and marks articles as reviewed, as one Change.

    Raises ValidationError, which names it, when one of them was changed or decided meanwhile: then
    none is approved.
    """
    with Act(actor, "claim.approved", f"approved {counted(seen)}") as act:
        for row in _locked(act, seen):
            if isinstance(row, Claim):
                act.edit(row, status=ClaimStatus.APPROVED.value, approver=actor.user)
            else:
                act.edit(row, status=ArticleStatus.REVIEWED.value)


def send_back(actor: Actor, seen: Sequence[Seen], why: str) -> None:
    """Makes claims drafts again and articles unfinished, each with a comment that says why.

    Raises ValidationError as `approve` does, and (`why`) when nothing is said.
    """
    if not why.strip():
        raise ValidationError({"why": "Say what is missing, for those who are to mend it."})
    with Act(actor, "claim.sent_back", f"sent back {counted(seen)}") as act:
        for row in _locked(act, seen):
            if isinstance(row, Claim):
                act.edit(row, status=ClaimStatus.DRAFT.value, approver=None)
            else:
                act.edit(row, status=ArticleStatus.IN_PROGRESS.value)
            comment.make(act, row, _to(actor, row, why))


def _to(actor: Actor, row: Claim | Article, why: str) -> str:
    """The words, with the name of whoever is to mend it: a comment that names one is told them."""
    who = row.annotator if isinstance(row, Claim) else row.assignee
    if who is None or who == actor.user or who in comment.named_in(actor, why)[0]:
        return why
    return f"@{who} {why}"


def assign(actor: Actor, incident: Incident, version: int, *, to_me: bool) -> Incident:
    """Takes an incident on, or gives it back. Raises Conflict when stale."""
    words = "took on" if to_me else "gave back"
    with Act(actor, "incident.assign", f"{words} the incident {incident}") as act:
        act.lock_incidents([incident.pk])
        incident = act.lock(incident, version)
        act.edit(incident, assignee=actor.user if to_me else None)
    return incident


def counted(seen: Sequence[Seen]) -> str:
    """In words: "2 claims and 1 article"."""
    claims = sum(isinstance(one.row, Claim) for one in seen)
    articles = len(seen) - claims
    parts = [
        f"{number} {noun}{'' if number == 1 else 's'}"
        for number, noun in ((claims, "claim"), (articles, "article"))
        if number
    ]
    return " and ".join(parts)


def _locked(act: Act, seen: Sequence[Seen]) -> list[Claim | Article]:
    if not seen:
        raise ValidationError("Choose at least one.")
    claims = [one.row for one in seen if isinstance(one.row, Claim)]
    act.lock_incidents(claim.incident_id for claim in claims)
    # In the order of their ids, so that two reviewers never wait for each other.
    found = []
    for row, version in sorted(seen, key=lambda one: (one.row._meta.label, one.row.pk)):
        try:
            current = act.lock(row, version)
        except Conflict as error:
            raise ValidationError(
                f"{_named(row)} was changed meanwhile. Look at it again; nothing was done."
            ) from error
        waits = (
            current.status in APPROVABLE
            if isinstance(current, Claim)
            else isinstance(current, Article) and current.status == ArticleStatus.ANNOTATED
        )
        if not waits:
            raise ValidationError(f"{_named(row)} does not wait for approval; nothing was done.")
        found.append(current)
    return found  # type: ignore[return-value]


def _named(row: Root) -> str:
    return f"A claim of {row.source}" if isinstance(row, Claim) else f"“{row}”"
