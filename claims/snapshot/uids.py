"""What the journal calls by the ids of the database, called by public ids; people by their names.

Of a batch of lines each table is asked once, whatever they point at.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey

from claims.snapshot.people import member
from claims.snapshot.reader import Reader

Data = dict[str, Any]

USER = "user"
NOT_TOLD = frozenset({"uid", "workspace_id", "original"})
"""Told beside the row; the same of each; where a file lies on the server."""


@cache
def pointers(model: str) -> Mapping[str, str]:
    """The columns of a table that point at another, with the name of that."""
    fields: Any = apps.get_model("claims", model)._meta.concrete_fields
    return {
        field.attname: str(field.related_model._meta.model_name)
        for field in fields
        if isinstance(field, ForeignKey) and field.attname not in NOT_TOLD
    }


@lru_cache(maxsize=500)
def _columns(model: str, names: tuple[str, ...]) -> list[tuple[str, str, str | None]]:
    """The columns of a row of the journal that are told, as they are called, with their pointers.

    Sorted, since the databases keep the keys of JSON in different orders.
    """
    to = pointers(model)
    return [
        (name, name.removesuffix("_id") if to.get(name) == USER else name, to.get(name))
        for name in sorted(names)
        if name not in NOT_TOLD
    ]


class Uids:
    """The public ids, and names, of rows that were `asked` for by table and id."""

    def __init__(self, reader: Reader, params: Mapping[str, Any]) -> None:
        self._reader = reader
        self._params = dict(params)
        self._known: dict[tuple[str, int], str] = {}

    def learn(self, wanted: Iterable[tuple[str, int]]) -> None:
        """Looks these up, and forgets all others."""
        by_table: dict[str, set[int]] = defaultdict(set)
        for model, pk in wanted:
            by_table[model].add(pk)
        self._known = {}
        for model, ids in by_table.items():
            self._read(model, ids)
            if missing := {pk for pk in ids if (model, pk) not in self._known}:
                self._remember(model, missing)

    def of(self, model: str, pk: int | None) -> str | None:
        """The public id, or the name of a person; None for nothing."""
        return None if pk is None else self._known.get((model, pk))

    def plain(self, model: str, data: Data | None) -> Data | None:
        """A row of the journal with nothing in it that only this database understands."""
        if data is None:
            return None
        return {
            told: value if to is None or value is None else self._known.get((to, value))
            for name, told, to in _columns(model, tuple(data))
            for value in (data[name],)
        }

    def _read(self, model: str, ids: set[int]) -> None:
        table = apps.get_model("claims", model)._meta.db_table
        told = member("x") if model == USER else self._reader.uid("x.uid")
        sql = f"SELECT x.id, {told} FROM {table} x WHERE x.id IN ({_listed(ids)})"  # noqa: S608
        self._known |= {(model, pk): uid for pk, uid in self._reader.rows(sql, {})}

    def _remember(self, model: str, ids: set[int]) -> None:
        """Of rows that were deleted for good, as sides are: the journal has had them."""
        sql = f"""
            SELECT r.object_id, CAST(r.before AS text) FROM claims_changerow r
            WHERE r.workspace_id = %(workspace)s AND r.model = %(model)s
                AND r.object_id IN ({_listed(ids)}) AND r.before IS NOT NULL
        """  # noqa: S608
        for pk, before in self._reader.rows(sql, self._params | {"model": model}):
            self._known[model, pk] = json.loads(before).get("uid")


def _listed(ids: set[int]) -> str:
    return ", ".join(str(int(pk)) for pk in sorted(ids))
