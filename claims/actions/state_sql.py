"""The statements behind `state.refresh`, in the order in which they run.

`claims/dispute` is the reference for every rule in here, and a property test holds the two equal.
Each statement writes only rows whose values change, and reads what the ones before it wrote. Each
takes `{ids}`, a list of ids, and runs unchanged on SQLite 3.40 and PostgreSQL 14.
"""

from __future__ import annotations

from claims.models.affiliation import HEADS
from claims.models.competing import FILINGS, LINKS, OPPOSING, UNCOVERED, rivals
from claims.records import ClaimKind, ClaimStatus, Extent, Relation, Stance, State

PRESENT = (
    f"(c.deleted_at IS NULL AND c.status IN ('{ClaimStatus.SUBMITTED}', '{ClaimStatus.APPROVED}'))"
)
FULLY = f"extent = '{Extent.FULLY}'"
HOLDS = f"stance = '{Stance.HOLDS}'"
RANKED = (State.DISPUTED, State.UNCORROBORATED, State.CORROBORATED, State.UNANSWERED)
"""An incident takes the first of these that a question of it has."""
RANK = {state: rank for rank, state in enumerate(RANKED)}
RIVALS = rivals("SELECT id FROM claims_claim WHERE live AND incident_id IN ({ids})")

UNDERCUT = f"""
    undercut(incident_id, claim_id) AS (
        SELECT incident_id, to_claim_id FROM ({LINKS}
            AND l.incident_id IN ({{ids}}) AND l.relation = '{Relation.UNDERCUTS}'
            AND a.stands AND b.live
            AND (a.originator_id <> b.originator_id
                 OR a.originator_article_id IS DISTINCT FROM b.originator_article_id)
        ) undercutting
    )
"""  # noqa: S608
"""Live claims whose reliability a standing claim of another originator questions."""

# Who stands, what repeats what, and who said it first. Claims that restate each other in a ring
# are reached from no root and stay statements of their own.
STANDING = f"""
WITH RECURSIVE
    here AS (
        SELECT c.id, c.kind, {PRESENT} AS present FROM claims_claim c
        WHERE c.incident_id IN ({{ids}})
    ),
    edge AS (
        SELECT l.relation, l.from_claim_id AS start_id, l.to_claim_id AS end_id
        FROM claims_link l
        JOIN claims_incident i ON i.id = l.incident_id AND i.deleted_at IS NULL
        JOIN claims_claim a ON a.id = l.from_claim_id AND a.incident_id = l.incident_id
        JOIN claims_claim b ON b.id = l.to_claim_id AND b.incident_id = l.incident_id
        WHERE l.incident_id IN ({{ids}}) AND l.deleted_at IS NULL AND (
            l.relation = '{Relation.SUPERSEDES}'
            OR l.relation = '{Relation.RESTATES}' AND a.deleted_at IS NULL AND b.deleted_at IS NULL
        )
    ),
    replaces AS (SELECT * FROM edge WHERE relation = '{Relation.SUPERSEDES}'),
    repeats AS (SELECT * FROM edge WHERE relation = '{Relation.RESTATES}'),
    superseded(id) AS (
        SELECT replaces.end_id FROM here JOIN replaces ON replaces.start_id = here.id
        WHERE here.present
        UNION
        SELECT replaces.end_id FROM superseded JOIN replaces ON replaces.start_id = superseded.id
    ),
    statement(id, root_id) AS (
        SELECT id, id FROM here WHERE id NOT IN (SELECT start_id FROM repeats)
        UNION
        SELECT repeats.start_id, statement.root_id FROM statement
        JOIN repeats ON repeats.end_id = statement.id
    ),
    found AS (
        SELECT here.id, here.kind, here.present AND superseded.id IS NULL AS stands,
               COALESCE(statement.root_id, here.id) AS root_id
        FROM here
        LEFT JOIN superseded ON superseded.id = here.id
        LEFT JOIN statement ON statement.id = here.id
    )
UPDATE claims_claim AS old SET
    stands = new.stands, live = new.live, statement_id = new.root_id,
    originator_id = new.originator_id, originator_article_id = new.originator_article_id
FROM (
    SELECT found.id, found.stands, found.stands AND found.kind = '{ClaimKind.FACTUAL}' AS live,
           found.root_id, root.source_id AS originator_id,
           CASE WHEN NOT source.named THEN root.article_id END AS originator_article_id
    FROM found
    JOIN claims_claim root ON root.id = found.root_id
    JOIN claims_source source ON source.id = root.source_id
) new
WHERE new.id = old.id AND (
    old.stands <> new.stands OR old.live <> new.live
    OR old.statement_id IS DISTINCT FROM new.root_id
    OR old.originator_id IS DISTINCT FROM new.originator_id
    OR old.originator_article_id IS DISTINCT FROM new.originator_article_id
)
"""  # noqa: S608

