"""Which claims compete, as SQL over the stored `live` and `originator` columns.

The rule is that of `claims.dispute`; here it is set-based, one text for SQLite and PostgreSQL,
for the stored states and for exports.

How it is written keeps both planners from loops of all rows over all rows. PostgreSQL takes the
conditions of a join for independent of each other, and remembers from before an import that no
claim was live; but of an expression, and of a boolean column of WITH, it expects one half to be
true (hence COALESCE). Of a table that the same transaction filled it knows nothing, and where it
expects one row it takes any order of joins for free: each join of tables of WITH is therefore of
two, and MATERIALIZED, so that the worst it can choose is every row of one with every row of the
other; and there is no EXISTS, which it would turn into a join and run before the others.
`NOT IN (SELECT ...)`, or an IN within an expression, it looks up in a hash whatever it expects.

SQLite keeps the order of a CROSS JOIN, indexes a column of WITH only if it has a type (hence
CAST), and takes a table of WITH for a very large one where it meets it in `IN (SELECT ...)` or has
read it before: then a condition on one table of a join, unless hidden in an expression, makes it
read all of that table into a filter first. It repeats the text of a table of WITH at each mention,
and of those within it: a mention costs time to prepare.
"""

from __future__ import annotations

from claims.records import Extent, Relation, Stance


def evidence(claims: str) -> str:
    """Tables for a WITH: the live claims, and the filings and links between them that count.

    `claims` is what stands in `IN (...)`: the ids of all claims of some incidents, or a SELECT of
    them. By ids, PostgreSQL knows how many there are without statistics.

    - `speaking(id, incident_id, ..., counts)`: the live claims; `counts` is false where the
      incident is deleted;
    - `filed(incident_id, question_id, contest_id, position_id, competes, claim_id, holds, fully,
      originator_id, originator_article_id)`: their filings; `contest_id` is the question where
      the answer rules others out, else NULL;
    - `linking(id, incident_id, from_claim_id, to_claim_id, opposes, agrees, undercuts, restates)`:
      the links that begin at the claims, with a column for what each kind of link does;
    - `linked(id, incident_id, opposes, from_claim_id, to_claim_id, from_source, to_source)`:
      those that oppose or agree and join two of the claims;
    - `covered(link_id, incident_id, question_id, opposes, from_claim_id, to_claim_id, answered,
      shared)`: those of them with both ends filed on the question; `answered` if both are so
      fully, `shared` if both hold one answer fully;
    - `uncovered`: those of `linked` for which no question has both ends filed on it.
    """
    return f"""
    speaking AS MATERIALIZED (
        SELECT c.id, c.incident_id, c.statement_id, c.originator_id, c.originator_article_id,
               c.accused_id, c.disputed, c.competing_claims, i.deleted_at IS NULL AS counts
        FROM claims_claim c JOIN claims_incident i ON i.id = c.incident_id
        WHERE COALESCE(c.live, FALSE) AND c.id IN ({claims})
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
        WHERE l.from_claim_id IN ({claims})
            AND COALESCE(l.deleted_at IS NULL AND i.deleted_at IS NULL, FALSE)
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
    begun AS MATERIALIZED (
        SELECT linked.id, linked.incident_id, linked.opposes,
               linked.from_claim_id, linked.to_claim_id,
               filed.question_id, filed.position_id, filed.holds, filed.fully
        FROM linked JOIN filed ON filed.claim_id = linked.from_claim_id
    ),
    covered AS MATERIALIZED (
        SELECT one.id AS link_id, one.incident_id, one.question_id, one.opposes,
               one.from_claim_id, one.to_claim_id,
               MAX(CASE WHEN one.fully AND other.fully THEN 1 ELSE 0 END) = 1 AS answered,
               MAX(CASE WHEN one.fully AND other.fully AND one.holds AND other.holds
                   AND other.position_id = one.position_id THEN 1 ELSE 0 END) = 1 AS shared
        FROM begun one
        JOIN filed other ON other.claim_id = one.to_claim_id
            AND other.question_id = one.question_id
        GROUP BY one.id, one.incident_id, one.question_id, one.opposes,
            one.from_claim_id, one.to_claim_id
    ),
    uncovered AS MATERIALIZED (
        SELECT * FROM linked WHERE id NOT IN (SELECT link_id FROM covered)
    )
    """  # noqa: S608


_DIFFER = """
    (other.originator_id <> one.originator_id
     OR other.originator_article_id IS DISTINCT FROM one.originator_article_id)
"""

RIVALS = f"""
    held AS MATERIALIZED (
        SELECT incident_id, question_id, contest_id, position_id, claim_id,
               originator_id, originator_article_id,
               COUNT(*) OVER (PARTITION BY question_id, claim_id) AS answers,
               MIN(position_id) OVER (PARTITION BY contest_id) AS first_id,
               MAX(position_id) OVER (PARTITION BY contest_id) AS last_id
        FROM filed WHERE fully AND holds
    ),
    rejected AS MATERIALIZED (
        SELECT position_id, claim_id, originator_id, originator_article_id
        FROM filed WHERE fully AND NOT holds
    ),
    single AS MATERIALIZED (
        SELECT * FROM held WHERE COALESCE(answers = 1 AND first_id < last_id, FALSE)
    ),
    several AS MATERIALIZED (
        SELECT * FROM held WHERE COALESCE(answers > 1, FALSE)
    ),
    found(incident_id, question_id, one_id, other_id) AS (
        SELECT incident_id, question_id, from_claim_id, to_claim_id FROM covered
        WHERE opposes AND answered AND NOT shared
        UNION ALL
        SELECT one.incident_id, one.question_id, one.claim_id, other.claim_id
        FROM single one
        JOIN single other ON other.contest_id = one.contest_id
            AND other.position_id > one.position_id AND {_DIFFER}
        UNION ALL
        SELECT one.incident_id, one.question_id, one.claim_id, other.claim_id
        FROM several one
        JOIN held other ON other.question_id = one.question_id
            AND (other.answers = 1 OR other.claim_id > one.claim_id) AND {_DIFFER}
        GROUP BY one.incident_id, one.question_id, one.claim_id, other.claim_id
        HAVING MAX(CASE WHEN other.contest_id = one.contest_id THEN 1 ELSE 0 END) = 1
            AND MAX(CASE WHEN other.position_id = one.position_id THEN 1 ELSE 0 END) = 0
        UNION ALL
        SELECT one.incident_id, one.question_id, one.claim_id, other.claim_id
        FROM rejected other JOIN held one ON one.position_id = other.position_id AND {_DIFFER}
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
for a link that no question covers. `found` has the same pairs, some of them twice or the other way
round: links, then claims with one answer each on a question where several are held, then those
with more than one answer, which must have none in common, then rejections.
"""


def competing_pairs(incidents: str) -> str:
    """A query for the rows of `pair`, by incident and claims; `incidents`: ids, or a SELECT."""
    claims = f"SELECT id FROM claims_claim WHERE incident_id IN ({incidents})"  # noqa: S608
    return f"""
    WITH {evidence(claims)}, {RIVALS}
    SELECT incident_id, question_id, claim_a, claim_b FROM pair
    ORDER BY incident_id, claim_a, claim_b
    """  # noqa: S608
