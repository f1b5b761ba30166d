"""The description of a bundle for machines: `datapackage.json` (Frictionless Data Package)."""

from __future__ import annotations

import json
from typing import Any

from claims.records.columns import Column, Kind, columns_of
from claims.records.tables import TABLES, Table

_TYPES: dict[Kind, dict[str, str]] = {
    Kind.ID: {"type": "string", "format": "uuid"},
    Kind.TEXT: {"type": "string"},
    Kind.WORD: {"type": "string"},
    Kind.MARK: {"type": "string"},
    Kind.INTEGER: {"type": "integer"},
    Kind.NUMBER: {"type": "number"},
    Kind.YES_NO: {"type": "boolean"},
    Kind.DAY: {"type": "date"},
    Kind.MOMENT: {"type": "datetime"},
}


def datapackage() -> dict[str, Any]:
    """The package: a resource a table, with its schema. The same for every bundle."""
    return {
        "name": "counterclaim-bundle",
        "title": "Attributed claims and what disputes them",
        "description": "See README.txt for every column and for what is left out.",
        "profile": "tabular-data-package",
        "resources": [_resource(table) for table in TABLES],
    }


def encoded() -> bytes:
    """The package as the bytes of `datapackage.json`."""
    return (json.dumps(datapackage(), ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _resource(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.about,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"'},
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    columns = columns_of(table.row)
    schema: dict[str, Any] = {
        "fields": [_field(name, column) for name, column in columns.items()],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    pointers = [
        (name, column.to, _first(column.to)) for name, column in columns.items() if column.to
    ]
    keys = [_foreign_key(table, [name], to, [column]) for name, to, column in pointers]
    keys += [
        _foreign_key(table, list(pointer.columns), pointer.table, list(pointer.to))
        for pointer in table.pointers
    ]
    schema["foreignKeys"] = keys
    return schema


def _first(name: str) -> str:
    (row,) = (table.row for table in TABLES if table.name == name)
    return next(iter(columns_of(row)))


def _foreign_key(table: Table, fields: list[str], to: str, columns: list[str]) -> dict[str, Any]:
    # An empty resource name is the table itself.
    resource = "" if to == table.name else to
    return {"fields": fields, "reference": {"resource": resource, "fields": columns}}


def _field(name: str, column: Column) -> dict[str, Any]:
    limits: dict[str, Any] = {
        "required": column.required or None,
        "enum": [word.value for word in column.words] if column.words else None,
        "minimum": column.low,
        "maximum": column.high,
        "pattern": column.pattern or None,
    }
    constraints = {limit: value for limit, value in limits.items() if value is not None}
    field: dict[str, Any] = {"name": name, **_TYPES[column.kind], "description": column.about}
    if constraints:
        field["constraints"] = constraints
    return field
