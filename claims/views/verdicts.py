"""Verdicts in words: on each question of an incident and on the whole, with what changed since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from claims.actions.as_of import made
from claims.models import (
    Assessment,
    AssessmentChange,
    AssessmentClaim,
    ChangeRow,
    Incident,
    Question,
    Tombstone,
    User,
)
from claims.records import Likelihood, Verdict
from claims.rewind import Row
from claims.views.desk import DeskRequest
from claims.views.said import Said
from claims.views.scene import Scene

MOST_CHANGES = 5
SUBJECT = ("incident_id", "question_id")
PEOPLE = ("reviewer", "withdrawn_by", "position")
SO = "it happened as its title and summary say"


@dataclass
class Told:
    """One verdict in print. Likelihood and confidence are never in one sentence.

    `merged` is the act that withdrew it, as what it was on went into what it stands beside now.
    """

    row: Any
    mine: bool
    counts: bool
    waits: bool
    rests_on: list[Said] = field(default_factory=list)
    gone: int = 0
    purged: list[Tombstone] = field(default_factory=list)
    changes: list[Any] = field(default_factory=list)
    changes_in_all: int = 0
    merged: str = ""

    @property
    def words(self) -> str:
        """What is found: "leans to: Air strike"."""
        verdict = Verdict(self.row.verdict)
        if verdict == Verdict.UNRESOLVED:
            return verdict.label
        return f"{verdict.label}: {self.row.position or SO}"

    @property
    def likelihood(self) -> str:
        return Likelihood(self.row.likelihood).band if self.row.likelihood else ""

    @property
    def further(self) -> int:
        """How many changes since are not listed."""
        return self.changes_in_all - len(self.changes)


@dataclass
class Subject:
    """What there are verdicts on. `hidden`: one is recorded, and shown once one has decided."""

    row: Question | Incident
    current: list[Told] = field(default_factory=list)
    earlier: list[Told] = field(default_factory=list)
    hidden: bool = False

    @property
    def question(self) -> Question | None:
        return self.row if isinstance(self.row, Question) else None

    @property
    def mine(self) -> bool:
        """Whether one's own verdict counts here."""
        return any(told.mine for told in self.current)

    @property
    def told(self) -> bool:
        """Whether a verdict that counts is recorded, shown or not."""
        return bool(self.current or self.hidden)

    @property
    def in_front(self) -> bool:
        """Whether it is shown unfolded."""
        return bool(not self.question or self.question.is_key or self.told)


def verdicts(
    request: DeskRequest,
    incident: Incident,
    questions: Iterable[Question],
    claims: Mapping[int, Said],
) -> list[Subject]:
    """The questions in their order, then the incident as a whole; in six queries at most.

    `claims` are those of the incident in print. What a second reviewer must not see is left out.
    """
    rows = Assessment.objects.of_incidents([incident.pk])
    found = {row.pk: row for row in rows.select_related(*PEOPLE).order_by("-id")}
    hidden = _hidden(request, found.values(), Assessment.objects.filter(pk__in=found))
    subjects, told = _sorted(request, [*questions, incident], found, hidden)
    _rest(told, claims)
    _merges(incident.workspace_id, {pk: one for pk, one in told.items() if one.row.withdrawn_at})
    _changes({pk: one for pk, one in told.items() if one.row.evidence_changed and one.counts})
    return subjects


def verdicts_then(
    request: DeskRequest, seen: Scene, rows: Mapping[int, Row], since: int | None
) -> list[Subject]:
    """Those of an incident as it was: `rows` of the journal, just before the change `since`.

    Of what had changed by then, what was undone later is not told.
    """
    people = User.objects.in_bulk(
        {row[name] for row in rows.values() for name in ("reviewer_id", "withdrawn_by_id")} - {None}
    )
    answers = {answer.pk: answer for one in seen.questions for answer in one.answers}
    found = {pk: made(Assessment, pk, rows[pk]) for pk in sorted(rows, reverse=True)}
    for row in found.values():
        row.reviewer = people[row.reviewer_id]
        row.withdrawn_by = people.get(row.withdrawn_by_id or 0)
        row.position = answers.get(row.position_id or 0)
    # By what is there today: a second opinion can have been asked for since.
    hidden = _kept_from(request, Assessment.objects.filter(pk__in=found))
    subjects, told = _sorted(request, [*seen.questions, seen.incident], found, hidden)
    _rest(told, seen.claims)
    _changes({pk: one for pk, one in told.items() if one.counts}, since)
    return [one for one in subjects if one.current or one.earlier or one.hidden]