# With whom each claim competes.
COMPETING = f"""
WITH {RIVALS},
    facing_originator AS (
        SELECT met.claim_id, COUNT(*) AS claims
        FROM (SELECT DISTINCT claim_id, rival_id FROM rival) met
        JOIN claims_claim c ON c.id = met.rival_id
        GROUP BY met.claim_id, c.originator_id, c.originator_article_id
    )
UPDATE claims_claim AS old SET
    disputed = new.claims > 0, competing_claims = new.claims,
    competing_originators = new.originators
FROM (
    SELECT c.id, COALESCE(SUM(facing_originator.claims), 0) AS claims,
           COUNT(facing_originator.claim_id) AS originators
    FROM claims_claim c
    LEFT JOIN facing_originator ON facing_originator.claim_id = c.id
    WHERE c.incident_id IN ({{ids}})
    GROUP BY c.id
) new
WHERE new.id = old.id AND (
    old.disputed <> (new.claims > 0) OR old.competing_claims <> new.claims
    OR old.competing_originators <> new.originators
)
"""  # noqa: S608

# The state of each question; a deleted one is unanswered.
QUESTIONS = f"""
WITH RECURSIVE {RIVALS}, {UNDERCUT},
    speaker(source_id) AS (SELECT DISTINCT originator_id FROM filed),
    {HEADS},
    agreed AS (
        SELECT question_id FROM filed JOIN head ON head.source_id = filed.originator_id
        WHERE competes AND {HOLDS} AND {FULLY}
        GROUP BY question_id, position_id HAVING COUNT(DISTINCT head_id) > 1
        UNION
        SELECT one.question_id FROM ({LINKS}
            AND l.incident_id IN ({{ids}}) AND l.relation = '{Relation.CORROBORATES}'
            AND a.live AND b.live
        ) link
        JOIN answered one ON one.claim_id = link.from_claim_id
        JOIN answered other ON other.claim_id = link.to_claim_id
            AND other.question_id = one.question_id
        JOIN head near ON near.source_id = link.from_source
        JOIN head far ON far.source_id = link.to_source AND far.head_id <> near.head_id
    ),
    paired AS (
        SELECT question_id, COUNT(*) AS pairs FROM rival
        WHERE question_id IS NOT NULL AND claim_id < rival_id GROUP BY question_id
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
                WHEN q.id IN (SELECT question_id FROM filed) THEN '{State.UNCORROBORATED}'
                ELSE '{State.UNANSWERED}' END AS state,
           doubted.question_id IS NOT NULL AS challenged, COALESCE(paired.pairs, 0) AS pairs
    FROM claims_question q
    LEFT JOIN paired ON paired.question_id = q.id
    LEFT JOIN agreed ON agreed.question_id = q.id
    LEFT JOIN doubted ON doubted.question_id = q.id
    WHERE q.incident_id IN ({{ids}})
) new
WHERE new.id = old.id AND (
    old.state <> new.state OR old.challenged <> new.challenged OR old.competing_pairs <> new.pairs
)
"""  # noqa: S608

