"""The page on `counterclaim.jsonl`, for people: `docs/jsonl.md`.

It is made from the descriptions that stand beside the fields of the rows.
`python -m claims.exporters.jsonl_page > docs/jsonl.md` writes it again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from claims.exporters.dictionary import table_of
from claims.exporters.jsonl import LEFT_OUT, WHEN_NARROWED
from claims.records.columns import columns_of
from claims.records.native import BESIDE, DELETED, DELETED_AT, END, FORMAT, JOURNAL, VERSION
from claims.records.tables import TABLES

_ABOUT = f"""\
# `{FORMAT}`: everything of a desk's work, in one file

This page is made from the code (`python -m claims.exporters.jsonl_page`); a test holds the two \
equal.

The lossless form: UTF-8, one JSON object a line. What a desk has exported, another desk, or the \
same one after a loss, brings in by the Imports page or `manage.py import`; exported from there \
it is the same file again, byte for byte. Nothing in it depends on the workspace's name, the host \
or the hour.

## The lines, in their order

1. The head: `format`, `version` (this is {VERSION}; files of version 1 are read too), `journal` \
(whether the file has the history of its desk), `leaves_out` (sentences).
2. The rows of each table of the [bundle](csv.md), as objects whose `table` is the table's name \
and whose keys are its columns. Cells are values of JSON: numbers, `true` and `false`, `null` for \
what is blank but text; text is not guarded. Tables stand in this order: {{tables}}.
3. After the living rows of a table those that are deleted, and those that stand on something \
deleted. These, and no others, have `{DELETED}` as their last key: {{deleted}} They may point at \
whatever there is; a living row never points at one of them, but that a verdict which no longer \
counts may name an answer that is deleted.
4. The tables that no bundle has, below.
5. Files, `table` being `files`: a text in one line (`path`, `text`), an upload in as many as it \
has pieces (`path`, `part` from 0, `base64`). The living ones first.
6. The last line, `table` being `{END}`: how many `lines` stand before it, the head among them. A \
file without it broke off, and one with another number has lost or won something; neither is read. \
Who changes a file has to mend the number.

## The journal

Acts stand in the order in which they were done, topics and rows in the order of their acts. \
Rows hold nothing that only one database understands: what points at another row has that row's \
public id, also where that row is gone by now, and people are their names. What is stored of a \
file is where it lies, and left out; the file itself is among the files.

**What comes of it on import.** Only an owner's import takes the journal over. It is kept as what \
the file tells, apart from the journal of the desk: a file can be forged, and the desk's own \
journal is evidence. The history of each thing shows it below, each act marked with the file that \
tells it, who brought that in and when; none of it can be undone by itself. Undoing the import \
takes it away, redoing brings it back. An act that the desk knows already, by its public id, its \
own acts among them, is not taken over twice.

**What an export tells.** First what files have told, to the letter and in the order in which it \
came, then the desk's own acts. An act that brought in a file with a journal is not told as long \
as it stands, with its undo and redo, and nor are those that made sides for it: what they made is \
told by the file's journal. A row that a file held, and its journal did not tell, is so told by \
nobody. Where the journal stayed out, the import is told like any other act.

## What it leaves out
"""


def markdown() -> str:
    """`docs/jsonl.md`."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    tables = ", ".join(f"`{table.name}`" for table in TABLES)
    yield _ABOUT.format(
        tables=tables, deleted=f"{DELETED_AT.about[0].lower()}{DELETED_AT.about[1:]}"
    )
    yield from (f"- {line}" for line in (*LEFT_OUT, WHEN_NARROWED))
    for table in BESIDE:
        yield ""
        yield f"## `{table.name}`"
        yield ""
        yield table.about if table in JOURNAL else f"{table.about} Deleted ones as above."
        yield ""
        yield from table_of(columns_of(table.row))


if __name__ == "__main__":
    sys.stdout.write(markdown())
