"""The statements that refresh the derived columns of claims, in their order.

`claims/dispute` is the reference for every rule in here, and a property test holds the two equal.
Each statement writes only rows whose values change, and reads what the ones before it wrote. Each
takes `{ids}` or `{claims}`, what stands in `IN (...)` for incidents and for all claims of them
(`ALONE` takes claims as `{ids}`), and runs unchanged on SQLite 3.40 and PostgreSQL 14.
"""

from __future__ import annotations

from claims.models.competing import RIVALS, evidence
from claims.records import ClaimKind, ClaimStatus, Relation

EVIDENCE = evidence("{claims}")

PRESENT = (
    f"(c.deleted_at IS NULL AND c.status IN ('{ClaimStatus.SUBMITTED}', '{ClaimStatus.APPROVED}'))"
)

# Who stands, what repeats what, and who said it first. Claims that restate each other in a ring
# are reached from no root and stay statements of their own.
STANDING = f"""
WITH RECURSIVE
    here AS (
        SELECT c.id, c.kind, {PRESENT} AS present, c.source_id,
               CASE WHEN NOT s.named THEN c.article_id END AS unnamed_in
        FROM claims_claim c JOIN claims_source s ON s.id = c.source_id
        WHERE c.id IN ({{claims}})
    ),
    edge AS (
        SELECT l.relation = '{Relation.RESTATES}' AS repeats,
               l.from_claim_id AS start_id, l.to_claim_id AS end_id
        FROM claims_link l
        JOIN claims_incident i ON i.id = l.incident_id AND i.deleted_at IS NULL
        JOIN claims_claim a ON a.id = l.from_claim_id
            AND COALESCE(a.incident_id = l.incident_id, FALSE)
        JOIN claims_claim b ON b.id = l.to_claim_id
            AND COALESCE(b.incident_id = l.incident_id, FALSE)
        WHERE l.from_claim_id IN ({{claims}}) AND l.deleted_at IS NULL AND (
            l.relation = '{Relation.SUPERSEDES}'
            OR l.relation = '{Relation.RESTATES}' AND a.deleted_at IS NULL AND b.deleted_at IS NULL
        )
    ),
    replaces AS (SELECT * FROM edge WHERE NOT repeats),
    repeats AS (SELECT * FROM edge WHERE repeats),
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
           root.unnamed_in AS originator_article_id
    FROM found JOIN here root ON root.id = found.root_id
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
WITH {EVIDENCE}, {RIVALS},
    met(claim_id, rival_id) AS (
        SELECT DISTINCT CASE WHEN back THEN other_id ELSE one_id END,
                        CASE WHEN back THEN one_id ELSE other_id END
        FROM found CROSS JOIN (SELECT TRUE AS back UNION ALL SELECT FALSE) way
    ),
    voiced AS MATERIALIZED (
        SELECT id, MIN(id) OVER (PARTITION BY originator_id, originator_article_id) AS voice_id
        FROM speaking
    ),
    facing(claim_id, originators, claims) AS (
        SELECT met.claim_id, COUNT(DISTINCT voiced.voice_id), COUNT(*)
        FROM met JOIN voiced ON voiced.id = met.rival_id
        GROUP BY met.claim_id
        UNION ALL
        SELECT id, 0, 0 FROM claims_claim WHERE id IN ({{claims}})
    )
UPDATE claims_claim AS old SET
    disputed = new.claims > 0, competing_claims = new.claims,
    competing_originators = new.originators
FROM (
    SELECT claim_id AS id, SUM(originators) AS originators, SUM(claims) AS claims
    FROM facing GROUP BY claim_id
) new
WHERE new.id = old.id AND (
    old.disputed <> (new.claims > 0) OR old.competing_claims <> new.claims
    OR old.competing_originators <> new.originators
)
"""  # noqa: S608

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
