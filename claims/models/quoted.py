"""Which claims have certain words in their quote, among very many, from the full-text index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, transaction

from claims.models.matching import by
from claims.models.search import SearchDocument
from claims.searching.facets import Noun
from claims.searching.query import Query
from claims.searching.syntax import fts5, tsquery

FEW = 10_000
"""So many claims are named to the database; of more, one is soon met in any order."""

Sieve = Callable[[Sequence[int]], set[int]]
"""Which of some ids pass."""


def quoting(claims: Any, query: Query, groups: Sequence[Sequence[str]]) -> tuple[Any, Sieve | None]:
    """Those of `claims` whose quote holds every term of `query`, and what else they have to pass.

    `groups` are words of the index (`facets.py`) that all of `claims` have: they find a rare
    combination at once. One query, and two for each asking of the sieve.
    """
    write = tsquery if connection.vendor == "postgresql" else fts5
    match = write(query, groups, head=True)
    found = _few(match)
    if len(found) <= FEW:
        return claims.filter(pk__in=found), None
    return claims, lambda ids: _of(match, ids)


def _few(match: str) -> list[int]:
    """At most one more than `FEW`."""
    if connection.vendor == "postgresql":
        sql = "SELECT object_id FROM claims_searchdocument WHERE vector @@ %s::tsquery LIMIT %s"
        with transaction.atomic(), by("bitmap"):
            return _run(sql, [match, FEW + 1])
    sql = """
        SELECT d.object_id FROM (
            SELECT rowid AS id FROM claims_search WHERE claims_search MATCH %s LIMIT %s
        ) found CROSS JOIN claims_searchdocument d ON d.id = found.id
    """
    return _run(sql, [match, FEW + 1])


def _of(match: str, ids: Sequence[int]) -> set[int]:
    """SQLite's index is asked once for a stretch of documents: once for each takes far longer."""
    documents = SearchDocument.objects.filter(noun=Noun.CLAIM.value, part=0, object_id__in=ids)
    if connection.vendor == "postgresql":
        passing = documents.extra(where=["vector @@ %s::tsquery"], params=[match])
        return set(passing.values_list("object_id", flat=True))
    claims = dict(documents.values_list("id", "object_id"))
    if not claims:
        return set()
    sql = "SELECT rowid FROM claims_search WHERE claims_search MATCH %s AND rowid BETWEEN %s AND %s"
    found = _run(sql, [match, min(claims), max(claims)])
    return {claims[pk] for pk in found if pk in claims}


def _run(sql: str, values: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [pk for (pk,) in cursor.fetchall()]
