"""Which claims compete, as SQL over the stored `live` and `originator` columns.

The rule is that of `claims.dispute`; here it is set-based, one text for SQLite and PostgreSQL,
for the stored states and for exports.

How it is written keeps both planners from loops of all rows over all rows. PostgreSQL takes the
conditions of a join for independent of each other, and remembers from before an import that no
claim was live; but of an expression, and of a boolean column of WITH, it expects one half to be
true. SQLite keeps the order of a CROSS JOIN, indexes a column of WITH only if it has a type
(hence CAST), and takes a table of WITH for a very large one where it meets it in `IN (SELECT ...)`
or has read it before: then a condition on one table of a join, unless hidden in an expression,
makes it read all of that table into a filter first. Where it meets a table of WITH for the first
time it believes in few rows, and indexes none: so `stance` is joined to itself late in `found`.
"""

from __future__ import annotations

from claims.records import Extent, Relation, Stance


def evidence(incidents: str) -> str:
    """Tables for a WITH: the live claims, and the filings and links between them that count.

    `incidents` is what stands in `IN (...)`: ids, or a SELECT of ids.

    - `speaking(id, incident_id, ..., counts)`: the live claims; `counts` is false where the
      incident is deleted;
    - `filed(incident_id, question_id, contest_id, position_id, competes, claim_id, holds, fully,
      originator_id, originator_article_id)`: their filings; `contest_id` is the question where
      the answer rules others out, else NULL;
    - `linking(id, incident_id, from_claim_id, to_claim_id, opposes, agrees, undercuts, restates)`:
      the links of their incidents, with a column for what each kind of link does;
    - `linked(id, incident_id, opposes, from_claim_id, to_claim_id, from_source, to_source)`:
      those that oppose or agree and join two of the claims;
    - `uncovered`: those of `linked` for which no question has both ends filed on it.
    """
    return f"""
    speaking AS MATERIALIZED (
        SELECT c.id, c.incident_id, c.statement_id, c.originator_id, c.originator_article_id,
               c.accused_id, c.disputed, c.competing_claims, i.deleted_at IS NULL AS counts
        FROM claims_claim c JOIN claims_incident i ON i.id = c.incident_id
        WHERE COALESCE(c.live, FALSE) AND c.incident_id IN ({incidents})
    ),
    filed AS MATERIALIZED (
        SELECT speaking.incident_id, p.question_id,
               CAST(CASE WHEN q.exclusive AND p.competes THEN q.id END AS BIGINT) AS contest_id,
               p.id AS position_id, p.competes, speaking.id AS claim_id,
               f.stance = '{Stance.HOLDS}' AS holds, f.extent = '{Extent.FULLY}' AS fully,
               speaking.originator_id, speaking.originator_article_id
        FROM speaking
        CROSS JOIN claims_filing f
        CROSS JOIN claims_position p
        CROSS JOIN claims_question q
        WHERE f.claim_id = speaking.id AND p.id = f.position_id AND q.id = p.question_id
            AND COALESCE(
                speaking.counts AND q.incident_id = speaking.incident_id
                AND f.deleted_at IS NULL AND p.deleted_at IS NULL AND q.deleted_at IS NULL, FALSE
            )
    ),
    linking AS MATERIALIZED (
        SELECT l.id, l.incident_id, l.from_claim_id, l.to_claim_id,
               l.relation IN ('{Relation.CONTRADICTS}', '{Relation.DENIES}') AS opposes,
               l.relation = '{Relation.CORROBORATES}' AS agrees,
               l.relation = '{Relation.UNDERCUTS}' AS undercuts,
               l.relation = '{Relation.RESTATES}' AS restates
        FROM claims_link l JOIN claims_incident i ON i.id = l.incident_id
        WHERE l.deleted_at IS NULL AND i.deleted_at IS NULL AND l.incident_id IN ({incidents})
    ),
    linked AS MATERIALIZED (
        SELECT linking.id, linking.incident_id, linking.opposes,
               linking.from_claim_id, linking.to_claim_id,
               one.originator_id AS from_source, other.originator_id AS to_source
        FROM linking
        JOIN speaking one ON one.id = linking.from_claim_id
            AND COALESCE(one.incident_id = linking.incident_id, FALSE)
        JOIN speaking other ON other.id = linking.to_claim_id
            AND COALESCE(other.incident_id = linking.incident_id, FALSE)
        WHERE linking.opposes OR linking.agrees
    ),
    uncovered AS (
        SELECT linked.* FROM linked
        LEFT JOIN (
            SELECT DISTINCT linked.id FROM linked
            JOIN filed one ON one.claim_id = linked.from_claim_id
            JOIN filed other ON other.claim_id = linked.to_claim_id
                AND other.question_id = one.question_id
        ) covered ON covered.id = linked.id
        WHERE covered.id IS NULL
    )
    """  # noqa: S608


