"""Which tables are in a backup, in which order, and how their values are written."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader

from claims import custody
from claims.actions.keeping.archive import Refused

LEFT_OUT = frozenset(
    {
        "sessions.session",
        "usersessions.usersession",
        "account.emailconfirmation",
        "claims.allowance",
    }
)
"""What is of no use on another day: who is signed in, open confirmations, counted requests."""
MADE_BY_MIGRATE = frozenset({"contenttypes.contenttype", "auth.permission"})
"""Filled as soon as there are tables; others point at them by number, so they are replaced."""
KEYS = frozenset({"claims.token"})

Model = type[models.Model]


def tables() -> list[Model]:
    """Every table that is kept, after those that it points at, as far as that goes.

    Sources point at articles and articles at sources: of such a ring, one comes first.
    """
    left = {
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and label(model) not in LEFT_OUT
    }
    ordered: list[Model] = []
    while left:
        ready = [m for m in left if not targets(m) & left - {m}]
        ready = ready or [m for m in left if not targets(m, nullable=False) & left - {m}]
        ordered += sorted(ready or left, key=label)
        left -= set(ordered)
    return ordered


def label(model: Model) -> str:
    """As `claims.claim`."""
    return model._meta.label_lower


def targets(model: Model, *, nullable: bool = True) -> set[Model]:
    """The tables that it points at, by keys that the database holds."""
    fields: list[Any] = columns(model)
    return {
        field.remote_field.model
        for field in fields
        if getattr(field, "db_constraint", False)  # a foreign key
        and (nullable or not field.null)
    }


def columns(model: Model) -> list[Any]:
    """The fields of a table that are written."""
    return list(model._meta.concrete_fields)


def migrations() -> dict[str, str]:
    """The newest migration of each app. Raises Refused while some are not applied."""
    loader = MigrationLoader(connection)
    leaves = loader.graph.leaf_nodes()
    if missing := [node for node in leaves if node not in loader.applied_migrations]:
        raise Refused(f"The database is not up to date: run manage.py migrate ({missing[0][1]}).")
    return dict(sorted(leaves))


def plain(value: Any) -> Any:
    """What JSON has no form for."""
    if isinstance(value, dt.datetime):
        return custody.moment(value)
    if isinstance(value, (dt.date, UUID)):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(value).decode()
    return str(value)  # the name of a file


def decoders(model: Model) -> Iterator[tuple[int, Callable[[Any], Any]]]:
    """By place, how a column's values are read that are not what JSON holds."""
    for at, field in enumerate(columns(model)):
        if isinstance(field, models.DateTimeField):
            yield at, dt.datetime.fromisoformat
        elif isinstance(field, models.BinaryField):
            yield at, base64.b64decode


def sequence(model: Model) -> int | None:
    """The last number that was given out for ids, used or not; None where there is none.

    A number that was given to a span which is gone must not be given again: the journal names it.
    """
    if not isinstance(model._meta.pk, models.AutoField):
        return None
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            return int((cursor.fetchone() or [0])[0])
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, "id"])
        name = cursor.fetchone()[0]
        cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {name}")  # noqa: S608 - a name that the database gave
        return int(cursor.fetchone()[0])


def set_sequence(model: Model, last: int) -> None:
    """The next id will be above `last`, and above all that are there."""
    table = model._meta.db_table
    newest = model._default_manager.aggregate(newest=models.Max("pk"))["newest"] or 0
    last = max(last, newest)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])
        else:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), GREATEST(%s, 1), %s)",
                [table, "id", last, last > 0],
            )
