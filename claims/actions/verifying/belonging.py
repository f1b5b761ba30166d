"""No row of a desk points at a row of another one, or at none."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection, models
from django.db.models import Exists, OuterRef

from claims.actions.verifying.shapes import Breach, Found
from claims.models import Credit, Workspace


class Pointer(NamedTuple):
    """A foreign key, and the lookups from either end to the desk."""

    model: type[models.Model]
    field: str
    own: str
    theirs: str


def belonging(desk: Workspace) -> Iterator[Found]:
    """Every foreign key stays within the desk, and so do credits, which name rows by number."""
    if connection.vendor == "sqlite":
        yield from _dangling()
    for one in pointers():
        rows: Any = one.model._default_manager.filter(
            **{one.own: desk.pk, f"{one.field}__isnull": False}
        )
        astray = rows.exclude(**{f"{one.field}__{one.theirs}": desk.pk}).order_by("pk")
        for pk in astray.values_list("pk", flat=True).iterator():
            where = f"{one.model._meta.model_name} {pk}"
            yield Breach(where, f"expected its {one.field} to be of this desk")
        yield 1
    yield from _credits(desk)


@lru_cache
def pointers() -> tuple[Pointer, ...]:
    """All foreign keys between rows that belong to a desk."""
    return tuple(
        Pointer(model, field.name, own, theirs)
        for model in apps.get_app_config("claims").get_models(include_auto_created=True)
        if (own := way(model))
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.name != "workspace"
        and (theirs := way(field.remote_field.model))
    )


@lru_cache
def way(model: Any) -> str:
    """The lookup from a row to its desk: its own column, or that of what it is a part of."""
    fields = [field for field in model._meta.concrete_fields if field.is_relation]
    if any(field.name == "workspace" for field in fields):
        return "workspace"
    for field in fields:
        above = field.remote_field.model
        if any(one.name == "workspace" for one in above._meta.concrete_fields):
            return f"{field.name}__workspace"
    return ""


def _credits(desk: Workspace) -> Iterator[Found]:
    own = Credit.objects.filter(workspace=desk)
    for noun in own.order_by().values_list("noun", flat=True).distinct():
        model: Any = apps.get_model("claims", noun)
        there = model._default_manager.filter(pk=OuterRef("object_id"), workspace=desk)
        for credit in own.filter(~Exists(there), noun=noun).iterator():
            told = f"expected {noun} {credit.object_id} to be of this desk"
            yield Breach(f"credit {credit.pk}", told)
        yield 1


def _dangling() -> Iterator[Found]:
    """PostgreSQL holds each foreign key itself; SQLite only where a connection asked for it."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_key_check")
        while rows := cursor.fetchmany(500):
            for table, rowid, other, _ in rows:
                yield Breach(f"{table} {rowid}", f"expected a row of {other} that it points at")
