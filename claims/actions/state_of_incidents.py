"""The statements that refresh the derived columns of questions, answers and incidents.

`claims/dispute` is the reference for every rule in here, and a property test holds the two equal.
Each statement writes only rows whose values change, and reads what the ones before it wrote. Each
takes `{ids}` and `{claims}`, what stands in `IN (...)` for incidents and for all claims of them,
and runs unchanged on SQLite 3.40 and PostgreSQL 14.
"""

from __future__ import annotations

from claims.models.affiliation import HEADS
from claims.models.competing import RIVALS, evidence
from claims.models.incident import IN_DISPUTE
from claims.records import State

EVIDENCE = evidence("{claims}")

RANKED = (State.DISPUTED, State.UNCORROBORATED, State.CORROBORATED, State.UNANSWERED)
"""An incident takes the first of these that a question of it has."""
RANK = {state: rank for rank, state in enumerate(RANKED)}

UNDERCUT = """
    undercut(incident_id, claim_id) AS (
        SELECT speaking.incident_id, speaking.id
        FROM linking
        JOIN speaking ON speaking.id = linking.to_claim_id
            AND COALESCE(speaking.incident_id = linking.incident_id, FALSE)
        JOIN claims_claim c ON c.id = linking.from_claim_id
            AND COALESCE(c.stands AND c.incident_id = linking.incident_id, FALSE)
        WHERE linking.undercuts
            AND (c.originator_id <> speaking.originator_id
                 OR c.originator_article_id IS DISTINCT FROM speaking.originator_article_id)
    )
"""
"""Live claims whose reliability a standing claim of another originator questions."""

APART = """
    apart(link_id) AS MATERIALIZED (
        SELECT said.id FROM (
            SELECT id, from_source AS source_id FROM linked WHERE NOT opposes
            UNION ALL
            SELECT id, to_source FROM linked WHERE NOT opposes
        ) said
        JOIN head ON head.source_id = said.source_id
        GROUP BY said.id HAVING COUNT(DISTINCT head.head_id) > 1
    )
"""
"""Links that agree and join originators of different heads of affiliation."""

# The state of each question; a deleted one is unanswered.
QUESTIONS = f"""
WITH RECURSIVE {EVIDENCE}, {RIVALS}, {UNDERCUT},
    speaker(source_id) AS (SELECT DISTINCT originator_id FROM filed),
    {HEADS}, {APART},
    agreed AS (
        SELECT question_id FROM filed JOIN head ON head.source_id = filed.originator_id
        WHERE competes AND holds AND fully
        GROUP BY question_id, position_id HAVING COUNT(DISTINCT head_id) > 1
        UNION
        SELECT question_id FROM covered
        WHERE COALESCE(answered AND link_id IN (SELECT link_id FROM apart), FALSE)
    ),
    paired AS (
        SELECT question_id, COUNT(*) AS pairs FROM pair
        WHERE question_id IS NOT NULL GROUP BY question_id
    ),
    doubted AS (
        SELECT DISTINCT filed.question_id FROM filed
        JOIN undercut ON undercut.claim_id = filed.claim_id
    )
UPDATE claims_question AS old SET
    state = new.state, challenged = new.challenged, competing_pairs = new.pairs
FROM (
    SELECT q.id,
           CASE WHEN paired.pairs > 0 THEN '{State.DISPUTED}'
                WHEN agreed.question_id IS NOT NULL THEN '{State.CORROBORATED}'
                WHEN asked.question_id IS NOT NULL THEN '{State.UNCORROBORATED}'
                ELSE '{State.UNANSWERED}' END AS state,
           doubted.question_id IS NOT NULL AS challenged, COALESCE(paired.pairs, 0) AS pairs
    FROM claims_question q
    LEFT JOIN paired ON paired.question_id = q.id
    LEFT JOIN agreed ON agreed.question_id = q.id
    LEFT JOIN doubted ON doubted.question_id = q.id
    LEFT JOIN (SELECT DISTINCT question_id FROM filed) asked ON asked.question_id = q.id
    WHERE q.incident_id IN ({{ids}})
) new
WHERE new.id = old.id AND (
    old.state <> new.state OR old.challenged <> new.challenged OR old.competing_pairs <> new.pairs
)
"""  # noqa: S608

