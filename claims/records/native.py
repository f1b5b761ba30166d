"""What `counterclaim.jsonl` holds beside the tables of the bundle: for its writer and its reader.

After the living rows of a table come the deleted ones, and those that stand on something deleted:
records with one cell more, which says when (`with_deletion`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, NamedTuple, TypeVar

from claims.records.columns import (
    Column,
    Kind,
    count,
    key,
    mark,
    moment,
    named,
    number,
    object_or_none,
    ref,
    text,
    word,
    yes_no,
)
from claims.records.tables import Pointer, Table
from claims.records.words import ChangeKind, Match, Placing, SpanRole

FORMAT = "counterclaim.jsonl"
VERSION = 2
VERSIONS = (1, 2)
"""What is read. Of version 1: no deleted rows, no words that wait, no journal."""
END = "end"
FILES = "files"
"""What stands as `table` of a line that holds a file: not a table of rows."""
DELETED = "deleted_at"
"""The last key of a row that is deleted, or stands on something deleted."""
DELETED_AT = Column(
    Kind.MOMENT,
    "When it was deleted; null where it is not itself, but belongs to something that is.",
)

R = TypeVar("R", bound=tuple[Any, ...])


def with_deletion(row: type[R], cells: Iterable[Any]) -> R:
    """A record of `row` with one cell more: when it was deleted, or None."""
    return tuple.__new__(row, cells)


def is_deleted(record: Any) -> bool:
    """Whether it has that cell: it is not among the living."""
    return len(record) > len(record._fields)


def deleted_at(record: Any) -> datetime | None:
    """When it was deleted, where it was itself."""
    return record[-1] if is_deleted(record) else None


class Placement(NamedTuple):
    """Words of a claim that a new text of its article had changed, and what was decided of them."""

    claim_id: Annotated[str, key("The claim.", "claims")]
    article_id: Annotated[str, key("The article.", "articles")]
    revision: Annotated[int, count("Number of the new text.", 1, required=True)]
    before: Annotated[int, count("Number of the text that has the words.", 1, required=True)]
    role: Annotated[str, word(SpanRole, "Which part of the attribution they are.")]
    was_start: Annotated[int, count("First character in the earlier text.", required=True)]
    was_end: Annotated[int, count("One past the last character there.", 1, required=True)]
    quote: Annotated[str, named("The words there.")]
    start: Annotated[int | None, count("First character in the new text; blank: nowhere.")]
    end: Annotated[int | None, count("One past the last character there.")]
    match: Annotated[str, word(Match, "How they were found there.")]
    score: Annotated[float, number("How alike they are, 0 to 1.", 0, 1, required=True)]
    reason: Annotated[str, text("Why a person looks.")]
    state: Annotated[str, word(Placing, "What was decided.")]


class Change(NamedTuple):
    """One act of one person, or the undo of one."""

    change_id: Annotated[str, key("The act.")]
    at: Annotated[datetime, moment("When.", required=True)]
    by: Annotated[str, text("Who: a name, and no account.")]
    action: Annotated[
        str, mark("What it did, such as `claim.edit`.", r"[a-z_.]{1,40}", required=True)
    ]
    kind: Annotated[str, word(ChangeKind, "What sort of thing it is about.")]
    summary: Annotated[str, text("What it did, in words.")]
    undo_of: Annotated[str | None, ref("The act that it takes back, or does again.", "")]
    is_undo: Annotated[bool, yes_no("`true` if it takes that back, `false` if it does it again.")]


class ChangeTopic(NamedTuple):
    """One thing in whose history an act stands, the nearest first."""

    change_id: Annotated[str, key("The act.")]
    noun: Annotated[
        str,
        mark(
            "Of which table the thing is: `claim`, `question`, `incident`, `article`, `source`.",
            "claim|question|incident|article|source",
            required=True,
        ),
    ]
    object_id: Annotated[str, key("The thing.")]


class ChangeRow(NamedTuple):
    """One row that an act made, changed or took out, as it was and as it became.

    What points at another row has that row's id; people are names.
    """

    change_id: Annotated[str, key("The act.")]
    noun: Annotated[
        str, mark("What the row is: `claim`, `span`, `filing` ...", "[a-z]{1,20}", required=True)
    ]
    object_id: Annotated[str | None, ref("The row; spans and other parts have ids here only.", "")]
    before: Annotated[dict[str, Any] | None, object_or_none("As it was; null: it was not there.")]
    after: Annotated[dict[str, Any] | None, object_or_none("As it became; null: it is gone.")]


PLACEMENTS = Table(
    "placements",
    Placement,
    ("claim_id", "revision", "role", "was_start", "was_end"),
    ("claim_id", "revision", "role", "was_start", "was_end"),
    (
        Pointer(("article_id", "revision"), "revisions", ("article_id", "number")),
        Pointer(("article_id", "before"), "revisions", ("article_id", "number")),
    ),
)
CHANGES = Table("changes", Change, ("change_id",), ())
CHANGE_TOPICS = Table("change_topics", ChangeTopic, (), ())
CHANGE_ROWS = Table("change_rows", ChangeRow, (), ())
JOURNAL = (CHANGES, CHANGE_TOPICS, CHANGE_ROWS)
"""In the order in which it was done; topics and rows in the order of their acts."""
BESIDE = (PLACEMENTS, *JOURNAL)
"""The tables that only this format has, in the order in which they are written."""