# Who holds and who rejects each answer: originators, not claims; nobody on a deleted one.
POSITIONS = f"""
WITH
    accused AS (
        SELECT DISTINCT incident_id, accused_id FROM claims_claim
        WHERE incident_id IN ({{ids}}) AND live AND accused_id <> originator_id
    ),
    voice AS (
        SELECT position_id, incident_id, originator_id,
               MAX(CASE WHEN {HOLDS} AND {FULLY} THEN 1 ELSE 0 END) AS fully,
               MAX(CASE WHEN {HOLDS} AND NOT {FULLY} THEN 1 ELSE 0 END) AS in_part,
               MAX(CASE WHEN NOT {HOLDS} THEN 1 ELSE 0 END) AS rejects
        FROM ({FILINGS} AND q.incident_id IN ({{ids}})) filed
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
WITH RECURSIVE {UNDERCUT},
    uncovered AS ({LINKS}
        AND l.incident_id IN ({{ids}}) AND a.live AND b.live
        AND l.relation IN ({OPPOSING}, '{Relation.CORROBORATES}') AND {UNCOVERED}
    ),
    speaker(source_id) AS (
        SELECT from_source FROM uncovered UNION SELECT to_source FROM uncovered
    ),
    {HEADS},
    placed(claim_id) AS (
        SELECT claim_id FROM ({FILINGS} AND q.incident_id IN ({{ids}})) filed
        UNION SELECT from_claim_id FROM uncovered
        UNION SELECT to_claim_id FROM uncovered
        UNION
        SELECT l.from_claim_id FROM ({LINKS}
            AND l.incident_id IN ({{ids}}) AND l.relation = '{Relation.RESTATES}'
            AND b.live AND a.statement_id <> a.id
        ) l
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
            WHEN MAX(CASE WHEN relation IN ({OPPOSING}) THEN 1 ELSE 0 END) = 1
                THEN {RANK[State.DISPUTED]}
            WHEN MAX(CASE WHEN near.head_id <> far.head_id THEN 1 ELSE 0 END) = 1
                THEN {RANK[State.CORROBORATED]}
            ELSE {RANK[State.UNCORROBORATED]} END
        FROM uncovered
        JOIN head near ON near.source_id = uncovered.from_source
        JOIN head far ON far.source_id = uncovered.to_source
        GROUP BY uncovered.incident_id
        UNION ALL
        SELECT incident_id, {RANK[State.UNCORROBORATED]} FROM claims_claim
        WHERE live AND incident_id IN ({{ids}}) AND id NOT IN (SELECT claim_id FROM placed)
    ),
    voice AS (
        SELECT incident_id, originator_id, COUNT(*) AS claims, SUM(competing_claims) AS facing,
               MAX(CASE WHEN disputed THEN 1 ELSE 0 END) AS conflicting
        FROM claims_claim WHERE live AND incident_id IN ({{ids}})
        GROUP BY incident_id, originator_id, originator_article_id
    ),
    counted AS (
        SELECT voice.incident_id, SUM(claims) AS claims, COUNT(*) AS originators,
               COUNT(DISTINCT source.side_id) AS sides, SUM(facing) / 2 AS pairs,
               SUM(conflicting) AS conflicting
        FROM voice JOIN claims_source source ON source.id = voice.originator_id
        GROUP BY voice.incident_id
    ),
    found AS (
        SELECT i.id, COALESCE((SELECT MIN(rank) FROM ranked WHERE ranked.incident_id = i.id),
                              {RANK[State.UNANSWERED]}) AS rank,
               i.id IN (SELECT incident_id FROM undercut) AS challenged,
               COALESCE(counted.claims, 0) AS live_claims,
               COALESCE(counted.originators, 0) AS originators,
               COALESCE(counted.sides, 0) AS sides,
               COALESCE(counted.pairs, 0) AS pairs,
               COALESCE(counted.conflicting, 0) AS conflicting
        FROM claims_incident i
        LEFT JOIN counted ON counted.incident_id = i.id
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
           (3 - found.rank) * 1000000000000
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

STATEMENTS = (STANDING, COMPETING, QUESTIONS, POSITIONS, INCIDENTS)

# A claim about no incident has no links: it speaks for itself.
ALONE = f"""
UPDATE claims_claim AS old SET
    stands = new.stands, live = new.live, statement_id = new.id,
    originator_id = new.source_id, originator_article_id = new.originator_article_id,
    disputed = FALSE, competing_claims = 0, competing_originators = 0
FROM (
    SELECT c.id, {PRESENT} AS stands, {PRESENT} AND c.kind = '{ClaimKind.FACTUAL}' AS live,
           c.source_id, CASE WHEN NOT source.named THEN c.article_id END AS originator_article_id
    FROM claims_claim c JOIN claims_source source ON source.id = c.source_id
    WHERE c.incident_id IS NULL AND c.id IN ({{ids}})
) new
WHERE new.id = old.id AND (
    old.stands <> new.stands OR old.live <> new.live
    OR old.statement_id IS DISTINCT FROM new.id
    OR old.originator_id IS DISTINCT FROM new.source_id
    OR old.originator_article_id IS DISTINCT FROM new.originator_article_id
    OR old.disputed OR old.competing_claims <> 0 OR old.competing_originators <> 0
)
"""  # noqa: S608
