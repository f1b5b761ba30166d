"""The statements that refresh what is stored of verdicts.

Whether the evidence of a verdict has changed since, and of each incident how many verdicts count,
whether one waits for a second reviewer, and whether one stood before its evidence changed. Each
takes `{ids}`, ids of incidents, and runs unchanged on SQLite and PostgreSQL. Indexes lead from
incidents to verdicts: most incidents have none, and cost next to nothing.
"""

from __future__ import annotations

_OF_INCIDENTS = """
    about(id, incident_id) AS (
        SELECT a.id, a.incident_id FROM claims_assessment a WHERE a.incident_id IN ({ids})
        UNION ALL
        SELECT a.id, q.incident_id FROM claims_question q
        JOIN claims_assessment a ON a.question_id = q.id
        WHERE q.incident_id IN ({ids}) AND q.deleted_at IS NULL
    )
"""

CHANGED = f"""
WITH {_OF_INCIDENTS}
UPDATE claims_assessment AS old SET evidence_changed = new.changed
FROM (
    SELECT about.id, EXISTS (
        SELECT 1 FROM claims_assessmentchange since WHERE since.assessment_id = about.id
    ) AS changed
    FROM about
) new
WHERE new.id = old.id AND old.evidence_changed <> new.changed
"""  # noqa: S608

VERDICTS = f"""
WITH {_OF_INCIDENTS},
    counts AS (
        SELECT about.incident_id, a.evidence_changed,
               a.wants_second AND NOT EXISTS (
                   SELECT 1 FROM claims_assessment s
                   WHERE s.second_of_id = a.id AND s.withdrawn_at IS NULL
               ) AS waits
        FROM about JOIN claims_assessment a ON a.id = about.id
        WHERE a.withdrawn_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM claims_assessment l
            WHERE l.supersedes_id = a.id AND l.withdrawn_at IS NULL
        )
    ),
    counted AS (
        SELECT incident_id, COUNT(*) AS verdicts,
               MAX(CASE WHEN waits THEN 1 ELSE 0 END) = 1 AS waits,
               MAX(CASE WHEN evidence_changed THEN 1 ELSE 0 END) = 1 AS changed
        FROM counts GROUP BY incident_id
    )
UPDATE claims_incident AS old SET
    verdicts = new.verdicts, awaits_second = new.waits, evidence_changed = new.changed
FROM (
    SELECT i.id, COALESCE(counted.verdicts, 0) AS verdicts,
           COALESCE(counted.waits, FALSE) AS waits, COALESCE(counted.changed, FALSE) AS changed
    FROM claims_incident i LEFT JOIN counted ON counted.incident_id = i.id
    WHERE i.id IN ({{ids}})
) new
WHERE new.id = old.id AND (
    old.verdicts <> new.verdicts OR old.awaits_second <> new.waits
    OR old.evidence_changed <> new.changed
)
"""  # noqa: S608