_DIFFER = """
    (other.originator_id <> one.originator_id
     OR other.originator_article_id IS DISTINCT FROM one.originator_article_id)
"""

_SHARED = f"""
    EXISTS (
        SELECT 1 FROM claims_filing s
        JOIN claims_filing t ON t.position_id = s.position_id
        JOIN claims_position p ON p.id = s.position_id
        WHERE s.claim_id = one.claim_id AND t.claim_id = other.claim_id
            AND p.question_id = one.question_id AND p.deleted_at IS NULL
            AND s.deleted_at IS NULL AND t.deleted_at IS NULL
            AND s.stance = '{Stance.HOLDS}' AND t.stance = '{Stance.HOLDS}'
            AND s.extent = '{Extent.FULLY}' AND t.extent = '{Extent.FULLY}'
    )
"""  # noqa: S608

RIVALS = f"""
    stance AS (
        SELECT incident_id, question_id, claim_id, originator_id, originator_article_id,
               CAST(CASE WHEN fully AND holds THEN contest_id END AS BIGINT) AS contest_id,
               CAST(CASE WHEN fully AND holds THEN position_id END AS BIGINT) AS held_id,
               CAST(CASE WHEN fully AND NOT holds THEN position_id END AS BIGINT) AS rejected_id,
               SUM(CASE WHEN fully AND holds THEN 1 ELSE 0 END)
                   OVER (PARTITION BY question_id, claim_id) AS answers
        FROM filed
    ),
    answered AS (
        SELECT DISTINCT question_id, claim_id FROM stance
        WHERE COALESCE(held_id, rejected_id) IS NOT NULL
    ),
    found(incident_id, question_id, one_id, other_id) AS (
        SELECT linked.incident_id, one.question_id, one.claim_id, other.claim_id
        FROM linked CROSS JOIN answered one CROSS JOIN answered other
        WHERE linked.opposes AND one.claim_id = linked.from_claim_id
            AND other.claim_id = linked.to_claim_id AND other.question_id = one.question_id
            AND NOT {_SHARED}
        UNION ALL
        SELECT one.incident_id, one.question_id, one.claim_id, other.claim_id
        FROM stance one
        JOIN stance other ON other.contest_id = one.contest_id
            AND other.held_id > one.held_id AND {_DIFFER}
        WHERE (one.answers + other.answers = 2 OR NOT {_SHARED})
        UNION ALL
        SELECT one.incident_id, one.question_id, one.claim_id, other.claim_id
        FROM stance one JOIN stance other ON other.rejected_id = one.held_id AND {_DIFFER}
        UNION ALL
        SELECT incident_id, NULL, from_claim_id, to_claim_id FROM uncovered WHERE opposes
    ),
    pair(incident_id, question_id, claim_a, claim_b) AS (
        SELECT DISTINCT incident_id, question_id,
               CASE WHEN one_id < other_id THEN one_id ELSE other_id END,
               CASE WHEN one_id < other_id THEN other_id ELSE one_id END
        FROM found
    )
"""  # noqa: S608
"""Tables for a WITH after those of `evidence`: `pair(incident_id, question_id, claim_a, claim_b)`.

One row for each question on which two claims compete, claim_a < claim_b; `question_id` is NULL
for a link that no question covers.
"""


def competing_pairs(incidents: str) -> str:
    """A query for the rows of `pair`, by incident and claims; `incidents` as in `evidence`."""
    return f"""
    WITH {evidence(incidents)}, {RIVALS}
    SELECT incident_id, question_id, claim_a, claim_b FROM pair
    ORDER BY incident_id, claim_a, claim_b
    """  # noqa: S608
