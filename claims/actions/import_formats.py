"""Every format of a file of many things, by its key."""

from __future__ import annotations

from claims.actions.import_articles import ArticleTable, ArticleZip
from claims.actions.import_foreign import FOREIGN
from claims.actions.import_shapes import Format, Whole
from claims.actions.import_work import WorkBundle, WorkLines

_ALL: tuple[Format | Whole, ...] = (
    WorkBundle(), WorkLines(), *FOREIGN, ArticleZip(), ArticleTable(),
)  # fmt: skip
FORMATS = {one.key: one for one in _ALL}
"""Those that are told by how they begin, before those that are told by their name."""


def format_of(name: str, head: bytes) -> Format | Whole | None:
    """The format of a file, by its name and its first bytes."""
    return next((one for one in FORMATS.values() if one.accepts(name, head)), None)
