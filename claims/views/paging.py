"""Lists in pages, by key: a page starts after the last row of the one before it.

No page gets slower the further down it is, and rows that come in meanwhile move nothing.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from collections.abc import Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from django.core.exceptions import BadRequest, FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models import F, Q, QuerySet

from claims.models import lens
from claims.models.quoted import Sieve

M = TypeVar("M", bound=models.Model)

SIZE = 50
FIRST_STRETCH, LONGEST_STRETCH = 1_000, 16_000
"""How many rows are put through a sieve at once; SQLite takes 32,766 values in a query."""


class Page(NamedTuple, Generic[M]):
    """The rows of one page, and the `after` of the next one: empty on the last page."""

    rows: list[M]
    next_token: str


class Key(NamedTuple):
    """One column of the order: its lookup, its direction, and its field."""

    name: str
    down: bool
    field: models.Field[Any, Any]


def page(
    queryset: QuerySet[M],
    order: Sequence[str] = ("-id",),
    after: str | None = "",
    size: int = SIZE,
    sieve: Sieve | None = None,
) -> Page[M]:
    """The page of `queryset` that begins after `after`, an earlier page's `next_token`.

    `order` names columns of the model, or of what it points to (`source__name`), each with or
    without "-"; the last must be unique. Rows without a value stand last in either direction.
    With `sieve` only rows whose ids pass it are listed: those that the database can't find and
    put in order at once, but of which one is soon met.
    Raises BadRequest (400) when `after` is not a token of this order.
    """
    keys = [_key(queryset, name) for name in ordered(order)]
    queryset = queryset.order_by(*(_ordering(key) for key in keys))
    if after:
        queryset = queryset.filter(_beyond(keys, _read(after, keys)))
    rows = _sieved(queryset, size + 1, sieve) if sieve else list(queryset[: size + 1])
    more = len(rows) > size
    return Page(rows[:size], _write(keys, rows[size - 1]) if more else "")


def ordered(order: Sequence[str]) -> list[str]:
    """The order, for who works blind without how contested: that counts claims they don't see."""
    return [name for name in order if name != "-heat" or lens.current() is None]


def _sieved(queryset: QuerySet[M], most: int, sieve: Sieve) -> list[M]:
    """The first rows that pass, by ever longer stretches."""
    found: list[int] = []
    start, step = 0, FIRST_STRETCH
    while len(found) < most:
        ids = list(queryset.values_list("pk", flat=True)[start : start + step])
        passing = sieve(ids)
        found += [pk for pk in ids if pk in passing]
        if len(ids) < step:
            break
        start, step = start + step, min(step * 2, LONGEST_STRETCH)
    return list(queryset.filter(pk__in=found[:most]))


def _key(queryset: QuerySet[Any], name: str) -> Key:
    path = name.removeprefix("-")
    if path in queryset.query.annotations:
        return Key(path, name.startswith("-"), queryset.query.annotations[path].output_field)
    *parents, last = path.split("__")
    model: Any = queryset.model
    nullable = False
    for parent in parents:
        relation = model._meta.get_field(parent)
        nullable = nullable or relation.null
        model = relation.related_model
    field = model._meta.pk if last == "pk" else model._meta.get_field(last)
    if not isinstance(field, models.Field):
        raise FieldDoesNotExist(f"{path} is no column")
    if nullable and not field.null:
        field = field.clone()
        field.null = True
    return Key(path, name.startswith("-"), field)


def _ordering(key: Key) -> Any:
    """Plain where no value can be missing, so that an index serves it on both databases."""
    last = {"nulls_last": True} if key.field.null else {}
    return F(key.name).desc(**last) if key.down else F(key.name).asc(**last)


def _beyond(keys: list[Key], values: list[Any]) -> Q:
    """What comes after the row of `values`: past it in one column, and level in all before."""
    found = Q(pk__in=[])
    level = Q()
    for key, value in zip(keys, values, strict=True):
        found |= level & _past(key, value)
        level &= Q(**{f"{key.name}__isnull": True} if value is None else {key.name: value})
    if keys[0].field.null:
        return found
    # Says nothing new, but lets an index of the first column find the place.
    return Q(**{f"{keys[0].name}__{'lte' if keys[0].down else 'gte'}": values[0]}) & found


def _past(key: Key, value: Any) -> Q:
    if value is None:
        return Q(pk__in=[])
    past = Q(**{f"{key.name}__{'lt' if key.down else 'gt'}": value})
    return past | Q(**{f"{key.name}__isnull": True}) if key.field.null else past


def _write(keys: list[Key], row: models.Model) -> str:
    told = [[("-" if key.down else "") + key.name, _plain(row, key)] for key in keys]
    data = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _plain(row: Any, key: Key) -> Any:
    for name in key.name.split("__"):
        row = None if row is None else getattr(row, name)
    if isinstance(row, (dt.date, dt.datetime)):
        return row.isoformat()
    return row if isinstance(row, (int, float, str, type(None))) else str(row)


def _read(token: str, keys: list[Key]) -> list[Any]:
    try:
        data = base64.b64decode(token + "=" * (-len(token) % 4), b"-_", validate=True)
        told = json.loads(data)
        names = [name for name, _ in told]
        if names != [("-" if key.down else "") + key.name for key in keys]:
            raise BadRequest("This page belongs to another order of the list.")
        values = [value for _, value in told]
        return [_value(key, value) for key, value in zip(keys, values, strict=True)]
    except (binascii.Error, ValueError, TypeError, ValidationError) as error:
        raise BadRequest("There is no such page of the list.") from error


def _value(key: Key, value: Any) -> Any:
    """`value` as the column's own type; ValueError for what no database would take."""
    if isinstance(value, str):
        value.encode()  # half a character fails here
    if isinstance(value, (list, dict)) or (isinstance(value, str) and "\0" in value):
        raise ValueError("not a value of a column")
    if value is None and not key.field.null:
        raise ValueError("a value is missing")
    return key.field.to_python(value)
