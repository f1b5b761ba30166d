"""Links between claims, and the filings of claims under answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from claims.exporters.brat import Within
from claims.records import Filing, Link
from claims.snapshot.claims import IN_PLACE, content_of
from claims.snapshot.merge import Groups, Quotes
from claims.snapshot.people import person
from claims.snapshot.reader import Reader
from claims.snapshot.selection import Selection

_QUOTE_AFTER = 3
_FROM_QUOTE_AFTER, _TO_QUOTE_AFTER = 6, 8
"""The columns of `Filing` and of `Link` that are not in the tables."""


def links(reader: Reader, chosen: Selection) -> Iterator[Link]:
    """Those between two claims of the selection, by uid."""
    which = """
        FROM claims_link l
        JOIN claims_incident i ON i.id = l.incident_id
        JOIN claims_claim a ON a.id = l.from_claim_id
        JOIN claims_claim b ON b.id = l.to_claim_id
    """
    kept = f"""l.deleted_at IS NULL AND i.deleted_at IS NULL
        AND a.incident_id = l.incident_id AND b.incident_id = l.incident_id
        AND {chosen.kept.joined_claims("a")} AND {chosen.kept.joined_claims("b")}"""
    where = f"WHERE {chosen.which('l', kept)}"
    sql = f"""
        SELECT {reader.uid("l.uid")}, l.relation, l.basis, l.note,
               {reader.uid("a.uid")}, s.name, {reader.uid("b.uid")}, z.name,
               {reader.uid("i.uid")}, i.code, {person("u", "link.annotator", "l")},
               {reader.moment("l.created_at")}{chosen.deleted(reader, "l.deleted_at")}
        {which}
        JOIN claims_source s ON s.id = a.source_id
        JOIN claims_source z ON z.id = b.source_id
        JOIN claims_user u ON u.id = l.annotator_id
        {where}
        ORDER BY l.uid
    """
    first, second = (
        Quotes(
            reader.rows(
                f"""SELECT {reader.uid("l.uid")}, r.number, t.quote {which} {content_of(end)}
                {where} ORDER BY l.uid, {IN_PLACE}""",
                chosen.params,
            )
        )
        for end in "ab"
    )
    made = chosen.record(Link)
    for row in reader.rows(sql, chosen.params):
        uid = row[0]
        yield made(
            (
                *row[:_FROM_QUOTE_AFTER],
                first.of(uid),
                *row[_FROM_QUOTE_AFTER:_TO_QUOTE_AFTER],
                second.of(uid),
                *row[_TO_QUOTE_AFTER:],
            )
        )


def filings(reader: Reader, chosen: Selection) -> Iterator[Filing]:
    """Those of the claims of the selection, by uid."""
    which = """
        FROM claims_filing f
        JOIN claims_claim c ON c.id = f.claim_id
        JOIN claims_position p ON p.id = f.position_id
        JOIN claims_question q ON q.id = p.question_id
        JOIN claims_incident i ON i.id = q.incident_id
    """
    kept = f"""f.deleted_at IS NULL AND p.deleted_at IS NULL AND q.deleted_at IS NULL
        AND i.deleted_at IS NULL AND q.incident_id = c.incident_id
        AND {chosen.kept.joined_claims()}"""
    where = f"WHERE {chosen.which('f', kept)}"
    sql = f"""
        SELECT {reader.uid("f.uid")}, {reader.uid("c.uid")}, s.name,
               {reader.uid("p.uid")}, {reader.uid("q.uid")}, q.text, p.text,
               f.stance, f.extent, {person("u", "filing.annotator", "f")},
               {reader.moment("f.created_at")}{chosen.deleted(reader, "f.deleted_at")}
        {which}
        JOIN claims_source s ON s.id = c.source_id
        JOIN claims_user u ON u.id = f.annotator_id
        {where}
        ORDER BY f.uid
    """
    words = f"""
        SELECT {reader.uid("f.uid")}, r.number, t.quote {which} {content_of("c")}
        {where} ORDER BY f.uid, {IN_PLACE}
    """
    quotes = Quotes(reader.rows(words, chosen.params))
    made = chosen.record(Filing)
    for row in reader.rows(sql, chosen.params):
        yield made((*row[:_QUOTE_AFTER], quotes.of(row[0]), *row[_QUOTE_AFTER:]))


def links_within(reader: Reader, chosen: Selection) -> Callable[[str], list[Within]]:
    """By article, asked for in the order of its uid: the links between two of its claims."""
    sql = f"""
        SELECT {reader.uid("t.uid")}, l.relation, {reader.uid("a.uid")}, {reader.uid("b.uid")},
               {reader.uid("l.uid")}, l.basis, l.note, {reader.uid("i.uid")}
        FROM claims_link l
        JOIN claims_incident i ON i.id = l.incident_id AND i.deleted_at IS NULL
        JOIN claims_claim a ON a.id = l.from_claim_id AND a.incident_id = l.incident_id
        JOIN claims_claim b ON b.id = l.to_claim_id AND b.incident_id = l.incident_id
        JOIN claims_article t ON t.id = a.article_id AND t.id = b.article_id
        WHERE l.workspace_id = %(workspace)s AND l.deleted_at IS NULL
            AND {chosen.joined_claims("a")} AND {chosen.joined_claims("b")}
        ORDER BY t.uid, l.uid
    """  # noqa: S608
    found = Groups(reader.rows(sql, chosen.params))
    return lambda article: [Within._make(row) for row in found.of(article)]
