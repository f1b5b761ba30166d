"""Which claims compete, as SQL over the stored `live` and `originator` columns.

The rule is that of `claims.dispute.pairs`; here it is set-based, one text for SQLite and
PostgreSQL, for states and for exports.
"""

from __future__ import annotations

from claims.records import Extent, Relation, Stance

OPPOSING = f"'{Relation.CONTRADICTS}', '{Relation.DENIES}'"
"""What makes two linked claims compete."""

LINKS = """
    SELECT l.id, l.incident_id, l.relation, l.from_claim_id, l.to_claim_id,
           a.stands AS from_stands, a.live AS from_live, b.live AS to_live,
           a.originator_id AS from_source, a.originator_article_id AS from_article,
           b.originator_id AS to_source, b.originator_article_id AS to_article
    FROM claims_link l
    JOIN claims_incident i ON i.id = l.incident_id AND i.deleted_at IS NULL
    JOIN claims_claim a ON a.id = l.from_claim_id AND a.incident_id = l.incident_id
    JOIN claims_claim b ON b.id = l.to_claim_id AND b.incident_id = l.incident_id
    WHERE l.deleted_at IS NULL
"""
"""The links that count, with what their ends are; add `AND ...` to narrow `l`, `a` and `b`."""

FILINGS = """
    SELECT c.incident_id, p.question_id, q.exclusive, p.id AS position_id, p.competes,
           c.id AS claim_id, f.stance, f.extent, c.originator_id, c.originator_article_id
    FROM claims_question q
    JOIN claims_incident i ON i.id = q.incident_id AND i.deleted_at IS NULL
    JOIN claims_position p ON p.question_id = q.id AND p.deleted_at IS NULL
    JOIN claims_filing f ON f.position_id = p.id AND f.deleted_at IS NULL
    JOIN claims_claim c ON c.id = f.claim_id AND c.incident_id = q.incident_id
    WHERE q.deleted_at IS NULL AND c.live
"""
"""The filings of live claims that count; add `AND ...` to narrow `q`, `i`, `p`, `f` and `c`."""

_QUESTIONS_OF = """
    SELECT p.question_id FROM claims_filing f
    JOIN claims_position p ON p.id = f.position_id AND p.deleted_at IS NULL
    JOIN claims_question q ON q.id = p.question_id AND q.deleted_at IS NULL
    WHERE f.deleted_at IS NULL AND q.incident_id = l.incident_id AND f.claim_id = {claim}
"""
"""The questions on which one end of the link `l` is filed, in whatever way."""

UNCOVERED = f"""
    NOT EXISTS (
        {_QUESTIONS_OF.format(claim="l.from_claim_id")}
        INTERSECT
        {_QUESTIONS_OF.format(claim="l.to_claim_id")}
    )
"""
"""No question has both ends of `l` filed on it (among live claims, whose questions all count)."""

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
"""The two claims both hold one answer to the question fully."""

_DIFFER = """
    (other.originator_id <> one.originator_id
     OR other.originator_article_id IS DISTINCT FROM one.originator_article_id)
"""


def rivals(which: str) -> str:
    """Tables for a WITH: `rival(incident_id, question_id, claim_id, rival_id)`, no row twice.

    `which` is an SQL condition on `c`, a row of claims. `claim_id` is a live claim of which it is
    true, and `rival_id` any claim that competes with it: so a pair of them is there in both
    directions, once for each question that it competes on. `question_id` is NULL for a link that
    no question covers. Also `filed`: the filings that count on all questions of those claims.
    """
    fully = f"extent = '{Extent.FULLY}'"
    # Subqueries instead of joins here and there keep SQLite, which knows nothing of the size of
    # a table of WITH, from beginning with a scan of all positions or links.
    return f"""
    driving AS (SELECT c.id, c.incident_id FROM claims_claim c WHERE c.live AND {which}),
    asked(question_id) AS (
        SELECT DISTINCT p.question_id FROM claims_position p WHERE p.id IN (
            SELECT f.position_id FROM claims_filing f WHERE f.claim_id IN (SELECT id FROM driving)
        )
    ),
    filed AS ({FILINGS} AND q.id IN (SELECT question_id FROM asked)),
    held AS (
        SELECT filed.*, COUNT(*) OVER (PARTITION BY question_id, claim_id) AS answers
        FROM filed WHERE stance = '{Stance.HOLDS}' AND {fully}
    ),
    vying AS (SELECT * FROM held WHERE exclusive AND competes),
    rejected AS (SELECT * FROM filed WHERE stance = '{Stance.REJECTS}' AND {fully}),
    answered AS (
        SELECT DISTINCT question_id, claim_id FROM filed WHERE {fully}
    ),
    opposed AS ({LINKS} AND a.live AND b.live AND l.relation IN ({OPPOSING})
        AND l.incident_id IN (SELECT incident_id FROM driving)
    ),
    facing(incident_id, link_id, claim_id, rival_id) AS (
        SELECT incident_id, id, from_claim_id, to_claim_id FROM opposed
        UNION ALL
        SELECT incident_id, id, to_claim_id, from_claim_id FROM opposed
    ),
    rival(incident_id, question_id, claim_id, rival_id) AS (
        SELECT one.incident_id, one.question_id, one.claim_id, other.claim_id
        FROM driving
        JOIN vying one ON one.claim_id = driving.id
        JOIN vying other ON other.question_id = one.question_id
            AND other.position_id <> one.position_id AND {_DIFFER}
        WHERE one.answers + other.answers = 2 OR NOT {_SHARED}
        UNION
        SELECT one.incident_id, one.question_id, one.claim_id, other.claim_id
        FROM driving
        JOIN held one ON one.claim_id = driving.id
        JOIN rejected other ON other.position_id = one.position_id AND {_DIFFER}
        UNION
        SELECT one.incident_id, one.question_id, one.claim_id, other.claim_id
        FROM driving
        JOIN rejected one ON one.claim_id = driving.id
        JOIN held other ON other.position_id = one.position_id AND {_DIFFER}
        UNION
        SELECT facing.incident_id, one.question_id, one.claim_id, other.claim_id
        FROM driving
        JOIN facing ON facing.claim_id = driving.id
        JOIN answered one ON one.claim_id = facing.claim_id
        JOIN answered other ON other.claim_id = facing.rival_id
            AND other.question_id = one.question_id
        WHERE NOT {_SHARED}
        UNION
        SELECT facing.incident_id, NULL, facing.claim_id, facing.rival_id
        FROM driving
        JOIN facing ON facing.claim_id = driving.id
        JOIN claims_link l ON l.id = facing.link_id
        WHERE {UNCOVERED}
    )
    """  # noqa: S608


def competing_pairs(which: str) -> str:
    """A query for (incident_id, question_id or NULL, claim_a, claim_b), where claim_a < claim_b.

    `which` is an SQL condition on `c`, a row of claims, that is true of all claims of an incident
    or of none. One row for each question that a pair competes on, in the order of the columns,
    but with NULL wherever the database puts it.
    """
    return f"""
    WITH {rivals(which)}
    SELECT incident_id, question_id, claim_id, rival_id FROM rival WHERE claim_id < rival_id
    ORDER BY incident_id, question_id, claim_id, rival_id
    """  # noqa: S608