def _sorted(
    request: DeskRequest,
    rows: Iterable[Question | Incident],
    found: Mapping[int, Any],
    hidden: set[int],
) -> tuple[list[Subject], dict[int, Told]]:
    """The subjects with the verdicts `found`, newest first, but for what must not be seen yet."""
    subjects = {(isinstance(row, Question), row.pk): Subject(row) for row in rows}
    current = _current(found.values())
    seconded = {row.second_of_id for row in found.values() if not row.withdrawn_at}
    told = {}
    for pk, row in found.items():
        key = (row.question_id is not None, row.question_id or row.incident_id)
        subject = subjects.get(key)
        if subject is None:  # on a question that is not asked for
            continue
        if pk in hidden:
            subject.hidden = subject.hidden or pk in current
            continue
        counts = pk in current
        waits = counts and row.wants_second and pk not in seconded
        told[pk] = Told(row, row.reviewer_id == request.user.pk, counts, waits)
        (subject.current if counts else subject.earlier).append(told[pk])
    for subject in subjects.values():
        # A second opinion stands below the verdict that it is on.
        subject.current.sort(key=lambda one: (one.row.second_of_id or one.row.pk, one.row.pk))
    return list(subjects.values()), told


def current_on(request: DeskRequest, questions: Iterable[Question]) -> dict[int, Subject]:
    """By the id of each question, of any incident, the verdicts that count; two queries."""
    subjects = {one.pk: Subject(one) for one in questions}
    rows = Assessment.objects.filter(question__in=subjects)
    current = list(rows.current().select_related("reviewer", "position").order_by("id"))
    hidden = _hidden(request, current, rows)
    for row in current:
        subject = subjects[row.question_id]
        if row.pk in hidden:
            subject.hidden = True
        else:
            subject.current.append(Told(row, row.reviewer_id == request.user.pk, True, False))
    return subjects


def _hidden(request: DeskRequest, found: Iterable[Any], rows: Any) -> set[int]:
    """As `_kept_from`; `found` are all verdicts that count on the subjects of `rows`.

    Not asked for where none of them waits for a second opinion: nearly everywhere.
    """
    return _kept_from(request, rows) if any(row.wants_second for row in found) else set()


def _kept_from(request: DeskRequest, rows: Any) -> set[int]:
    """Those of `rows` that a reviewer must not see yet."""
    if not request.may("assess"):
        return set()
    return set(rows.hidden_from(request.user).values_list("pk", flat=True))


def _current(rows: Iterable[Any]) -> set[int]:
    standing = [row for row in rows if not row.withdrawn_at]
    return {row.pk for row in standing} - {row.supersedes_id for row in standing}


def _rest(told: Mapping[int, Told], claims: Mapping[int, Said]) -> None:
    pairs = AssessmentClaim.objects.filter(assessment__in=told).order_by("id")
    gone: list[tuple[int, int]] = []
    for pk, claim in pairs.values_list("assessment_id", "claim_id"):
        if claim in claims:
            told[pk].rests_on.append(claims[claim])
        else:
            told[pk].gone += 1
            gone.append((pk, claim))
    if gone:
        ids = {claim for _, claim in gone}
        rows = Tombstone.objects.filter(noun="claim", object_id__in=ids).select_related("by")
        stones = {row.object_id: row for row in rows}
        for pk, claim in gone:
            if claim in stones:
                told[pk].purged.append(stones[claim])


def _merges(workspace: int, told: Mapping[int, Told]) -> None:
    """Of verdicts that were on something else when they were withdrawn: what brought them here."""
    if not told:
        return
    rows = ChangeRow.objects.filter(workspace=workspace, model="assessment", object_id__in=told)
    for row in rows.exclude(before=None).select_related("change").order_by("id"):
        before, after = row.before or {}, row.after or {}
        if before.get("withdrawn_at") != after.get("withdrawn_at"):
            elsewhere = any(before.get(name) != after.get(name) for name in SUBJECT)
            told[row.object_id].merged = row.change.summary if elsewhere else ""


def _changes(told: Mapping[int, Told], before: int | None = None) -> None:
    if told:
        for one in latest_changes(told, before):
            told[one.assessment_id].changes.append(one.change)
            told[one.assessment_id].changes_in_all = one.in_all


def latest_changes(assessments: Iterable[int], before: int | None = None) -> Iterable[Any]:
    """The newest few changes since each of these verdicts, each with how many there are in all.

    With `before`, a change's id, those that were made before it.
    """
    own = F("assessment_id")
    marks = AssessmentChange.objects.filter(assessment__in=list(assessments))
    if before is not None:
        marks = marks.filter(change__lt=before)
    rows: Any = marks.annotate(
        place=Window(RowNumber(), partition_by=own, order_by=F("change_id").desc()),
        in_all=Window(Count("*"), partition_by=own),
    )
    few: Iterable[Any] = rows.filter(place__lte=MOST_CHANGES).select_related(
        "change__user", "assessment__question"
    )
    return sorted(few, key=lambda one: -one.change_id)
