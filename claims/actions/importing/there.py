"""What of a file is at the desk already: by public id, deleted rows too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from claims.models import (
    Article,
    Assessment,
    Claim,
    Comment,
    Filing,
    Incident,
    Link,
    Position,
    Question,
    Rating,
    Revision,
    Source,
    Workspace,
)
from claims.records.tables import Table

CHUNK = 1_000

MODELS: dict[str, Any] = {
    "sources": Source,
    "ratings": Rating,
    "articles": Article,
    "revisions": Revision,
    "incidents": Incident,
    "questions": Question,
    "positions": Position,
    "claims": Claim,
    "links": Link,
    "filings": Filing,
    "assessments": Assessment,
    "comments": Comment,
}
"""The tables whose rows have a public id of their own."""
COUNTED = frozenset(MODELS.values())
"""Rows that a plan counts: their parts come with them."""


def found_here(workspace: Workspace, table: Table, ids: Iterable[str]) -> dict[str, int]:
    """Those of `ids` that the desk has, with what they are in the database."""
    model = MODELS.get(table.name)
    found: dict[str, int] = {}
    if model is not None:
        for chunk in chunks(ids):
            rows = model.objects.filter(workspace=workspace, uid__in=chunk)
            found |= {str(uid): pk for uid, pk in rows.values_list("uid", "pk")}
    return found


def chunks(ids: Iterable[Any], size: int = CHUNK) -> Iterator[list[Any]]:
    """`ids` in lists of at most `size`."""
    pending = iter(ids)
    while chunk := list(islice(pending, size)):
        yield chunk
