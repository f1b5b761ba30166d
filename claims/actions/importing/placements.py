"""Words of new claims that a new text of their article had changed: as they were decided on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from claims.actions.importing.there import chunks
from claims.importers.work import Line, Work
from claims.models import Placement
from claims.records import Placing
from claims.records.native import PLACEMENTS
from claims.records.tables import Table

COLUMNS = "role was_start was_end quote start end match score reason state".split()


def tables_of(work: Work) -> tuple[Table, ...]:
    """The tables of the work that the file has besides those of every file."""
    return (PLACEMENTS,) if getattr(work, "version", 1) > 1 else ()


def wrong(record: Any, path_of: Any, text_of: Any) -> tuple[str, str] | None:
    """The column that can't be as it is, and why. `path_of` is by article and number of a text."""
    before = path_of((record.article_id, record.before))
    after = path_of((record.article_id, record.revision))
    if before is None or after is None:
        return "revision", "There is no such text of the article in the file."
    if (text_of(before) or "")[record.was_start : record.was_end] != record.quote:
        return "quote", "The earlier text says something else there."
    if (record.start is None) != (record.end is None):
        return "end", "It has one end only."
    if record.start is None:
        if record.state == Placing.ACCEPTED:
            return "start", "It was accepted, but stands nowhere."
        return None
    if not record.start < record.end <= len(text_of(after) or ""):
        return "end", "It is outside the new text."
    return None


def fresh(work: Work, claims: set[str]) -> Iterator[list[Any]]:
    """The records of new claims, some at a time."""
    for table in tables_of(work):
        lines = (line.record for line in work.rows(table) if isinstance(line, Line))
        yield from chunks(record for record in lines if record.claim_id in claims)


def row(known: Any, record: Any) -> Placement:
    """One of them as a row of the database."""
    article = known.id("articles", record.article_id)
    columns: Mapping[str, Any] = {name: getattr(record, name) for name in COLUMNS}
    return Placement(
        workspace=known.actor.workspace,
        claim_id=known.id("claims", record.claim_id),
        revision_id=known.revisions[article, record.revision],
        before_id=known.revisions[article, record.before],
        **columns,
    )
