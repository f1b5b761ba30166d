"""Claims, their spans and their figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from claims.records import Claim, Figure, Span, SpanRole
from claims.snapshot.merge import Quotes, Row
from claims.snapshot.people import person
from claims.snapshot.reader import Reader
from claims.snapshot.selection import Selection, source_kept

_TEXT_AFTER = 11
"""The column of `Claim` that is not in the table."""


def claims(reader: Reader, chosen: Selection) -> Iterator[Claim]:
    """Those of the selection, by uid."""
    sql = f"""
        {_selected(reader, chosen)}
        WHERE {chosen.claims_in_order()} ORDER BY c.uid
    """
    words = f"""
        SELECT {reader.uid("c.uid")}, r.number, t.quote
        FROM claims_claim c {content_of("c")}
        WHERE {chosen.claims_in_order()}
        ORDER BY c.uid, {IN_PLACE}
    """  # noqa: S608
    quotes = Quotes(reader.rows(words, chosen.params))
    made = chosen.record(Claim)
    for row in reader.rows(sql, chosen.params):
        yield made((*row[:_TEXT_AFTER], quotes.of(row[0]), *row[_TEXT_AFTER:]))


def with_text(row: Row, text: str) -> Claim:
    """The record of a row of `claims_of_articles`, and what its claim says."""
    return Claim._make((*row[:_TEXT_AFTER], text, *row[_TEXT_AFTER:]))


def claims_of_articles(reader: Reader, chosen: Selection) -> Iterator[Row]:
    """The same claims, by article and uid: the article's uid, then the columns but the text."""
    sql = f"{_selected(reader, chosen, 'a.uid')} WHERE {chosen.claims()} ORDER BY a.uid, c.uid"
    return reader.rows(sql, chosen.params)


def _selected(reader: Reader, chosen: Selection, *before: str) -> str:
    """SELECT and FROM of the columns of `Claim` but its text, the uids `before` ahead of them."""
    return f"""
        SELECT {_ahead(reader, before)}{reader.uid("c.uid")}, {reader.uid("a.uid")}, a.title,
               {reader.uid("i.uid")},
               COALESCE(i.code, ''), {reader.uid("s.uid")}, s.name,
               {reader.uid("v.uid")}, COALESCE(v.name, ''),
               {reader.uid("x.uid")}, COALESCE(x.name, ''),
               c.kind, c.polarity, c.speech, c.knows_by, c.certainty, c.credibility,
               c.said_from, c.said_to, c.said_as_stated,
               c.paraphrase, c.translation, c.translator, c.note, c.status, c.origin,
               {person("u", "claim.annotator", "c")}, {person("w", "claim.approver", "c")},
               {reader.moment("c.created_at")}, {reader.moment("c.updated_at")}
               {chosen.deleted(reader, "c.deleted_at")}
        FROM claims_claim c
        JOIN claims_article a ON a.id = c.article_id
        JOIN claims_source s ON s.id = c.source_id
        JOIN claims_user u ON u.id = c.annotator_id
        LEFT JOIN claims_incident i ON i.id = c.incident_id
            AND {chosen.pointed("i.deleted_at IS NULL")}
        LEFT JOIN claims_source v ON v.id = c.via_id AND {chosen.pointed(source_kept("v"))}
        LEFT JOIN claims_source x ON x.id = c.accused_id
            AND {chosen.pointed(source_kept("x"))}
        LEFT JOIN claims_user w ON w.id = c.approver_id
    """  # noqa: S608


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
        {_spans(reader, chosen)}
        WHERE {chosen.claims_in_order()}
        ORDER BY c.uid, r.number, {reader.in_bytes("t.role")}, t.start, t."end"
    """
    return map(chosen.record(Span), reader.rows(sql, chosen.params))


def spans_of_articles(reader: Reader, chosen: Selection) -> Iterator[Row]:
    """Those on the newest text of each article, by article and claim, each after its article."""
    sql = f"""
        {_spans(reader, chosen, "a.uid")} AND r.number = (
            SELECT MAX(n.number) FROM claims_revision n WHERE n.article_id = a.id)
        WHERE {chosen.claims()}
        ORDER BY a.uid, c.uid, {reader.in_bytes("t.role")}, t.start, t."end"
    """  # noqa: S608
    return reader.rows(sql, chosen.params)


def _spans(reader: Reader, chosen: Selection, *before: str) -> str:
    return f"""
        SELECT {_ahead(reader, before)}{reader.uid("c.uid")}, {reader.uid("a.uid")}, r.number,
               t.role, t.start, t."end", t.quote, t.match, t.score
               {chosen.deleted(reader)}
        FROM claims_claim c
        JOIN claims_article a ON a.id = c.article_id
        JOIN claims_span t ON t.claim_id = c.id
        JOIN claims_revision r ON r.id = t.revision_id
    """  # noqa: S608


def figures(reader: Reader, chosen: Selection) -> Iterator[Figure]:
    """Every figure of these claims."""
    sql = f"""
        {_figures(reader, chosen)}
        WHERE {chosen.claims_in_order()}
        ORDER BY c.uid, f."order", f.uid
    """
    return map(chosen.record(Figure), reader.rows(sql, chosen.params))


def figures_of_articles(reader: Reader, chosen: Selection) -> Iterator[Row]:
    """The same by article and claim, each after the uid of its article."""
    sql = f"""
        {_figures(reader, chosen, "a.uid")}
        WHERE {chosen.claims()}
        ORDER BY a.uid, c.uid, f."order", f.uid
    """
    return reader.rows(sql, chosen.params)


def _figures(reader: Reader, chosen: Selection, *before: str) -> str:
    return f"""
        SELECT {_ahead(reader, before)}{reader.uid("c.uid")}, {reader.uid("i.uid")},
               COALESCE(i.code, ''), s.name,
               c.polarity, f.measure, f.status, f.subgroup, f.group_as_stated, f.part, f."order",
               f.low, f.high, f.as_stated, f.low_basis{chosen.deleted(reader)}
        FROM claims_claim c
        JOIN claims_article a ON a.id = c.article_id
        JOIN claims_source s ON s.id = c.source_id
        JOIN claims_figure f ON f.claim_id = c.id
        LEFT JOIN claims_incident i ON i.id = c.incident_id
            AND {chosen.pointed("i.deleted_at IS NULL")}
    """  # noqa: S608


def _ahead(reader: Reader, columns: Iterable[str]) -> str:
    """Uids to group by, ahead of the columns of a record."""
    return "".join(f"{reader.uid(column)}, " for column in columns)
