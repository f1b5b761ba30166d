"""Every format of a file of many things, by its key."""

from __future__ import annotations

from claims.actions.import_articles import ArticleTable, ArticleZip
from claims.actions.import_shapes import Format

FORMATS: dict[str, Format] = {one.key: one for one in (ArticleZip(), ArticleTable())}


def format_of(name: str, head: bytes) -> Format | None:
    """The format of a file, by its name and its first bytes."""
    return next((one for one in FORMATS.values() if one.accepts(name, head)), None)
