"""A row by itself: as the journal keeps it, and what it can't hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from claims.models import Revision

# Bookkeeping of the row itself, or told elsewhere (a revision's text never changes).
LEFT_OUT = frozenset({"version", "updated_at"})
IMMUTABLE_TEXT = frozenset({"text"})


def plain(row: models.Model) -> dict[str, Any]:
    """The row as the journal keeps it: column -> JSON value, derived columns left out."""
    names, values = _read(type(row))
    return {
        name: value if type(value) in _AS_IT_IS else to_json(value)
        for name, value in zip(names, values(row), strict=True)
    }


@lru_cache
def _read(model: type[models.Model]) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """The columns that are kept, and what reads them all: an import asks for it by the thousand."""
    names = kept(model)
    return names, attrgetter(*names)


@lru_cache
def kept(model: type[models.Model]) -> tuple[str, ...]:
    """The columns that the journal keeps of a row of `model`."""
    left_out = LEFT_OUT | getattr(model, "DERIVED", frozenset())
    if issubclass(model, Revision):
        left_out |= IMMUTABLE_TEXT
    return tuple(
        field.attname
        for field in model._meta.concrete_fields
        if field.name not in left_out and not field.primary_key
    )


def to_json(value: Any) -> Any:
    """`value` as JSON holds it; dates and uids in their ISO forms."""
    if value is None or isinstance(value, (str, int, float, list, dict)):
        return value
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, models.fields.files.FieldFile):
        return value.name
    if isinstance(value, Decimal):
        # Both 33.1 and the 33.100000 that the database gives back.
        return format(value.normalize(), "f")
    return _ENCODER.default(value)


_ENCODER = DjangoJSONEncoder()
_AS_IT_IS = frozenset((str, int, float, bool, type(None)))


@lru_cache
def _unchecked(model: type[models.Model], *, words: bool) -> frozenset[str]:
    # Foreign keys and what the code sets itself are held by the database; a constraint
    # checked here too would cost a query each.
    fields = model._meta.concrete_fields
    return frozenset(
        field.name
        for field in fields
        if field.is_relation or not field.editable or (field.choices and not words)
    )


def check(row: models.Model, *, words: bool = True) -> None:
    """Raises ValidationError, by field, for what `row` can't hold by itself.

    Without `words` the caller has checked what is one of a closed list.
    """
    row.clean_fields(exclude=_unchecked(type(row), words=words))
    row.clean()
