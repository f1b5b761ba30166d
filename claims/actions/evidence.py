"""What a verdict rests on, and which changes since have touched it.

A change touches a question when it changes a claim that is filed there, its words, numbers or
links, a filing, an answer or the question itself, or where a source that speaks there belongs.
It touches an incident as a whole when it does so anywhere in it. A note or an approval touches
nothing: what is said stays the same. Nor does a demand or an opinion, or a link that only answers
somebody: none of them is evidence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q

from claims.models import (
    Assessment,
    AssessmentChange,
    Change,
    ChangeRow,
    Claim,
    Figure,
    Filing,
    Incident,
    Link,
    Placement,
    Position,
    Question,
    Source,
    Span,
)
from claims.models.affiliation import with_affiliates
from claims.records import ClaimKind, ClaimStatus, Relation

Data = dict[str, Any]

NO_EVIDENCE = frozenset({"note", "approver_id", "order", "is_key"})
STANDING = frozenset({ClaimStatus.SUBMITTED.value, ClaimStatus.APPROVED.value})
# What of a source bears on who agrees with whom.
BEARING_OF_SOURCE = ("side_id", "affiliation_id", "named", "article_id", "deleted_at")


class Touched:
    """What one act has touched; noted row by row, and marked at its end."""

    def __init__(self, *, words: bool = True) -> None:
        """`words`: whether words that come and go touch what rests on their claim."""
        self.words = words
        self.claims: set[int] = set()
        self.questions: set[int] = set()
        self.incidents: set[int] = set()
        self.sources: set[int] = set()

    def note(self, row: models.Model, before: Data, after: Data) -> None:
        """Takes in one row of the journal."""
        match row:
            case Claim() if moved(before, after) and is_fact(before, after):
                self.claims.add(row.pk)
                self._incidents(before.get("incident_id"), after.get("incident_id"))
            case Span() if not self.words:
                return
            case Span() | Figure() | Placement() if row.claim.kind == ClaimKind.FACTUAL:
                self.claims.add(row.claim_id)
                self._incidents(row.claim.incident_id)
            case Link() if moved(before, after) and bears(before, after):
                self.claims |= {row.from_claim_id, row.to_claim_id}
                self._incidents(before.get("incident_id"), row.incident_id)
            case Filing():
                self._question(row.position.question)
                if before.get("position_id") not in (None, row.position_id):
                    rows = Position.objects.select_related("question")
                    self._question(rows.get(pk=before["position_id"]).question)
            case Position() if moved(before, after):
                self._question(row.question)
                if before.get("question_id") not in (None, row.question_id):
                    self._question(Question.objects.get(pk=before["question_id"]))
            case Question() if moved(before, after):
                self._question(row)
                self._incidents(before.get("incident_id"))
            case Source() if before and any(
                before.get(name) != after.get(name) for name in BEARING_OF_SOURCE
            ):
                self.sources.add(row.pk)

    def _question(self, question: Question) -> None:
        self.questions.add(question.pk)
        self._incidents(question.incident_id)

    def _incidents(self, *ids: int | None) -> None:
        self.incidents |= {id for id in ids if id is not None}

    def mark(self, change: Change, cancels: Change | None) -> set[int]:
        """Writes `change` beside each verdict whose evidence it touched; their incidents' ids.

        `cancels` is a change of which `change` has put back everything: where that one was
        marked, the evidence is again as it was.
        """
        spoken = Claim.objects.none()
        if self.sources:
            spoken = Claim.objects.filter(source__in=with_affiliates(self.sources))
            self._incidents(*spoken.values_list("incident_id", flat=True).distinct())
        found = Assessment.objects.of_incidents(self.incidents) if self.incidents else None
        if found is None or not found.exists():
            return set()
        named = Q(claims__in=self.claims) | Q(question__in=self._questions(spoken))
        touched = Q(incident__isnull=False) | named
        # A verdict that came, or came back, with the evidence that it rests on is of it.
        ids = set(found.filter(touched).exclude(pk__in=_given(change)).values_list("pk", flat=True))
        if cancels is not None:
            gone = AssessmentChange.objects.filter(change=cancels)
            gone = gone.exclude(assessment__in=_given(cancels))
            put_back = set(gone.values_list("assessment_id", flat=True))
            gone.delete()
            found = Assessment.objects.filter(pk__in=ids | put_back)
            ids -= put_back
        AssessmentChange.objects.bulk_create(
            (AssessmentChange(assessment_id=id, change=change) for id in sorted(ids)),
            ignore_conflicts=True,  # an import marks in several steps
        )
        pairs = found.values_list("incident_id", "question__incident_id")
        return {incident or of_question for incident, of_question in pairs}

    def _questions(self, spoken: models.QuerySet[Claim]) -> set[int]:
        filed = Filing.objects.kept().filter(Q(claim__in=self.claims) | Q(claim__in=spoken))
        return self.questions | set(filed.values_list("position__question_id", flat=True))


def _given(change: Change) -> models.QuerySet[Any]:
    """The verdicts that the act itself has given, withdrawn or given again."""
    lines = ChangeRow.objects.filter(change=change, model="assessment")
    return lines.order_by().values("object_id")


def is_fact(before: Data, after: Data) -> bool:
    """Whether the claim tells a fact, or told one."""
    return ClaimKind.FACTUAL in (before.get("kind"), after.get("kind"))


def bears(before: Data, after: Data) -> bool:
    """Whether the link bears on what is so, or did: an answer to somebody does not."""
    return bool({before.get("relation"), after.get("relation")} - {None, Relation.RESPONDS_TO})


def moved(before: Data, after: Data) -> bool:
    """Whether something of a row has changed that a verdict may rest on."""
    if not before or not after:
        return True
    changed = {name for name in after if before.get(name) != after[name]} - NO_EVIDENCE
    if {before.get("status"), after.get("status")} <= STANDING:
        changed.discard("status")
    return bool(changed)


def seal(subject: Question | Incident) -> str:
    """A short print of what there is to decide on, by ids and versions; any edit changes it.

    A form carries it, so that nobody decides on what they have not seen. Three queries.
    """
    incident_id = subject.incident_id if isinstance(subject, Question) else subject.pk
    filings = Filing.objects.kept().filter(position__question__deleted_at=None)
    filings = filings.filter(position__question__incident=incident_id)
    claims = Claim.objects.kept().filter(incident=incident_id)
    links = Link.objects.kept().filter(incident=incident_id)
    answers = Position.objects.kept().filter(question__incident=incident_id)
    if isinstance(subject, Question):
        filings = filings.filter(position__question=subject)
        answers = answers.filter(question=subject)
        own = set(filings.values_list("claim_id", flat=True))
        claims = claims.filter(pk__in=own)
        links = links.filter(Q(from_claim__in=own) | Q(to_claim__in=own))
    parts = [_versions(rows) for rows in (filings, claims, links, answers)]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _versions(rows: Iterable[Any]) -> list[tuple[int, int]]:
    return list(rows.order_by("pk").values_list("pk", "version"))  # type: ignore[attr-defined]
