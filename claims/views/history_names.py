"""What a person calls the rows that a journal speaks of: looked up for many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Prefetch

from claims.models import (
    Assessment,
    ChangeRow,
    Claim,
    Filing,
    Link,
    Position,
    Question,
    Span,
    Workspace,
)
from claims.records import SpanRole
from claims.views.said import cut

SHORT = 60
CLAIM = Claim.objects.select_related("source").prefetch_related(
    Prefetch(
        "spans", Span.objects.filter(role=SpanRole.CONTENT).order_by("start"), to_attr="contents"
    )
)
# What the name of a row is made of, besides its own columns.
WITH: dict[str, Any] = {
    "claim": CLAIM,
    "assessment": Assessment.objects.select_related("reviewer"),
    "position": Position.objects.select_related("question"),
    "filing": Filing.objects.select_related("claim__source", "position__question"),
    "link": Link.objects.select_related("from_claim__source", "to_claim__source"),
}
NAMED_BY = ("name", "title", "text")


class Names:
    """The rows that some lines of the journal point to, by table and id; deleted ones too.

    A name is the one that the row has today: a history tells who or what it was about, and the
    change of a name is a line of its own.
    """

    def __init__(self, workspace: Workspace, lines: Iterable[ChangeRow]) -> None:
        self.workspace = workspace
        wanted: dict[str, set[int]] = defaultdict(set)
        for line in lines:
            for data in (line.before, line.after):
                if data:
                    for field in pointers(line.model):
                        if data.get(field.attname) is not None:
                            wanted[field.related_model._meta.model_name].add(data[field.attname])
        self.rows: dict[str, dict[int, Any]] = {
            table: self._read(table, ids) for table, ids in wanted.items()
        }
        self.gone = self._gone(
            {table: ids - self.rows[table].keys() for table, ids in wanted.items()}
        )

    def of(self, table: str, id: int | None) -> str:
        """The name of a row; what is known of it where it was deleted for good."""
        row = self.rows.get(table, {}).get(id or 0)
        if row is None:
            return self.gone.get((table, id or 0), "something that is gone")
        return named(row)

    def _read(self, table: str, ids: set[int]) -> dict[int, Any]:
        model: Any = apps.get_model("claims", table)
        rows = WITH[table].all() if table in WITH else model._default_manager.all()
        if any(field.name == "workspace" for field in model._meta.fields):
            rows = rows.filter(workspace=self.workspace)
        if table == "revision":
            rows = rows.defer("text")
        found: dict[int, Any] = rows.in_bulk(ids)
        return found

    def _gone(self, missing: dict[str, set[int]]) -> dict[tuple[str, int], str]:
        """The last names of rows that are in the journal alone, as sides are once deleted."""
        wanted = models.Q(pk__in=[])
        for table, ids in missing.items():
            if ids:
                wanted |= models.Q(model=table, object_id__in=ids)
        lines = (
            ChangeRow.objects.filter(wanted, workspace=self.workspace, after__isnull=True)
            if wanted != models.Q(pk__in=[])
            else []
        )
        return {
            (line.model, line.object_id): next(
                (str(line.before[name]) for name in NAMED_BY if line.before.get(name)), ""
            )
            or "something that is gone"
            for line in lines
            if line.before
        }


def pointers(table: str) -> list[Any]:
    """The columns of a table that point to another one, but for the desk itself."""
    fields: Any = apps.get_model("claims", table)._meta.concrete_fields
    return [
        field
        for field in fields
        if isinstance(field, models.ForeignKey) and field.name != "workspace"
    ]


def named(row: Any) -> str:
    """What a person calls the row, within a sentence."""
    match row:
        case Claim():
            contents: list[Span] = row.contents  # type: ignore[attr-defined]
            newest = max((span.revision_id for span in contents), default=0)
            words = " […] ".join(span.quote for span in contents if span.revision_id == newest)
            return f"{row.source}: {cut(words, SHORT)}" if words else f"a claim of {row.source}"
        case Position():
            return f"{row} ({row.question})"
        case Question():
            return row.text
        case Assessment():
            # Never what it finds: who reads this may be about to second it.
            return f"verdict of {row.reviewer}"
    return str(row)
