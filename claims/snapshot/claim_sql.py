"""The queries behind `claim_rows`, all in the order of incident and claim.

Claims of one incident stand together, because only a whole incident says which of its claims
compete; and because that is how they are read. Both orders are those of an index, so that the
first row does not wait for the last.
"""

from __future__ import annotations

from typing import NamedTuple

from claims.snapshot.people import person
from claims.snapshot.reader import Reader
from claims.snapshot.selection import FIRST, Selection, assessment_current


class About(NamedTuple):
    """Where claims come from in a query: `tables` names `c` and `i`, `only` narrows them.

    SQLite keeps the order of a CROSS JOIN, and so reads along the indexes that sort the rows.
    """

    tables: str
    only: str
    order: str


_I_UID = f"i.uid >= '{FIRST}'"
OF_INCIDENTS = About(
    "claims_incident i CROSS JOIN claims_claim c",
    f"c.incident_id = i.id AND i.workspace_id = %(workspace)s AND {_I_UID}"
    " AND i.deleted_at IS NULL",
    "i.uid, c.uid",
)
OF_FEW_INCIDENTS = About(
    "claims_claim c JOIN claims_incident i ON i.id = c.incident_id AND i.deleted_at IS NULL",
    "+i.workspace_id = %(workspace)s",
    "i.uid, c.uid",
)
OF_NONE = About(
    """claims_claim c LEFT JOIN claims_incident i
        ON i.id = c.incident_id AND i.deleted_at IS NULL""",
    "i.id IS NULL",
    "c.uid",
)


def parts(chosen: Selection) -> tuple[About, About]:
    """The claims of incidents, then those of none."""
    return (OF_FEW_INCIDENTS if chosen.few else OF_INCIDENTS, OF_NONE)


def _where(chosen: Selection, about: About) -> str:
    claims = chosen.claims_in_order() if about is OF_NONE else chosen.joined_claims()
    return f"{about.only} AND {claims}"


def claims(reader: Reader, chosen: Selection, about: About) -> str:
    """First the key and the number of competitors; then the cells in their order in the row."""
    return f"""
        SELECT {_key(reader)}, c.competing_claims, {reader.uid("c.uid")},
               {reader.uid("i.uid")}, COALESCE(i.code, ''), COALESCE(i.title, ''),
               {reader.moment("i.occurred_from")}, COALESCE(i.precision, ''),
               COALESCE(i.place, ''), COALESCE(i.state, ''),
               {reader.uid("a.uid")}, a.title, a.type, COALESCE(p.name, ''), a.url, a.archive_url,
               a.published_on, a.language,
               s.name, s.kind, COALESCE(side.name, ''), COALESCE(f.name, ''),
               COALESCE(o.name, ''), COALESCE(v.name, ''), COALESCE(x.name, ''),
               c.kind, c.polarity, c.speech, c.knows_by,
               c.paraphrase, c.translation, c.said_from, c.said_to, c.said_as_stated,
               c.disputed, c.competing_originators,
               c.status, c.origin, {person("u", "claim.annotator", "c")},
               {person("w", "claim.approver", "c")},
               {reader.moment("c.created_at")}, {reader.moment("c.updated_at")}
        FROM {about.tables}
        JOIN claims_article a ON a.id = c.article_id
        JOIN claims_source s ON s.id = c.source_id
        JOIN claims_user u ON u.id = c.annotator_id
        LEFT JOIN claims_source p ON p.id = a.publisher_id
        LEFT JOIN claims_side side ON side.id = s.side_id
        LEFT JOIN claims_source f ON f.id = s.affiliation_id
        LEFT JOIN claims_source o ON o.id = c.originator_id
        LEFT JOIN claims_source v ON v.id = c.via_id
        LEFT JOIN claims_source x ON x.id = c.accused_id
        LEFT JOIN claims_user w ON w.id = c.approver_id
        WHERE {_where(chosen, about)}
        ORDER BY {about.order}
    """  # noqa: S608


def spans(reader: Reader, chosen: Selection, about: About) -> str:
    """A row at least for each claim and each text of its article, the newest text first."""
    return f"""
        SELECT {_key(reader)}, r.number, r.sha256, t.role, t.start, t."end", t.quote
        FROM {about.tables}
        JOIN claims_revision r ON r.article_id = c.article_id
        LEFT JOIN claims_span t ON t.claim_id = c.id AND +t.revision_id = r.id
        WHERE {_where(chosen, about)}
        ORDER BY {about.order}, r.number DESC, t.start, t."end", t.uid
    """  # noqa: S608


def filings(reader: Reader, chosen: Selection, about: About) -> str:
    """What each claim holds or rejects, in the order of the questions.

    A filing has a row for each verdict that counts on its question, and one where there is none.
    """
    return f"""
        SELECT {_key(reader)}, f.id, q.text, p.text, f.stance, f.extent,
               v.verdict, COALESCE(found.text, ''), v.likelihood, v.confidence,
               v.second_of_id IS NOT NULL
        FROM {about.tables}
        JOIN claims_filing f ON f.claim_id = c.id AND f.deleted_at IS NULL
        JOIN claims_position p ON p.id = f.position_id AND p.deleted_at IS NULL
        JOIN claims_question q ON q.id = p.question_id AND q.deleted_at IS NULL
        LEFT JOIN claims_assessment v ON v.question_id = q.id AND {assessment_current("v")}
            AND {chosen.shown("v")}
        LEFT JOIN claims_position found ON found.id = v.position_id
        WHERE {_where(chosen, about)}
        ORDER BY {about.order}, q."order", q.uid, p."order", p.uid, v.uid
    """  # noqa: S608


def _key(reader: Reader) -> str:
    return f"{reader.key('i.uid')}, {reader.key('c.uid')}"
