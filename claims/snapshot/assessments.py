"""Verdicts, and the claims that they rest on."""

from __future__ import annotations

from collections.abc import Iterator

from claims.records import Assessment, AssessmentClaim
from claims.snapshot.claims import IN_PLACE, content_of
from claims.snapshot.merge import Quotes
from claims.snapshot.people import person
from claims.snapshot.reader import Reader
from claims.snapshot.selection import Selection


def assessments(
    reader: Reader, chosen: Selection, *, deleted_answers: bool = False
) -> Iterator[Assessment]:
    """Those on the same incidents and their questions, withdrawn ones too, by uid.

    One that no longer counts may point at an answer that is deleted, where that is taken along.
    """
    answer = "TRUE" if deleted_answers else chosen.pointed("k.deleted_at IS NULL")
    sql = f"""
        {chosen.reached}
        SELECT {reader.uid("a.uid")}, {reader.uid("i.uid")}, i.code, {reader.uid("q.uid")},
               COALESCE(q.text, ''), a.verdict, {reader.uid("k.uid")}, COALESCE(p.text, ''),
               a.likelihood, a.confidence, a.rationale, {person("u", "assessment.reviewer", "a")},
               {reader.uid("o.uid")},
               a.wants_second, {reader.uid("f.uid")}, a.agrees, a.blind, a.evidence_changed,
               {reader.moment("a.created_at")}, {reader.moment("a.withdrawn_at")},
               {person("w", "assessment.withdrawn_by", "a")}{chosen.deleted(reader)}
        FROM claims_assessment a
        LEFT JOIN claims_question q ON q.id = a.question_id
        JOIN claims_incident i ON i.id = COALESCE(a.incident_id, q.incident_id)
        JOIN claims_user u ON u.id = a.reviewer_id
        LEFT JOIN claims_position p ON p.id = a.position_id
        LEFT JOIN claims_position k ON k.id = a.position_id AND {answer}
        LEFT JOIN claims_assessment o ON o.id = a.supersedes_id AND {chosen.shown("o")}
        LEFT JOIN claims_assessment f ON f.id = a.second_of_id AND {chosen.shown("f")}
        LEFT JOIN claims_user w ON w.id = a.withdrawn_by_id
        WHERE {chosen.which("a", _kept(chosen), root=False)} AND {chosen.shown()}
        ORDER BY a.uid
    """  # noqa: S608
    return map(chosen.record(Assessment), reader.rows(sql, chosen.params))


def assessment_claims(reader: Reader, chosen: Selection) -> Iterator[AssessmentClaim]:
    """The claims of the selection that these verdicts rest on, by both uids."""
    which = """
        FROM claims_assessment a
        LEFT JOIN claims_question q ON q.id = a.question_id
        JOIN claims_incident i ON i.id = COALESCE(a.incident_id, q.incident_id)
        JOIN claims_assessmentclaim rests ON rests.assessment_id = a.id
        JOIN claims_claim c ON c.id = rests.claim_id
    """
    kept = f"{_kept(chosen)} AND {chosen.kept.joined_claims()}"
    where = f"WHERE {chosen.which('a', kept, root=False)} AND {chosen.shown()}"
    sql = f"""
        {chosen.reached}
        SELECT {reader.uid("a.uid")}, {reader.uid("c.uid")}, a.verdict, COALESCE(p.text, ''), s.name
               {chosen.deleted(reader)}
        {which}
        JOIN claims_source s ON s.id = c.source_id
        LEFT JOIN claims_position p ON p.id = a.position_id
        {where}
        ORDER BY a.uid, c.uid
    """
    words = f"""
        {chosen.reached}
        SELECT {reader.uid("a.uid")} || ' ' || {reader.uid("c.uid")}, r.number, t.quote
        {which} {content_of("c")} {where}
        ORDER BY a.uid, c.uid, {IN_PLACE}
    """
    quotes = Quotes(reader.rows(words, chosen.params))
    made = chosen.record(AssessmentClaim)
    for uid, claim, verdict, answer, source, *rest in reader.rows(sql, chosen.params):
        words_of = quotes.of(f"{uid} {claim}")
        yield made((uid, verdict, answer, claim, source, words_of, *rest))


def _kept(chosen: Selection) -> str:
    return f"q.deleted_at IS NULL AND {chosen.kept.incidents()}"
