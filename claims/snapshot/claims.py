"""Claims, their spans and their figures."""

from __future__ import annotations

from collections.abc import Iterator

from claims.records import Claim, Figure, Span, SpanRole
from claims.snapshot.merge import Quotes
from claims.snapshot.people import person
from claims.snapshot.reader import Reader
from claims.snapshot.selection import Selection, source_kept

_TEXT_AFTER = 11
"""The column of `Claim` that is not in the table."""


def claims(reader: Reader, chosen: Selection) -> Iterator[Claim]:
    """Those of the selection, by uid."""
    sql = f"""
        SELECT {reader.uid("c.uid")}, {reader.uid("a.uid")}, a.title, {reader.uid("i.uid")},
               COALESCE(i.code, ''), {reader.uid("s.uid")}, s.name,
               {reader.uid("v.uid")}, COALESCE(v.name, ''),
               {reader.uid("x.uid")}, COALESCE(x.name, ''),
               c.kind, c.polarity, c.speech, c.knows_by, c.certainty, c.credibility,
               c.said_from, c.said_to, c.said_as_stated,
               c.paraphrase, c.translation, c.translator, c.note, c.status, c.origin,
               {person("u")}, {person("w")},
               {reader.moment("c.created_at")}, {reader.moment("c.updated_at")}
        FROM claims_claim c
        JOIN claims_article a ON a.id = c.article_id
        JOIN claims_source s ON s.id = c.source_id
        JOIN claims_user u ON u.id = c.annotator_id
        LEFT JOIN claims_incident i ON i.id = c.incident_id AND i.deleted_at IS NULL
        LEFT JOIN claims_source v ON v.id = c.via_id AND {source_kept("v")}
        LEFT JOIN claims_source x ON x.id = c.accused_id AND {source_kept("x")}
        LEFT JOIN claims_user w ON w.id = c.approver_id
        WHERE {chosen.claims_in_order()}
        ORDER BY c.uid
    """  # noqa: S608
    words = f"""
        SELECT {reader.uid("c.uid")}, r.number, t.quote
        FROM claims_claim c {content_of("c")}
        WHERE {chosen.claims_in_order()}
        ORDER BY c.uid, {IN_PLACE}
    """  # noqa: S608
    quotes = Quotes(reader.rows(words, chosen.params))
    for row in reader.rows(sql, chosen.params):
        yield Claim._make((*row[:_TEXT_AFTER], quotes.of(row[0]), *row[_TEXT_AFTER:]))


def content_of(c: str) -> str:
    """SQL that joins the content spans `t` of `c`, a row of claims, and their revisions `r`."""
    return f"""
        JOIN claims_span t ON t.claim_id = {c}.id AND t.role = '{SpanRole.CONTENT}'
        JOIN claims_revision r ON r.id = t.revision_id
    """


IN_PLACE = 'r.number DESC, t.start, t."end", t.uid'
"""The order in which `Quotes` wants them, after the key."""


def spans(reader: Reader, chosen: Selection) -> Iterator[Span]:
    """Every span of these claims on every text."""
    sql = f"""
        SELECT {reader.uid("c.uid")}, {reader.uid("a.uid")}, r.number, t.role, t.start, t."end",
               t.quote, t.match, t.score
        FROM claims_claim c
        JOIN claims_article a ON a.id = c.article_id
        JOIN claims_span t ON t.claim_id = c.id
        JOIN claims_revision r ON r.id = t.revision_id
        WHERE {chosen.claims_in_order()}
        ORDER BY c.uid, r.number, {reader.in_bytes("t.role")}, t.start, t."end"
    """  # noqa: S608
    return map(Span._make, reader.rows(sql, chosen.params))


def figures(reader: Reader, chosen: Selection) -> Iterator[Figure]:
    """Every figure of these claims."""
    sql = f"""
        SELECT {reader.uid("c.uid")}, {reader.uid("i.uid")}, COALESCE(i.code, ''), s.name,
               c.polarity, f.measure, f.status, f.subgroup, f.group_as_stated, f.part, f."order",
               f.low, f.high, f.as_stated, f.low_basis
        FROM claims_claim c
        JOIN claims_source s ON s.id = c.source_id
        JOIN claims_figure f ON f.claim_id = c.id
        LEFT JOIN claims_incident i ON i.id = c.incident_id AND i.deleted_at IS NULL
        WHERE {chosen.claims_in_order()}
        ORDER BY c.uid, f."order", f.uid
    """  # noqa: S608
    return map(Figure._make, reader.rows(sql, chosen.params))
