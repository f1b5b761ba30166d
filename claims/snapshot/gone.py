"""What is not among the living rows of a workspace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from claims.records import ImportState
from claims.records.native import with_deletion
from claims.snapshot.reader import Reader
from claims.snapshot.selection import Filters, R, Selection, article_kept, source_kept

# What an import has made and not shown yet says that it was deleted when that import was made.
_NOT_COMING = f"""({{x}}.deleted_at IS NULL OR NOT EXISTS (
    SELECT 1 FROM claims_import coming
    WHERE coming.workspace_id = {{x}}.workspace_id AND coming.made_at = {{x}}.deleted_at
        AND coming.state = '{ImportState.WRITING}'
))"""  # noqa: S608 - a word of a closed list


class Gone(Selection):
    """The rest of the workspace: what is deleted, and what stands on something deleted.

    Together with the living rows that is every row, and these point at whatever they point at.
    """

    def __init__(self, living: Selection) -> None:
        """Of the workspace of `living`, which no filter narrows."""
        self.narrow = False
        self.params = living.params
        self._filters = Filters()
        self.blind = living.blind
        self._living = living

    @property
    def kept(self) -> Selection:
        return self._living

    def which(self, x: str, kept: str, *, root: bool = True) -> str:
        gone = f"{x}.workspace_id = %(workspace)s AND NOT COALESCE(({kept}), FALSE)"
        return f"{gone} AND {_NOT_COMING.format(x=x)}" if root else gone

    def pointed(self, kept: str) -> str:
        return "TRUE"

    def record(self, row: type[R]) -> Callable[[Any], R]:
        return lambda cells: with_deletion(row, cells)

    def deleted(self, reader: Reader, column: str = "NULL") -> str:
        return ", NULL" if column == "NULL" else f", {reader.moment(column)}"

    def _claims(self, c: str, of_workspace: str) -> str:
        return f"{of_workspace} AND {c}.deleted_at IS NOT NULL AND {_NOT_COMING.format(x=c)}"

    def articles(self, a: str = "a") -> str:
        return self.which(a, article_kept(a))

    def sources(self, s: str = "s") -> str:
        return self.which(s, source_kept(s))

    def incidents(self, i: str = "i") -> str:
        coming = _NOT_COMING.format(x=i)
        return f"{i}.workspace_id = %(workspace)s AND {i}.deleted_at IS NOT NULL AND {coming}"
