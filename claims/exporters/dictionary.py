"""The data dictionary, for people: `README.txt` of a bundle and `docs/csv.md`.

Both are made from the descriptions that stand beside the fields of the rows.
`python -m claims.exporters.dictionary > docs/csv.md` writes the page again.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator, Mapping

from claims.exporters.claims_csv import ClaimRow
from claims.records.columns import Column, Kind, columns_of
from claims.records.tables import TABLES

CELLS = (
    (
        "UTF-8, comma between cells, CRLF after each row, first row the names of the columns"
        " (RFC 4180). A cell may hold line breaks: read it with a CSV reader, not line by line."
        " LibreOffice converting without its window guesses another encoding unless it is told:"
        " --infilter=CSV:44,34,76."
    ),
    (
        "A text cell that would begin with = + - @ ' or with a tab or a carriage return has a"
        " ' before it, so that no spreadsheet runs it as a formula. Take that ' off again when"
        " you read the file by program. Numbers and dates never have one."
    ),
    (
        "A blank number was not stated; 0 was stated to be none. A blank cell elsewhere is not"
        " known, or none."
    ),
    (
        "Offsets count Unicode code points in the stored text, from 0, the end not included:"
        " text[start:end] is the quote in Python. In JavaScript count with Array.from(text)."
    ),
    (
        "Moments are in UTC. A figure in a claim that denies is what is denied. A claim is what a"
        " source says, not what happened."
    ),
)
"""How to read any file of ours: one paragraph each."""

LEFT_OUT = (
    "The history of changes, and what was deleted. counterclaim.jsonl has both.",
    "Suggestions of the machine that no person accepted.",
    (
        "Members and the workspace's settings, the colours of sides among them. Members are named"
        " where they did something."
    ),
    (
        "What has changed since a verdict was recorded: only that it has. To a reviewer who is to"
        " give a second opinion, the first one."
    ),
    "Who read a paragraph and when, and what was read of earlier texts of an article.",
    (
        "What was proposed, and decided, of words that a new text of an article had changed."
        " counterclaim.jsonl has it."
    ),
)
"""What a bundle does not hold: one line each."""


def readme() -> str:
    """`README.txt`: plain text, lines of at most 88 characters unless a word is longer."""
    return "\n".join(_readme_lines()) + "\n"


def markdown() -> str:
    """`docs/csv.md`."""
    return "\n".join(_markdown_lines()) + "\n"


def _readme_lines() -> Iterator[str]:
    yield "COUNTERCLAIM BUNDLE"
    yield ""
    yield from _wrapped(
        "Attributed claims as CSV files that are joined by ids. datapackage.json says the same"
        " to programs (Frictionless Data Package). texts/ holds each text of each article,"
        " originals/ the uploaded files byte for byte."
    )
    for paragraph in CELLS:
        yield ""
        yield from _wrapped(paragraph)
    yield ""
    yield "NOT IN THE BUNDLE"
    for line in LEFT_OUT:
        yield from _wrapped(line, "- ", "  ")
    for table in TABLES:
        yield ""
        yield f"{table.name}.csv"
        yield from _wrapped(table.about.replace("`", "'"), "  ", "  ")
        for name, column in columns_of(table.row).items():
            meaning = f"{name}: {column.about} ({_holds(column)})"
            yield from _wrapped(meaning.replace("`", "'"), "  - ", "    ")


def _wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        88,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _markdown_lines() -> Iterator[str]:
    yield "# CSV: what the files hold"
    yield ""
    yield (
        "This page is made from the code (`python -m claims.exporters.dictionary`);"
        " a test holds the two equal."
    )
    yield ""
    yield (
        "There are two exports. **`claims.csv`** alone has a row a claim, permalinks and a byte"
        " order mark, and is for reading in a spreadsheet. The **bundle** is a ZIP of tables"
        " joined by ids, with the texts and the uploaded files, and says what it leaves out."
        " Its own `claims.csv` has other columns than the one alone."
    )
    yield ""
    yield "## How to read a cell"
    for paragraph in CELLS:
        yield ""
        yield _literal(paragraph)
    yield ""
    yield "## `claims.csv` alone"
    yield ""
    yield from table_of(columns_of(ClaimRow))
    yield ""
    yield "## The bundle"
    yield ""
    yield (
        "`README.txt`, `datapackage.json` ([Frictionless](https://datapackage.org)), `texts/`,"
        " `originals/` and the tables below. The same work gives the same bytes. Left out:"
    )
    yield ""
    yield from (f"- {line}" for line in LEFT_OUT)
    for table in TABLES:
        yield ""
        yield f"### `{table.name}.csv`"
        yield ""
        yield table.about
        yield ""
        yield from table_of(columns_of(table.row))


def table_of(columns: Mapping[str, Column]) -> Iterator[str]:
    """A table of Markdown that describes columns, a line at a time."""
    yield "| column | what it is | holds |"
    yield "|---|---|---|"
    for name, column in columns.items():
        cells = (f"`{name}`", column.about, _holds(column))
        yield "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


def _literal(text: str) -> str:
    """The text with the signs that Markdown would read as its own set in backticks."""
    return text.replace("= + - @ '", "`=` `+` `-` `@` `'`").replace(" ' ", " `'` ")


def _holds(column: Column) -> str:
    return ", ".join(_facts(column))


def _facts(column: Column) -> Iterator[str]:
    if column.words:
        yield " / ".join(f"`{word.value}`" for word in column.words)
    else:
        yield column.kind.value
    if column.kind is Kind.NUMBER:
        yield f"{column.low:g} to {column.high:g}"
    if column.to:
        yield f"a row of {column.to}.csv"
    if column.required:
        yield "never blank"


if __name__ == "__main__":
    sys.stdout.write(markdown())
