"""What is searched, against what would be made of the desk anew."""

from __future__ import annotations

from typing import Any

from django.db import connection

from claims.actions import search
from claims.models import SearchDocument


def documents() -> list[dict[str, Any]]:
    """Every document without its id, in order."""
    names = [field.attname for field in SearchDocument._meta.concrete_fields[1:]]
    rows = SearchDocument.objects.order_by("noun", "object_id", "part")
    return [{name: getattr(row, name) for name in names} for row in rows]


def assert_is_up_to_date() -> None:
    """What the acts have left is what `reindex` makes, and the index is sound."""
    found = documents()
    search.rebuild()
    assert found == documents()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO claims_search(claims_search) VALUES ('integrity-check')")
