"""Makes a backup: of one moment, while everybody works on."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from zipfile import ZipFile

from django.core.files.storage import Storage
from django.db import connection, models
from django.utils import timezone

from claims import custody
from claims.actions.keeping import archive as parts
from claims.actions.keeping.archive import FILES, FORM, LIGHTLY, MANIFEST, Told
from claims.actions.keeping.tables import (
    Model,
    columns,
    label,
    migrations,
    plain,
    sequence,
    tables,
)
from claims.snapshot.moment import moment

ROWS = 1_000
_encode = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=plain
).encode


def backup(path: Path, told: Told = lambda *_: None) -> list[str]:
    """Writes the file, readable by its owner alone; it has its name once it is whole.

    Gives the uploads that rows name and that are not there, which the backup lacks too.
    """
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            with ZipFile(file, "w", compresslevel=LIGHTLY) as archive:
                missing = _fill(archive, told)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink()
            raise
    return missing


def _fill(archive: ZipFile, told: Told) -> list[str]:
    kept = []
    with moment():
        newest = migrations()
        for model in tables():
            counted = Counted(model, told)
            size, sha256 = parts.write(
                archive, parts.table_member(model._meta.db_table), counted.lines()
            )
            kept.append(
                {
                    "label": label(model),
                    "table": model._meta.db_table,
                    "columns": [field.attname for field in columns(model)],
                    "rows": counted.rows,
                    "size": size,
                    "sha256": sha256,
                    "last_id": sequence(model),
                }
            )
        lines, missing = _files(archive, told)
    _, sha256 = parts.write(archive, FILES, lines)
    parts.write_json(
        archive,
        MANIFEST,
        {
            "form": FORM,
            "made_at": custody.moment(timezone.now()),
            "made_of": connection.vendor,
            "migrations": newest,
            "tables": kept,
            "files": {"count": len(lines), "sha256": sha256},
        },
    )
    return missing


class Counted:
    """The rows of a table as lines, counted as they go."""

    def __init__(self, model: Model, told: Told) -> None:
        self.model = model
        self.told = told
        self.rows = 0

    def lines(self) -> Iterator[bytes]:
        """By primary key, so that the same rows give the same bytes."""
        names = [field.attname for field in columns(self.model)]
        # A foreign key by its number: the value of the column, not of the row.
        rows: Any = self.model._default_manager.order_by("pk").values_list(*names)
        batch: list[str] = []
        for row in rows.iterator(ROWS):
            batch.append(_encode(dict(zip(names, row, strict=True))))
            if len(batch) == ROWS:
                yield self._told(batch)
                batch = []
        yield self._told(batch)

    def _told(self, batch: list[str]) -> bytes:
        self.rows += len(batch)
        self.told(label(self.model), self.rows)
        return "".join(f"{line}\n" for line in batch).encode()


def _files(archive: ZipFile, told: Told) -> tuple[list[bytes], list[str]]:
    """Adds all uploads that rows name; a line for each, and the names of those not there."""
    lines: list[bytes] = []
    missing: list[str] = []
    for storage, name in _named():
        try:
            with storage.open(name) as file:
                size, sha256 = parts.write(archive, parts.file_member(name), file.chunks())
        except FileNotFoundError:
            missing.append(name)
        else:
            lines.append(f"{_encode({'name': name, 'size': size, 'sha256': sha256})}\n".encode())
            told("files", len(lines))
    return lines, missing


def _named() -> Iterator[tuple[Storage, str]]:
    for model in tables():
        for field in columns(model):
            if isinstance(field, models.FileField):
                rows: Any = model._default_manager.exclude(**{field.name: ""})
                names = rows.order_by(field.name).values_list(field.name, flat=True).distinct()
                for name in names.iterator(ROWS):
                    yield field.storage, name
