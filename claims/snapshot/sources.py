"""Sources and their other names."""

from __future__ import annotations

from collections.abc import Iterator

from claims.records import Alias, Rating, Source
from claims.snapshot.people import person
from claims.snapshot.reader import Reader
from claims.snapshot.selection import Selection, article_kept, source_kept


def sources(reader: Reader, chosen: Selection) -> Iterator[Source]:
    """Those of the selection, by uid."""
    sql = f"""
        {chosen.reached}
        SELECT {reader.uid("s.uid")}, s.name, s.kind, s.named, COALESCE(side.name, ''),
               {reader.uid("f.uid")}, COALESCE(f.name, ''), {reader.uid("a.uid")}, s.note
               {chosen.deleted(reader, "s.deleted_at")}
        FROM claims_source s
        LEFT JOIN claims_side side ON side.id = s.side_id
        LEFT JOIN claims_source f ON f.id = s.affiliation_id
            AND {chosen.pointed(source_kept("f"))}
        LEFT JOIN claims_article a ON a.id = s.article_id AND {chosen.pointed(article_kept("a"))}
        WHERE {chosen.sources()}
        ORDER BY s.uid
    """  # noqa: S608
    return map(chosen.record(Source), reader.rows(sql, chosen.params))


def aliases(reader: Reader, chosen: Selection) -> Iterator[Alias]:
    """Those of the same sources, by the uid of the source and then by name."""
    sql = f"""
        {chosen.reached}
        SELECT {reader.uid("s.uid")}, s.name, alias.name
               {chosen.deleted(reader)}
        FROM claims_source s JOIN claims_alias alias ON alias.source_id = s.id
        WHERE {chosen.sources()}
        ORDER BY s.uid, {reader.in_bytes("alias.name")}
    """  # noqa: S608
    return map(chosen.record(Alias), reader.rows(sql, chosen.params))


def ratings(reader: Reader, chosen: Selection) -> Iterator[Rating]:
    """Those of the same sources, by uid."""
    sql = f"""
        {chosen.reached}
        SELECT {reader.uid("rating.uid")}, {reader.uid("s.uid")}, s.name, rating.reliability,
               rating.since, rating.reason, {person("u", "rating.rated_by", "rating")},
               {reader.moment("rating.created_at")}
               {chosen.deleted(reader, "rating.deleted_at")}
        FROM claims_rating rating
        JOIN claims_source s ON s.id = rating.source_id
        JOIN claims_user u ON u.id = rating.rated_by_id
        WHERE {chosen.which("rating", f"rating.deleted_at IS NULL AND {chosen.kept.sources()}")}
        ORDER BY rating.uid
    """  # noqa: S608
    return map(chosen.record(Rating), reader.rows(sql, chosen.params))
