from __future__ import annotations

from typing import Annotated, NamedTuple, get_type_hints

import pytest

from claims.records import TABLES
from claims.records.columns import Column, Kind, columns_of

BLANK = {Kind.TEXT, Kind.WORD, Kind.MARK}


class Bare(NamedTuple):
    name: str


class Twice(NamedTuple):
    name: Annotated[str, Column(Kind.TEXT, "a"), Column(Kind.TEXT, "b")]


@pytest.mark.parametrize("row", [Bare, Twice])
def test_a_field_needs_one_description(row: type[tuple[str]]) -> None:
    with pytest.raises(TypeError, match="name needs exactly one"):
        columns_of(row)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_none_is_for_blank_numbers_ids_and_times_only(table: object) -> None:
    row = getattr(table, "row", None)
    assert row is not None
    hints = get_type_hints(row)

    for name, column in columns_of(row).items():
        assert (type(None) in getattr(hints[name], "__args__", ())) == (
            not column.required and column.kind not in BLANK
        ), name


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_keys_order_and_pointers_name_columns_that_exist(table: object) -> None:
    rows = {other.name: columns_of(other.row) for other in TABLES}
    (found,) = (other for other in TABLES if other is table)

    assert {*found.key, *found.order} <= rows[found.name].keys()
    assert {column.to for column in rows[found.name].values()} - {""} <= rows.keys()
    for pointer in found.pointers:
        assert set(pointer.columns) <= rows[found.name].keys()
        assert set(pointer.to) <= rows[pointer.table].keys()