# Who holds and who rejects each answer: originators, not claims; nobody on a deleted one.
POSITIONS = f"""
WITH {EVIDENCE},
    accused AS (
        SELECT DISTINCT incident_id, accused_id FROM speaking WHERE accused_id <> originator_id
    ),
    voice AS (
        SELECT position_id, incident_id, originator_id,
               MAX(CASE WHEN holds AND fully THEN 1 ELSE 0 END) AS fully,
               MAX(CASE WHEN holds AND NOT fully THEN 1 ELSE 0 END) AS in_part,
               MAX(CASE WHEN NOT holds THEN 1 ELSE 0 END) AS rejects
        FROM filed
        GROUP BY position_id, incident_id, originator_id, originator_article_id
    ),
    composed AS (
        SELECT voice.position_id, SUM(fully) AS held_by, SUM(in_part * (1 - fully)) AS in_part_by,
               SUM(rejects) AS rejected_by,
               COUNT(DISTINCT CASE WHEN fully = 1 THEN source.side_id END) AS held_sides,
               SUM(CASE WHEN accused.accused_id IS NULL THEN fully ELSE 0 END) AS held_by_others
        FROM voice
        JOIN claims_source source ON source.id = voice.originator_id
        LEFT JOIN accused ON accused.accused_id = voice.originator_id
            AND accused.incident_id = voice.incident_id
        GROUP BY voice.position_id
    )
UPDATE claims_position AS old SET
    held_by = new.held_by, held_sides = new.held_sides, held_by_accused = new.held_by_accused,
    in_part_by = new.in_part_by, rejected_by = new.rejected_by
FROM (
    SELECT p.id, COALESCE(composed.held_by, 0) AS held_by,
           COALESCE(composed.held_sides, 0) AS held_sides,
           COALESCE(composed.held_by > 0 AND composed.held_by_others = 0, FALSE)
               AS held_by_accused,
           COALESCE(composed.in_part_by, 0) AS in_part_by,
           COALESCE(composed.rejected_by, 0) AS rejected_by
    FROM claims_question q
    JOIN claims_position p ON p.question_id = q.id
    LEFT JOIN composed ON composed.position_id = p.id
    WHERE q.incident_id IN ({{ids}})
) new
WHERE new.id = old.id AND (
    old.held_by <> new.held_by OR old.held_sides <> new.held_sides
    OR old.held_by_accused <> new.held_by_accused OR old.in_part_by <> new.in_part_by
    OR old.rejected_by <> new.rejected_by
)
"""  # noqa: S608

