"""Which answers a source holds, incident by incident, beside what reviewers find there.

Told side by side and never scored: a verdict is a person's, and may change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import F

from claims.models import Filing
from claims.records import Extent, Stance
from claims.views.desk import DeskRequest
from claims.views.verdicts import Subject, current_on


class Held(NamedTuple):
    """One answer as the source has it, in how many of its live claims."""

    stance: Stance
    text: str
    in_part: bool
    claims: int

    @property
    def words(self) -> str:
        """As "held: Yes", or "rejected in part: Yes"."""
        verb = "rejected" if self.stance == Stance.REJECTS else "held"
        return f"{verb}{' in part' if self.in_part else ''}: {self.text}"


class Answered(NamedTuple):
    """A question, what the source answers, and the verdicts on it that count."""

    question: Any
    held: list[Held]
    verdicts: Subject


def filings(sources: Iterable[int], incidents: Iterable[int]) -> list[Any]:
    """All filings of their kept claims about these incidents, in the order of the questions."""
    rows = (
        Filing.objects.kept()
        .filter(
            claim__source__in=sources,
            claim__incident__in=incidents,
            claim__deleted_at=None,
            position__deleted_at=None,
            position__question__deleted_at=None,
            position__question__incident=F("claim__incident"),
        )
        .select_related("claim__article", "position__question")
    )
    question = "position__question"
    return list(
        rows.order_by(f"-{question}__is_key", f"{question}__order", question, "position", "id")
    )


def answered(request: DeskRequest, rows: Iterable[Any]) -> Mapping[tuple[int, int], list[Answered]]:
    """By source and incident, what the live claims among these filings answer; two queries."""
    questions: dict[int, Any] = {}
    held: dict[tuple[int, int], dict[tuple[Any, str, str], int]] = {}
    for row in rows:
        if row.claim.live:
            question = questions.setdefault(row.position.question_id, row.position.question)
            counts = held.setdefault((row.claim.source_id, question.pk), defaultdict(int))
            counts[row.position, row.stance, row.extent] += 1
    verdicts = current_on(request, questions.values())
    found: dict[tuple[int, int], list[Answered]] = defaultdict(list)
    for (source, pk), counts in held.items():
        answers = [
            _held(position, stance, extent, claims)
            for (position, stance, extent), claims in counts.items()
        ]
        question = questions[pk]
        found[source, question.incident_id].append(Answered(question, answers, verdicts[pk]))
    return found


def _held(position: Any, stance: str, extent: str, claims: int) -> Held:
    return Held(Stance(stance), position.text, extent == Extent.IN_PART, claims)


def words_of(rows: Iterable[Any]) -> Mapping[int, list[str]]:
    """By claim, the answers it is filed under, in words."""
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        found[row.claim_id].append(_held(row.position, row.stance, row.extent, 1).words)
    return found
