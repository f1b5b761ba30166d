"""`counterclaim.jsonl`: all that a desk holds of its work, a JSON object a line.

The first line says what the file is and what it leaves out. Then each row of each table, as an
object whose `table` is the name of the table: those of the bundle, the living rows before the
deleted ones; the words that a new text had changed; and the journal. Then the texts and the
uploaded files, the latter in pieces of base64; last, how many lines there are. Nothing in it
depends on the workspace's name, the host or the hour. `docs/jsonl.md` describes it.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from claims.exporters.archive import File
from claims.exporters.bundle import TEXTS, Bundle
from claims.exporters.values import BATCH, objects
from claims.records.columns import columns_of
from claims.records.native import (
    DELETED,
    DELETED_AT,
    END,
    FILES,
    FORMAT,
    JOURNAL,
    PLACEMENTS,
    VERSION,
)
from claims.records.tables import TABLES, Table

LEFT_OUT = (
    (
        "Accounts, members and the workspace's settings, the colours of sides among them, and what"
        " was done about these. Members are named where they did something."
    ),
    "Suggestions of the machine that no person accepted.",
    (
        "What is one person's own: keys for programs and their receipts, searches they keep,"
        " uploads that are not brought in yet, how far an import is."
    ),
    (
        "What has changed since a verdict was recorded: only that it has. To a reviewer who is to"
        " give a second opinion, the first one."
    ),
    "Who read a paragraph and when, and what was read of earlier texts of an article.",
    (
        "That a file with a journal of its own was brought in: what it brought is told by that"
        " journal."
    ),
)
"""What the whole file does not hold: one line each."""

WHEN_NARROWED = (
    "Narrowed by filters: the history of changes and what was deleted, which only the whole of"
    " the work is taken along with."
)
"""What it does not hold besides, in the list of a file that filters have narrowed."""


@dataclass(frozen=True, kw_only=True)
class Lossless:
    """What the file holds. `gone` has rows by table, each a record `with_deletion`.

    `beside` has the rows of the tables of `native.BESIDE`; without a journal, `journal` is false.
    As in a `Bundle`, each iterable is gone through once and in the order of the file.
    """

    living: Bundle
    gone: Mapping[str, Iterable[Any]] = field(default_factory=dict)
    gone_files: Iterable[File] = ()
    beside: Mapping[str, Iterable[Any]] = field(default_factory=dict)
    journal: bool = False
    narrowed: bool = False


_line = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def write(held: Lossless) -> Iterator[bytes]:
    """The file in pieces, as UTF-8; the first needs no row.

    Raises ValueError for what no file can hold: a lone surrogate, a moment without a time zone, a
    number that is not finite.
    """
    lines = 0
    for piece in _pieces(held):
        lines += piece.count(b"\n")
        yield piece
    # Without it, a file that broke off could not be told from a whole one.
    yield _encoded([{"table": END, "lines": lines}])


def _pieces(held: Lossless) -> Iterator[bytes]:
    left_out = (*LEFT_OUT, WHEN_NARROWED) if held.narrowed else LEFT_OUT
    head = {"format": FORMAT, "version": VERSION, "journal": held.journal, "leaves_out": left_out}
    yield _encoded([head])
    for table in (*TABLES, PLACEMENTS):
        beside = held.beside.get(table.name, ())
        yield from _rows(table, getattr(held.living, table.name, beside))
        yield from _rows(table, held.gone.get(table.name, ()), {DELETED: DELETED_AT})
    for table in JOURNAL:
        yield from _rows(table, held.beside.get(table.name, ()))
    for files in (held.living.files, held.gone_files):
        for file in files:
            for line in _file(file):
                yield _encoded([line])


def _rows(table: Table, rows: Iterable[Any], more: Mapping[str, Any] | None = None) -> Any:
    columns = {**columns_of(table.row), **(more or {})}
    named = ({"table": table.name, **row} for row in objects(columns, rows))
    while batch := list(islice(named, BATCH)):
        yield _encoded(batch)


def _encoded(lines: Iterable[Any]) -> bytes:
    return "".join([f"{_line(line)}\n" for line in lines]).encode("utf-8")


def _file(file: File) -> Iterator[dict[str, Any]]:
    """A text in one line; an upload in as many as it has pieces, counted from 0."""
    if file.path.startswith(TEXTS):
        text = b"".join(file.chunks).decode("utf-8")
        yield {"table": FILES, "path": file.path, "text": text}
        return
    for part, chunk in enumerate(file.chunks):
        data = b64encode(chunk).decode("ascii")
        yield {"table": FILES, "path": file.path, "part": part, "base64": data}