# The incident: its questions, the links that none of them covers, claims filed nowhere.
INCIDENTS = f"""
WITH RECURSIVE {EVIDENCE}, {UNDERCUT},
    speaker(source_id) AS (
        SELECT from_source FROM uncovered UNION SELECT to_source FROM uncovered
    ),
    {HEADS}, {APART},
    placed(claim_id) AS (
        SELECT claim_id FROM filed
        UNION SELECT from_claim_id FROM uncovered
        UNION SELECT to_claim_id FROM uncovered
        UNION
        SELECT speaking.id FROM linking
        JOIN speaking ON speaking.id = linking.from_claim_id
            AND COALESCE(speaking.incident_id = linking.incident_id, FALSE)
        JOIN speaking repeated ON repeated.id = linking.to_claim_id
            AND COALESCE(repeated.incident_id = linking.incident_id, FALSE)
        WHERE linking.restates AND speaking.statement_id <> speaking.id
    ),
    ranked(incident_id, rank) AS (
        SELECT q.incident_id, CASE q.state
            WHEN '{State.DISPUTED}' THEN {RANK[State.DISPUTED]}
            WHEN '{State.UNCORROBORATED}' THEN {RANK[State.UNCORROBORATED]}
            WHEN '{State.CORROBORATED}' THEN {RANK[State.CORROBORATED]}
            ELSE {RANK[State.UNANSWERED]} END
        FROM claims_question q
        WHERE q.incident_id IN ({{ids}}) AND q.deleted_at IS NULL AND (q.is_key OR NOT EXISTS (
            SELECT 1 FROM claims_question k
            WHERE k.incident_id = q.incident_id AND k.is_key AND k.deleted_at IS NULL
        ))
        UNION ALL
        SELECT uncovered.incident_id, CASE
            WHEN MAX(CASE WHEN opposes THEN 1 ELSE 0 END) = 1
                THEN {RANK[State.DISPUTED]}
            WHEN MAX(CASE WHEN id IN (SELECT link_id FROM apart) THEN 1 ELSE 0 END) = 1
                THEN {RANK[State.CORROBORATED]}
            ELSE {RANK[State.UNCORROBORATED]} END
        FROM uncovered GROUP BY uncovered.incident_id
        UNION ALL
        SELECT incident_id, {RANK[State.UNCORROBORATED]} FROM speaking
        WHERE id NOT IN (SELECT claim_id FROM placed)
    ),
    voice AS (
        SELECT incident_id, originator_id, COUNT(*) AS claims, SUM(competing_claims) AS facing,
               MAX(CASE WHEN disputed THEN 1 ELSE 0 END) AS conflicting
        FROM speaking
        GROUP BY incident_id, originator_id, originator_article_id
    ),
    counted AS (
        SELECT voice.incident_id, SUM(claims) AS claims, COUNT(*) AS originators,
               COUNT(DISTINCT source.side_id) AS sides, SUM(facing) / 2 AS pairs,
               SUM(conflicting) AS conflicting
        FROM voice JOIN claims_source source ON source.id = voice.originator_id
        GROUP BY voice.incident_id
    ),
    found AS MATERIALIZED (
        SELECT i.id, COALESCE(worst.rank, {RANK[State.UNANSWERED]}) AS rank,
               doubted.incident_id IS NOT NULL AS challenged,
               COALESCE(counted.claims, 0) AS live_claims,
               COALESCE(counted.originators, 0) AS originators,
               COALESCE(counted.sides, 0) AS sides,
               COALESCE(counted.pairs, 0) AS pairs,
               COALESCE(counted.conflicting, 0) AS conflicting
        FROM claims_incident i
        LEFT JOIN counted ON counted.incident_id = i.id
        LEFT JOIN (SELECT DISTINCT incident_id FROM undercut) doubted ON doubted.incident_id = i.id
        LEFT JOIN (
            SELECT incident_id, MIN(rank) AS rank FROM ranked GROUP BY incident_id
        ) worst ON worst.incident_id = i.id
        WHERE i.id IN ({{ids}})
    )
UPDATE claims_incident AS old SET
    state = new.state, challenged = new.challenged, live_claims = new.live_claims,
    originators = new.originators, sides = new.sides, competing_pairs = new.pairs,
    conflicting_originators = new.conflicting, heat = new.heat
FROM (
    SELECT found.*, CASE found.rank
               WHEN {RANK[State.DISPUTED]} THEN '{State.DISPUTED}'
               WHEN {RANK[State.UNCORROBORATED]} THEN '{State.UNCORROBORATED}'
               WHEN {RANK[State.CORROBORATED]} THEN '{State.CORROBORATED}'
               ELSE '{State.UNANSWERED}' END AS state,
           CASE WHEN pairs > 0 THEN {IN_DISPUTE} ELSE (3 - found.rank) * {IN_DISPUTE} / 3 END
               + CASE WHEN conflicting < 999999 THEN conflicting ELSE 999999 END * 1000000
               + CASE WHEN pairs < 999999 THEN pairs ELSE 999999 END AS heat
    FROM found
) new
WHERE new.id = old.id AND (
    old.state <> new.state OR old.challenged <> new.challenged
    OR old.live_claims <> new.live_claims OR old.originators <> new.originators
    OR old.sides <> new.sides OR old.competing_pairs <> new.pairs
    OR old.conflicting_originators <> new.conflicting OR old.heat <> new.heat
)
"""  # noqa: S608
