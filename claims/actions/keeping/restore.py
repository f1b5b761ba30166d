"""Puts a backup into an empty database: all of it, or nothing."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.core.files import File
from django.core.files.storage import Storage
from django.db import connection, models, transaction

from claims.actions.bulk import Writer, seldom_collected
from claims.actions.keeping import archive as parts
from claims.actions.keeping.archive import FILES, Refused, Told
from claims.actions.keeping.tables import (
    KEYS,
    MADE_BY_MIGRATE,
    Model,
    columns,
    decoders,
    label,
    migrations,
    set_sequence,
    tables,
    targets,
)
from claims.actions.verifying.originals import sha256_of

ROWS = 1_000
Facts = dict[str, Any]


def restore(path: Path, told: Told = lambda *_: None, *, keys: bool = True) -> None:
    """Checks the whole file first. Raises Refused where it is not right, or something is here.

    Without `keys`, those of the API are left out: a key that was revoked since would work again.
    """
    try:
        with ZipFile(path) as archive:
            found = parts.manifest(archive)
            kept = _same_shape(found)
            _nothing_is_here()
            files = _check(archive, found, told)
            _put(archive, kept, files, told, keys=keys)
    except BadZipFile as error:
        raise Refused(f"It is no backup, or a broken one: {error}") from error
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # what the planner believes of empty tables is wrong by now


def _same_shape(found: Facts) -> dict[str, Facts]:
    """The tables of the file by label, if they are ours."""
    here = migrations()
    if found["migrations"] != here:
        other = sorted(set(found["migrations"].items()) ^ set(here.items()))
        raise Refused(
            f"It was made by another version of the program ({other[0][0]}: {other[0][1]})."
            " Restore it with that version, then upgrade."
        )
    kept = {facts["label"]: facts for facts in found["tables"]}
    for model in tables():
        names = [field.attname for field in columns(model)]
        if kept.get(label(model), {}).get("columns") != names:
            raise Refused(f"It has no table {label(model)} with the same columns.")
    return kept


def _nothing_is_here() -> None:
    for model in tables():
        if label(model) not in MADE_BY_MIGRATE and model._default_manager.exists():
            raise Refused(f"The database is not empty: there are rows in {model._meta.db_table}.")


def _check(archive: ZipFile, found: Facts, told: Told) -> list[Facts]:
    """Every part has its hash, before anything is touched; gives what files there are."""
    for count, facts in enumerate(found["tables"], 1):
        parts.check(archive, parts.table_member(facts["table"]), facts["sha256"])
        told("checked", count)
    parts.check(archive, FILES, found["files"]["sha256"])
    files = [json.loads(line) for line in archive.read(FILES).splitlines()]
    for count, facts in enumerate(files, 1):
        parts.check(archive, parts.file_member(facts["name"]), facts["sha256"])
        told("files checked", count)
    return files


def _put(
    archive: ZipFile, kept: dict[str, Facts], files: list[Facts], told: Told, *, keys: bool
) -> None:
    storage = _storage()
    saved: list[str] = []
    try:
        with transaction.atomic(), seldom_collected():
            for model in reversed(tables()):
                if label(model) in MADE_BY_MIGRATE:
                    model._default_manager.all().delete()
            _load(archive, kept, told, keys=keys)
            for facts in files:
                _save(archive, storage, facts, saved)
                told("files", len(saved))
    except BaseException:
        for name in saved:
            storage.delete(name)
        raise


def _load(archive: ZipFile, kept: dict[str, Facts], told: Told, *, keys: bool) -> None:
    waiting: set[Model] = set()
    there: set[Model] = set()
    for model in tables():
        facts = kept[label(model)]
        if keys or label(model) not in KEYS:
            count = 0
            for batch in _rows(archive, model, facts):
                count += len(batch)
                told(label(model), count)
            if count != facts["rows"]:
                raise Refused(f"{label(model)} has {count} rows, not {facts['rows']}.")
        if facts["last_id"] is not None:
            set_sequence(model, facts["last_id"])
        there.add(model)
        waiting |= targets(model)
        if waiting <= there:
            _settle()


def _rows(archive: ZipFile, model: Model, facts: Facts) -> Iterator[list[Any]]:
    """Inserts the rows of a table, some at a time, and gives them."""
    of = itemgetter(*facts["columns"])
    insert = _copy if connection.vendor == "postgresql" else _insert
    with archive.open(parts.table_member(facts["table"])) as member:
        lines = io.TextIOWrapper(member, "utf-8", newline="\n")
        while batch := [list(of(json.loads(line))) for line in islice(lines, ROWS)]:
            insert(model, batch)
            yield batch


def _insert(model: Model, batch: list[list[Any]]) -> None:
    for at, decode in decoders(model):
        for row in batch:
            if row[at] is not None:
                row[at] = decode(row[at])
    Writer(model).insert(batch)


def _copy(model: Model, batch: list[list[Any]]) -> None:
    """PostgreSQL reads moments, ids and numbers from their text; JSON and bytes want a hand."""
    fields = columns(model)
    held = [at for at, field in enumerate(fields) if isinstance(field, models.JSONField)]
    raw = [pair for pair in decoders(model) if isinstance(fields[pair[0]], models.BinaryField)]
    for row in batch:
        for at in held:
            if row[at] is not None or not fields[at].null:
                row[at] = json.dumps(row[at], ensure_ascii=False)
        for at, decode in raw:
            row[at] = None if row[at] is None else decode(row[at])
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    sql = f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(sql) as copy:
        for row in batch:
            copy.write_row(row)


def _settle() -> None:
    """Has the foreign keys of what is there looked at now, not all of them at the end."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _storage() -> Storage:
    """The one place for uploads."""
    for model in tables():
        for field in columns(model):
            if isinstance(field, models.FileField):
                return field.storage
    raise LookupError("No table has files.")


def _save(archive: ZipFile, storage: Storage, facts: Facts, saved: list[str]) -> None:
    """One upload under its own name. What is there already has to be the same."""
    name = facts["name"]
    if storage.exists(name):
        if sha256_of(storage, name) != facts["sha256"]:
            raise Refused(f"Another file is where {name} has to be.")
        return
    with archive.open(parts.file_member(name)) as member:
        given = storage.save(name, File(member, name))
    saved.append(given)
    if given != name:
        raise Refused(f"The upload {name} could only be kept as {given}.")
