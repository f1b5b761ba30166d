"""Stored states as read from the tables, beside what the reference says of the same rows."""

from __future__ import annotations

from typing import Any

from django.db import connection, models

from claims.dispute import resolve
from claims.models import Assessment, Claim, Incident, Position, Question
from claims.models.competing import competing_pairs
from claims.models.dispute_rows import load
from claims.records import State

RANKS = [State.DISPUTED, State.UNCORROBORATED, State.CORROBORATED, State.UNANSWERED]
TABLES: tuple[type[models.Model], ...] = (Claim, Question, Position, Assessment, Incident)
Rows = dict[int, dict[str, Any]]


def stored(model: type[models.Model], **of: Any) -> Rows:
    """The derived columns of the rows, by id."""
    names: frozenset[str] = model.DERIVED  # type: ignore[attr-defined]
    rows = model._default_manager.filter(**of).values("id", *names)
    return {row.pop("id"): row for row in rows}


def all_stored() -> dict[str, Rows]:
    return {model.__name__: stored(model) for model in TABLES}


def expected(incident: int) -> tuple[Rows, Rows, Rows, dict[str, Any]]:
    """What the reference says of the claims, questions, answers and of the incident."""
    result = resolve(load(incident))
    claims = {
        id: {
            "stands": claim.stands,
            "live": claim.live,
            "statement": claim.statement,
            "originator": claim.originator.source,
            "originator_article": claim.originator.article,
            "disputed": claim.disputed,
            "competing_claims": len(claim.competing_claims),
            "competing_originators": claim.competing_originators,
        }
        for id, claim in result.claims.items()
    }
    questions = {
        id: {
            "state": question.state,
            "challenged": question.challenged,
            "competing_pairs": len(question.pairs),
        }
        for id, question in result.questions.items()
    }
    positions = {
        answer.position: {
            "held_by": len(answer.held.originators),
            "held_sides": len(answer.held.sides),
            "held_by_accused": answer.held.accused,
            "in_part_by": len(answer.held_in_part.originators),
            "rejected_by": len(
                {*answer.rejected.originators, *answer.rejected_in_part.originators}
            ),
        }
        for question in result.questions.values()
        for answer in question.composition
    }
    whole = result.incident
    pairs = len(whole.pairs)
    incident_columns = {
        "state": whole.state,
        "challenged": whole.challenged,
        "live_claims": whole.live_claims,
        "originators": whole.originators,
        "sides": whole.sides,
        "competing_pairs": pairs,
        "conflicting_originators": whole.originators_in_conflict,
        "heat": (3 if whole.pairs else 3 - RANKS.index(whole.state)) * 10**12
        + min(whole.originators_in_conflict, 999_999) * 10**6
        + min(pairs, 999_999),
        **expected_verdicts(incident),
    }
    return claims, questions, positions, incident_columns


def verdicts_of(incident: int) -> list[Assessment]:
    """Those on the incident and on its kept questions."""
    return [
        row
        for row in Assessment.objects.select_related("question").prefetch_related("since")
        if (row.question and not row.question.deleted_at and row.question.incident_id == incident)
        or row.incident_id == incident
    ]


def expected_verdicts(incident: int) -> dict[str, Any]:
    """What is stored of the verdicts beside the state of an incident."""
    standing = [row for row in verdicts_of(incident) if row.withdrawn_at is None]
    replaced = {row.supersedes_id for row in standing}
    seconded = {row.second_of_id for row in standing}
    current = [row for row in standing if row.pk not in replaced]
    return {
        "verdicts": len(current),
        "awaits_second": any(r.wants_second and r.pk not in seconded for r in current),
        "evidence_changed": any(row.since.all() for row in current),
    }


def assert_as_the_reference_says(incident: int) -> None:
    claims, questions, positions, whole = expected(incident)
    assert stored(Claim, incident=incident) == claims
    # What is deleted is not in the reference, and says nothing.
    nothing = {"state": State.UNANSWERED, "challenged": False, "competing_pairs": 0}
    for id, row in stored(Question, incident=incident).items():
        assert row == questions.get(id, nothing)
    nobody = {
        "held_by": 0,
        "held_sides": 0,
        "held_by_accused": False,
        "in_part_by": 0,
        "rejected_by": 0,
    }
    for id, row in stored(Position, question__incident=incident).items():
        assert row == positions.get(id, nobody)
    assert stored(Incident, id=incident) == {incident: whole}
    for verdict in verdicts_of(incident):
        assert verdict.evidence_changed == bool(verdict.since.all())


def assert_pairs_as_the_reference_says(incident: int) -> None:
    result = resolve(load(incident))
    pairs: set[tuple[int | None, int, int]] = {
        (id, *pair) for id, question in result.questions.items() for pair in question.pairs
    }
    pairs |= {(None, *pair) for pair in result.unfiled.pairs}
    with connection.cursor() as cursor:
        cursor.execute(competing_pairs("%s"), [incident, incident])
        found = cursor.fetchall()
    assert len(found) == len(set(found))
    assert set(found) == {(incident, *pair) for pair in pairs}
