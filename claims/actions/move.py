"""Claims that change their incident together: what goes with them, and what can't."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from claims.actions.attached import describe
from claims.actions.errors import Conflict, NeedsConsent
from claims.actions.journal import Act, Actor
from claims.models import Claim, Filing, Incident, Link, Position
from claims.models.lens import shown

Chosen = Sequence[tuple[UUID, int]]
"""Claims by uid, each with the version that the person saw."""


@dataclass
class Moving:
    """What a move does: the claims that change their incident, and what hangs on them."""

    claims: list[Claim]
    along: list[Link] = field(default_factory=list)
    follows: list[tuple[Filing, Position]] = field(default_factory=list)
    ends: list[Link | Filing] = field(default_factory=list)

    @property
    def losses(self) -> list[str]:
        """What ends, as sentences."""
        return [ending(row) for row in shown(self.ends)]

    @property
    def told(self) -> list[str]:
        """What goes along to an answer of the same words, as sentences."""
        return [
            f"{filing.claim.source} stays {describe(filing)}, as {position.question.incident.code} "
            "has that question and answer too."
            for filing, position in self.follows
        ]


def move(
    actor: Actor, chosen: Chosen, incident: Incident | None, *, consent: bool = False
) -> Moving:
    """The claims are about `incident` (or none) from now on, as one Change.

    Links among them go with them, and filings where the other incident has the same question with
    the same answer. Raises NeedsConsent when other links or filings would end, Conflict when one
    of the claims changed meanwhile, Claim.DoesNotExist when one is gone.
    """
    with Act(actor, "claim.move", "moved claims") as act:
        claims = lock_chosen(act, chosen, incident)
        if incident is not None:
            incident = act.lock(incident)
        moving = plan(claims, incident)
        if (losses := moving.losses) and not consent:
            raise NeedsConsent(losses)
        for row in moving.ends:
            act.remove(row)
        for claim in moving.claims:
            act.edit(claim, incident=incident)
        for link in moving.along:
            act.edit(link, incident=incident)
        for filing, position in moving.follows:
            act.edit(filing, position=position)
        if moving.claims:
            where = incident or "no incident"
            act.sum_up(f"moved {number_of(moving.claims)} to {where}")
    return moving


def plan(claims: Iterable[Claim], incident: Incident | None) -> Moving:
    """What moving the claims to `incident` would do; nothing is written."""
    target = incident.pk if incident else None
    moving = Moving([claim for claim in claims if claim.incident_id != target])
    ids = {claim.pk for claim in moving.claims}
    answers = _answers(incident)
    for link in links_of(ids):
        inner = link.from_claim_id in ids and link.to_claim_id in ids
        (moving.along if inner and incident else moving.ends).append(link)
    taken: set[tuple[int, int]] = set()
    for filing in filings_of(ids):
        position = answers.get((filing.position.question.text, filing.position.text))
        if position is None or (filing.claim_id, position.pk) in taken:
            moving.ends.append(filing)
            continue
        taken.add((filing.claim_id, position.pk))
        moving.follows.append((filing, position))
    return moving


def lock_chosen(act: Act, chosen: Chosen, incident: Incident | None) -> list[Claim]:
    """The claims locked, after their incidents and `incident`.

    Raises ValidationError for none, Conflict for one that changed since it was seen.
    """
    if not chosen:
        raise ValidationError("Choose at least one claim.")
    versions = dict(chosen)
    claims = act.lock_claims(*versions, incident=incident)
    for claim in claims:
        if claim.version != versions[claim.uid]:
            raise Conflict(claim)
    return claims


def links_of(claims: set[int]) -> QuerySet[Link]:
    """The links with an end at one of the claims, ready to be described."""
    ends = Q(from_claim__in=claims) | Q(to_claim__in=claims)
    found: QuerySet[Link] = Link.objects.kept().filter(ends)
    return found.select_related("from_claim__source", "to_claim__source").order_by("id")


def filings_of(claims: set[int]) -> QuerySet[Filing]:
    """The filings of the claims, ready to be described."""
    found: QuerySet[Filing] = Filing.objects.kept().filter(claim__in=claims)
    return found.select_related("claim__source", "position__question__incident").order_by("id")


def ending(row: Link | Filing) -> str:
    """That the link or filing would end, as a sentence that says whose it is."""
    whose = f"{row.claim.source} " if isinstance(row, Filing) else ""
    return f"This would end: {whose}{describe(row)}."


def number_of(claims: Sequence[Claim]) -> str:
    """As "1 claim" or "3 claims"."""
    return "1 claim" if len(claims) == 1 else f"{len(claims)} claims"


def _answers(incident: Incident | None) -> dict[tuple[str, str], Position]:
    """The answers of the incident by the words of question and answer."""
    rows = Position.objects.kept().filter(question__incident=incident, question__deleted_at=None)
    found: dict[tuple[str, str], Position] = {}
    if incident is not None:
        for row in rows.select_related("question__incident").order_by("id"):
            found.setdefault((row.question.text, row.text), row)
    return found
