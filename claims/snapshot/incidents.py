"""Incidents, their questions and the answers."""

from __future__ import annotations

from collections.abc import Iterator

from claims.records import Incident, Position, Question
from claims.snapshot.people import person
from claims.snapshot.reader import Reader
from claims.snapshot.selection import Selection


def incidents(reader: Reader, chosen: Selection) -> Iterator[Incident]:
    """Those of the selection, by uid."""
    sql = f"""
        {chosen.reached}
        SELECT {reader.uid("i.uid")}, i.code, i.title,
               {reader.moment("i.occurred_from")}, {reader.moment("i.occurred_to")}, i.precision,
               i.place, CAST(i.latitude AS double precision),
               CAST(i.longitude AS double precision), i.location_precision, i.summary,
               {reader.uid("o.uid")}, COALESCE(o.code, ''), {person("u", "incident.assignee", "i")},
               i.workflow, i.state,
               {reader.moment("i.created_at")}{chosen.deleted(reader, "i.deleted_at")}
        FROM claims_incident i
        LEFT JOIN claims_incident o ON o.id = i.parent_id
            AND {chosen.pointed("o.deleted_at IS NULL")}
        LEFT JOIN claims_user u ON u.id = i.assignee_id
        WHERE {chosen.incidents()}
        ORDER BY i.uid
    """  # noqa: S608
    return map(chosen.record(Incident), reader.rows(sql, chosen.params))


def questions(reader: Reader, chosen: Selection) -> Iterator[Question]:
    """All questions of the same incidents, asked or answered, by uid."""
    sql = f"""
        {chosen.reached}
        SELECT {reader.uid("q.uid")}, {reader.uid("i.uid")}, i.code, q.text, q.aspect, q.is_key,
               q.exclusive, q."order", q.state, {reader.moment("q.created_at")}
               {chosen.deleted(reader, "q.deleted_at")}
        FROM claims_question q JOIN claims_incident i ON i.id = q.incident_id
        WHERE {chosen.which("q", f"q.deleted_at IS NULL AND {chosen.kept.incidents()}")}
        ORDER BY q.uid
    """  # noqa: S608
    return map(chosen.record(Question), reader.rows(sql, chosen.params))


def positions(reader: Reader, chosen: Selection) -> Iterator[Position]:
    """All answers to these questions, by uid."""
    kept = f"p.deleted_at IS NULL AND q.deleted_at IS NULL AND {chosen.kept.incidents()}"
    sql = f"""
        {chosen.reached}
        SELECT {reader.uid("p.uid")}, {reader.uid("q.uid")}, q.text, p.text, p.competes, p."order",
               {reader.moment("p.created_at")}{chosen.deleted(reader, "p.deleted_at")}
        FROM claims_position p
        JOIN claims_question q ON q.id = p.question_id
        JOIN claims_incident i ON i.id = q.incident_id
        WHERE {chosen.which("p", kept)}
        ORDER BY p.uid
    """  # noqa: S608
    return map(chosen.record(Position), reader.rows(sql, chosen.params))
