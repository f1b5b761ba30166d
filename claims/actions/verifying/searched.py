"""What is searched is what is there: each document as it would be made now, and in the index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Exists, OuterRef

from claims.actions.import_lease import BUSY
from claims.actions.search import ARTICLES_OF_A_CHUNK, CHUNK, MAKERS, TABLES
from claims.actions.verifying.shapes import Breach, Found, some
from claims.models import ChangeRow, Import, SearchDocument, Workspace
from claims.searching.facets import Noun

_NOT_INDEXED = """
SELECT document.noun, document.object_id FROM claims_searchdocument document
LEFT JOIN claims_search_docsize known ON known.id = document.id
WHERE known.id IS NULL AND document.workspace_id = %s
"""


def searched(desk: Workspace) -> Iterator[Found]:
    """Each thing's documents, no others, and on SQLite that the index knows each of them."""
    importing = Import.objects.within(desk).filter(state__in=BUSY, change__isnull=False)
    busy = list(importing.values_list("change_id", flat=True))
    for noun, table in TABLES.items():
        model: Any = apps.get_model("claims", table)
        rows = model.objects.within(desk)
        size = ARTICLES_OF_A_CHUNK if noun is Noun.ARTICLE else CHUNK
        for ids in some(rows.order_by("id").values_list("id", flat=True).iterator(CHUNK), size):
            yield from _compared(noun, _settled(busy, noun, ids))
            yield len(ids)
        own = SearchDocument.objects.filter(workspace=desk, noun=noun.value)
        there = rows.order_by().filter(id=OuterRef("object_id"))
        for pk in own.filter(~Exists(there)).values_list("object_id", flat=True).iterator():
            yield Breach(f"document of {noun} {pk}", "expected none: there is no such row")
    if connection.vendor == "sqlite":
        yield from _not_indexed(desk)


def _settled(busy: list[int], noun: Noun, ids: list[int]) -> list[int]:
    """Those that no import is just bringing in: the search follows it in steps."""
    if not busy:
        return ids
    coming = ChangeRow.objects.filter(change__in=busy, model=noun.value, object_id__in=ids)
    late = set(coming.values_list("object_id", flat=True))
    return [id for id in ids if id not in late]


def _compared(noun: Noun, ids: list[int]) -> Iterator[Found]:
    columns = [field.attname for field in SearchDocument._meta.concrete_fields[1:]]
    blank = SearchDocument(noun=noun.value)
    empty = {name: getattr(blank, name) for name in columns}
    expected = {
        (one["object_id"], one.get("part", 0)): {**empty, **one}
        for one in MAKERS[noun](ids, apps.get_model)
    }
    stored = SearchDocument.objects.filter(noun=noun.value, object_id__in=ids)
    found = {(one["object_id"], one["part"]): one for one in stored.values(*columns)}
    for key in sorted(expected.keys() | found.keys()):
        where = f"document {key[1]} of {noun} {key[0]}"
        if key not in found:
            yield Breach(where, "expected one: it can't be found by its words")
        elif key not in expected:
            yield Breach(where, "expected none")
        elif found[key] != expected[key]:
            other = [name for name in columns if found[key][name] != expected[key][name]]
            yield Breach(where, f"expected other {', '.join(other)}: manage.py reindex")


def _not_indexed(desk: Workspace) -> Iterator[Found]:
    """On PostgreSQL the index is a column of the document, which it makes itself."""
    with connection.cursor() as cursor:
        cursor.execute(_NOT_INDEXED, [desk.pk])
        while rows := cursor.fetchmany(CHUNK):
            for noun, pk in rows:
                yield Breach(f"document of {noun} {pk}", "expected it in the index")
