"""`counterclaim.jsonl`: all that the bundle holds, a JSON object a line.

The first line says what the file is and what it leaves out. Then each row of each table, as an
object whose `table` is the name of the table; then the texts and the uploaded files, the latter
in pieces of base64. Nothing in it depends on the workspace's name, the host or the hour.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from claims.exporters.archive import File
from claims.exporters.bundle import TEXTS, Bundle
from claims.exporters.dictionary import LEFT_OUT
from claims.exporters.values import BATCH, objects
from claims.records.columns import columns_of
from claims.records.native import FILES, FORMAT, VERSION
from claims.records.tables import TABLES

_line = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def write(bundle: Bundle) -> Iterator[bytes]:
    """The file in pieces, as UTF-8; the first needs no row.

    Raises ValueError for what no file can hold: a lone surrogate, a moment without a time zone, a
    number that is not finite.
    """
    yield _encoded([{"format": FORMAT, "version": VERSION, "leaves_out": LEFT_OUT}])
    for table in TABLES:
        rows = objects(columns_of(table.row), getattr(bundle, table.name))
        named = ({"table": table.name, **row} for row in rows)
        while batch := list(islice(named, BATCH)):
            yield _encoded(batch)
    for file in bundle.files:
        for line in _file(file):
            yield _encoded([line])


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
