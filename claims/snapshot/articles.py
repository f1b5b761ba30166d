"""Articles and their texts."""

from __future__ import annotations

from collections.abc import Iterator

from claims.exporters.bundle import text_path
from claims.records import Article, Revision
from claims.records.cells import join_numbers
from claims.snapshot.files import path_of_original
from claims.snapshot.merge import Groups
from claims.snapshot.people import person
from claims.snapshot.reader import Reader
from claims.snapshot.selection import Selection, article_kept, source_kept

_READ_AFTER = 13
"""The column of `Article` that is not in its table."""


def articles(reader: Reader, chosen: Selection) -> Iterator[Article]:
    """Those of the selection, by uid."""
    sql = f"""
        {chosen.reached}
        SELECT {reader.uid("a.uid")}, a.title, a.type, {reader.uid("p.uid")},
               COALESCE(p.name, ''), a.byline, a.url, a.archive_url, a.published_on, a.language,
               {person("u", "article.assignee", "a")}, a.status, {reader.uid("o.uid")},
               {reader.moment("a.created_at")}{chosen.deleted(reader, "a.deleted_at")}
        FROM claims_article a
        LEFT JOIN claims_source p ON p.id = a.publisher_id AND {chosen.pointed(source_kept("p"))}
        LEFT JOIN claims_user u ON u.id = a.assignee_id
        LEFT JOIN claims_article o ON o.id = a.republishes_id
            AND {chosen.pointed(article_kept("o"))}
        WHERE {chosen.articles()}
        ORDER BY a.uid
    """  # noqa: S608
    read = Groups(reader.rows(_read(reader, chosen), chosen.params))
    made = chosen.record(Article)
    for row in reader.rows(sql, chosen.params):
        numbers = join_numbers(number for (number,) in read.of(row[0]))
        yield made((*row[:_READ_AFTER], numbers, *row[_READ_AFTER:]))


def _read(reader: Reader, chosen: Selection) -> str:
    return f"""
        {chosen.reached}
        SELECT {reader.uid("a.uid")}, paragraph.number
        FROM claims_article a
        JOIN claims_revision r ON r.article_id = a.id AND r.number = (
            SELECT MAX(n.number) FROM claims_revision n WHERE n.article_id = a.id
        )
        JOIN claims_paragraphread paragraph ON paragraph.revision_id = r.id
        WHERE {chosen.articles()}
        ORDER BY a.uid, paragraph.number
    """  # noqa: S608


def revisions(reader: Reader, chosen: Selection) -> Iterator[Revision]:
    """The texts of the same articles, by uid; the words themselves are in files."""
    sql = f"""
        {chosen.reached}
        SELECT {reader.uid("r.uid")}, {reader.uid("a.uid")}, r.number, r.sha256, r.original,
               r.original_name, r.original_sha256, r.original_type, r.encoding,
               {reader.moment("r.captured_at")}, {person("u", "revision.captured_by", "r")}
               {chosen.deleted(reader)}
        FROM claims_revision r
        JOIN claims_article a ON a.id = r.article_id
        JOIN claims_user u ON u.id = r.captured_by_id
        WHERE r.workspace_id = %(workspace)s AND {chosen.articles()}
        ORDER BY r.uid
    """  # noqa: S608
    made = chosen.record(Revision)
    for uid, article, number, sha256, original, name, *rest in reader.rows(sql, chosen.params):
        held = path_of_original(uid, name, original)
        yield made((uid, article, number, sha256, text_path(uid), held, name, *rest))
