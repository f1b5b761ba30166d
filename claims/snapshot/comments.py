"""Comments, and whom they name."""

from __future__ import annotations

from collections.abc import Iterator

from claims.records import Comment
from claims.snapshot.merge import Groups
from claims.snapshot.people import credited, person
from claims.snapshot.reader import Reader
from claims.snapshot.selection import Selection

BETWEEN = " | "
"""Between the members whom a comment names."""
_MENTIONS_AFTER = 7
"""The columns of `Comment` that are not in the tables."""


def comments(reader: Reader, chosen: Selection) -> Iterator[Comment]:
    """Those on what is taken along, by uid."""
    which = """
        FROM claims_comment m
        LEFT JOIN claims_claim c ON c.id = m.claim_id
        LEFT JOIN claims_question q ON q.id = m.question_id
        LEFT JOIN claims_incident i ON i.id = COALESCE(m.incident_id, q.incident_id)
        LEFT JOIN claims_article x ON x.id = m.article_id
    """
    # Of each comment, one of the three is there.
    kept = f"""m.deleted_at IS NULL AND (
        {chosen.kept.joined_claims()}
        OR q.deleted_at IS NULL AND {chosen.kept.incidents()}
        OR {chosen.kept.articles("x")})"""
    where = f"WHERE {chosen.which('m', kept)}"
    sql = f"""
        {chosen.reached}
        SELECT {reader.uid("m.uid")}, {reader.uid("c.uid")}, {reader.uid("q.uid")},
               CASE WHEN m.incident_id IS NOT NULL THEN {reader.uid("i.uid")} END,
               {reader.uid("x.uid")},
               COALESCE(s.name, q.text, i.code || ' ' || i.title, x.title, ''), m.text,
               {person("u", "comment.author", "m")}, {reader.moment("m.created_at")},
               {reader.moment("m.updated_at")},
               {reader.moment("m.resolved_at")}, {person("w", "comment.resolved_by", "m")}
               {chosen.deleted(reader, "m.deleted_at")},
               {credited("comment.mentions", "m")}
        {which}
        LEFT JOIN claims_source s ON s.id = c.source_id
        JOIN claims_user u ON u.id = m.author_id
        LEFT JOIN claims_user w ON w.id = m.resolved_by_id
        {where}
        ORDER BY m.uid
    """
    names = f"""
        {chosen.reached}
        SELECT {reader.uid("m.uid")}, {person("u", "mention.user", "named")} {which}
        JOIN claims_mention named ON named.comment_id = m.id
        JOIN claims_user u ON u.id = named.user_id
        {where}
        ORDER BY m.uid, {reader.in_bytes("u.username")}
    """
    named = Groups(reader.rows(names, chosen.params))
    made = chosen.record(Comment)
    for *row, imported in reader.rows(sql, chosen.params):
        mentions = BETWEEN.join(name for (name,) in named.of(row[0])) or imported or ""
        yield made((*row[:_MENTIONS_AFTER], mentions, *row[_MENTIONS_AFTER:]))
