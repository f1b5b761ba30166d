"""Many rows of one model, written past the ORM: a tenth of the time that `bulk_create` takes.

A row of an import costs Django's bulk insert more than the database. The rows still are the
models' own: their fields' defaults, checks and conversions are used; only the SQL is made once.
"""

from __future__ import annotations

import gc
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache, partial
from itertools import chain
from operator import attrgetter
from typing import Any

from django.db import connection, models
from django.utils import timezone

_OBJECTS = 20_000
_VALUES = 8_000
"""In one statement, of many rows: SQLite's index of words is written out after each statement."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Python's collector looks through new objects less often: rows by the thousand are no cycles.

    It takes a tenth of the time of an import otherwise. Holds for the whole process meanwhile.
    """
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


_AS_IT_IS = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.FloatField,
    models.BooleanField,
    models.ForeignKey,
)
"""Fields of which Python's value is the driver's: the rest is converted by the field."""


class Writer:
    """Inserts rows of `model`, all of their columns or those that are named; no signal is sent."""

    def __init__(self, model: type[models.Model], names: Sequence[str] = ()) -> None:
        fields = model._meta.concrete_fields
        self.model = model
        self.names = list(names) or [field.attname for field in fields]
        self.fields = [
            next(field for field in fields if field.attname == name) for name in self.names
        ]
        self._prepared = [
            (at, _preparing(field))
            for at, field in enumerate(self.fields)
            if not isinstance(field, _AS_IT_IS)
        ]
        self._stamped = [
            field.attname for field in self.fields if getattr(field, "auto_now_add", False)
        ]

    @cached_property
    def _into(self) -> str:
        quote = connection.ops.quote_name
        columns = ", ".join(quote(str(field.column)) for field in self.fields)
        table = quote(self.model._meta.db_table)
        return f"INSERT INTO {table} ({columns}) VALUES "  # noqa: S608 - names of columns

    @cached_property
    def _row(self) -> str:
        mark = "?" if connection.vendor == "sqlite" else "%s"
        return f"({', '.join([mark] * len(self.fields))})"

    def add(self, rows: Sequence[models.Model]) -> None:
        """Inserts rows that have no id yet, and gives each its id. In a transaction."""
        now = timezone.now()
        for row, pk in zip(rows, new_ids(self.model, len(rows)), strict=True):
            row.pk = pk
            row._state.adding = False  # noqa: SLF001 - as Django's own inserts do
            for name in self._stamped:
                setattr(row, name, now)
        of = attrgetter(*self.names)
        self.insert([list(of(row)) for row in rows])

    def insert(self, values: list[list[Any]]) -> None:
        """Inserts rows of which the values are given, in the order of `names`."""
        for row in values:
            for at, prepare in self._prepared:
                if row[at] is not None:
                    row[at] = prepare(row[at])
        most = _VALUES // len(self.fields)
        with connection.cursor() as cursor:
            execute = _driver(cursor)
            for start in range(0, len(values), most):
                some = values[start : start + most]
                places = ", ".join([self._row] * len(some))
                with connection.wrap_database_errors:
                    execute(f"{self._into}{places}", list(chain.from_iterable(some)))


@lru_cache
def writer(model: type[models.Model], names: Sequence[str] = ()) -> Writer:
    """The one of this model and these columns."""
    return Writer(model, names)


def _driver(cursor: Any) -> Callable[[str, Sequence[Any]], Any]:
    """What runs a statement of the driver's own: Django's looks for `%s` through all of it."""
    if connection.vendor == "sqlite":
        return partial(sqlite3.Cursor.execute, cursor.cursor)
    run: Callable[[str, Sequence[Any]], Any] = cursor.execute
    return run


def _preparing(field: Any) -> Callable[[Any], Any]:
    if isinstance(field, models.JSONField) and connection.vendor == "sqlite":
        return json.JSONEncoder(ensure_ascii=False).encode
    if isinstance(field, models.FileField):
        return str  # the name, of a file or given as such
    if isinstance(field, models.DateTimeField):
        # Many rows were made at the same moment.
        return lru_cache(maxsize=1_000)(connection.ops.adapt_datetimefield_value)
    if isinstance(field, models.UUIDField) and connection.vendor == "sqlite":
        return lambda value: str(value).replace("-", "")
    return lambda value: field.get_db_prep_save(value, connection)


def new_ids(model: type[models.Model], count: int) -> list[int]:
    """Ids that no row has: on SQLite this transaction is the only one that writes."""
    table, column = model._meta.db_table, "id"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            last = (cursor.fetchone() or (0,))[0]
            return list(range(last + 1, last + 1 + count))
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [table, column, count],
        )
        return [pk for (pk,) in cursor.fetchall()]
