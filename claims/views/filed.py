"""Claims to be filed under a question's answers, and what is filed there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from claims.models import Filing, Question
from claims.records import ClaimKind, Extent, Stance
from claims.views.desk import DeskRequest
from claims.views.said import Said, newest_lines, rows_of, said


class Choice(NamedTuple):
    """A claim to choose; `answers` says under what it stands already."""

    said: Said
    chosen: bool
    answers: str


class Filed(NamedTuple):
    """A filing in words."""

    filing: Any
    said: Said
    words: str


def claims_of(question: Question, cards: Sequence[Said], chosen: Collection[str]) -> list[Choice]:
    """Of the claims of the incident the facts: those chosen, those not filed here, the rest."""
    answers: dict[int, list[str]] = defaultdict(list)
    for row in filings_of(question):
        answers[row.claim_id].append(words(row))
    choices = [
        Choice(one, str(one.claim.uid) in chosen, "; ".join(answers[one.claim.pk]))
        for one in cards
        if one.claim.kind == ClaimKind.FACTUAL
    ]
    return sorted(choices, key=lambda choice: (not choice.chosen, bool(choice.answers)))


def filed_under(question: Question, cards: Sequence[Said]) -> list[Filed]:
    """What is filed under the question's answers, in their order."""
    by_id = {one.claim.pk: one for one in cards}
    return [
        Filed(row, by_id[row.claim_id], words(row))
        for row in filings_of(question)
        if row.claim_id in by_id
    ]


def filings_of(question: Question) -> list[Filing]:
    """The filings under the answers of a question."""
    return list(
        Filing.objects.kept()
        .filter(position__question=question, position__deleted_at=None, claim__deleted_at=None)
        .select_related("position")
        .order_by("position__order", "position_id", "id")
    )


def in_print(request: DeskRequest, question: Question) -> list[Said]:
    """The claims of the question's incident."""
    return cards_of(request, question.incident_id)


def cards_of(request: DeskRequest, incident_id: int) -> list[Said]:
    """The claims of an incident."""
    claims = list(rows_of(incident_id))
    newest, lines = newest_lines(claims)
    return [said(claim, request.workspace.slug, newest, lines) for claim in claims]


def words(filing: Filing) -> str:
    """The answer as the claim gives it, such as "rejects: Yes, in part"."""
    told = (
        f"rejects: {filing.position}" if filing.stance == Stance.REJECTS else str(filing.position)
    )
    return f"{told}, {Extent.IN_PART.label}" if filing.extent == Extent.IN_PART else told
