"""The rows of one incident as they were, read back from the journal; nothing is written here."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Min, Q, QuerySet

from claims.actions.rows import plain
from claims.models import Change, ChangeRow, ChangeTopic, Incident, Revision, Workspace
from claims.rewind import Key, Line, Row, rewind

M = TypeVar("M", bound=models.Model)

Table = dict[int, Row]
"""The rows of one table at the moment, by id."""

# What a row points to and a page names: the other table's columns that lead there.
POINTERS = {
    "claim": {"source_id": "source", "via_id": "source", "accused_id": "source"}
    | {"article_id": "article"},
    "source": {"affiliation_id": "source", "side_id": "side", "article_id": "article"},
    "article": {"publisher_id": "source"},
    "side": {},
    "incident": {},
}


def first_after(workspace: Workspace, at: dt.datetime) -> Change | None:
    """The first change that was made after `at`: with it begins what is to be taken back."""
    later = Change.objects.within(workspace).filter(at__gt=at)
    found: Change | None = later.order_by("at", "id").first()
    return found


def rows_before(incident: Incident, change: Change | None) -> dict[str, Table]:
    """All that bears on `incident`, by table, as it was just before `change`; now, without one.

    Claims, questions, links and what hangs on them are those that were the incident's then, the
    deleted ones too. Sources come with all above them, as they were called and sided then;
    `revision` has the texts that were there. The number of queries does not depend on the number
    of rows, but for the height of the tallest chain of affiliations.
    """
    reading = Reading(incident, change)
    reading.own()
    reading.parts()
    reading.named()
    reading.texts()
    return reading.found


class Reading:
    """One reading: what was found so far, table by table."""

    def __init__(self, incident: Incident, change: Change | None) -> None:
        self.incident = incident
        self.change = change
        self.found: dict[str, Table] = defaultdict(dict)
        self.lines: dict[int, ChangeRow] = {}

    def own(self) -> None:
        """The incident itself, and the claims, questions and links that were its own."""
        self._learn("incident", [self.incident.pk])
        of = Q(incident=self.incident)
        tables = self._rows(
            {"incident": Q(pk=self.incident.pk), "claim": of} | {"question": of, "link": of}
        )
        self.found["incident"] = tables["incident"]
        for table in ("claim", "question", "link"):
            self.found[table] = {
                id: row
                for id, row in tables[table].items()
                if row["incident_id"] == self.incident.pk
            }
        # A claim that was purged was never of an incident, as far as the journal tells.
        ends = self.found["claim"]
        self.found["link"] = {
            id: row
            for id, row in self.found["link"].items()
            if row["from_claim_id"] in ends and row["to_claim_id"] in ends
        }

    def parts(self) -> None:
        """What hung on those, also where the claim or question has moved on since."""
        claims, questions = list(self.found["claim"]), list(self.found["question"])
        # Apart: of an "or", SQLite searches all topics of the workspace.
        self._learn("claim", claims)
        self._learn("question", questions)
        of = Q(claim__in=claims)
        tables = self._rows(
            {"span": of, "figure": of, "filing": of, "position": Q(question__in=questions)}
            | {"assessment": Q(question__in=questions) | Q(incident=self.incident)}
        )
        self._keep("position", tables, question_id="question")
        self._keep("span", tables, claim_id="claim")
        self._keep("figure", tables, claim_id="claim")
        self._keep("filing", tables, claim_id="claim", position_id="position")
        self.found["assessment"] = {
            id: row
            for id, row in tables["assessment"].items()
            if row["incident_id"] == self.incident.pk or row["question_id"] in questions
        }

    def named(self) -> None:
        """Sources, their sides and articles, and all that these lead to in turn."""
        new: dict[str, Collection[int]] = _pointed_to("claim", self.found["claim"].values())
        while any(new.values()):
            fresh: dict[str, Table] = {}
            for table, ids in new.items():
                fresh[table] = self._by_id(table, ids)
                self.found[table] |= fresh[table]
            found: dict[str, set[int]] = defaultdict(set)
            for table, rows in fresh.items():
                for other, ids in _pointed_to(table, rows.values()).items():
                    found[other] |= ids
            new = {table: ids - self.found[table].keys() for table, ids in found.items()}

    def texts(self) -> None:
        """The revisions that were there already; their text never changes."""
        ids = Revision.objects.filter(article__in=list(self.found["article"]))
        self.found["revision"] = self._by_id("revision", set(ids.values_list("pk", flat=True)))

    # -- the journal -------------------------------------------------------------------------

    def _learn(self, noun: str, ids: Collection[int]) -> None:
        """Reads the lines of what was done about these objects since."""
        if self.change is None:
            return
        about = ChangeTopic.objects.filter(
            workspace=self.incident.workspace_id,
            noun=noun,
            object_id__in=ids,
            change__gte=self.change.pk,
        )
        lines = _oldest(ChangeRow.objects.filter(change__in=about.values("change")))
        self.lines |= {line.pk: line for line in lines}

    def _rows(self, wanted: dict[str, Q]) -> dict[str, Table]:
        """The rows of these tables then: those that fit now, and those that lines speak of."""
        lines = [line for line in self.lines.values() if line.model in wanted]
        named: dict[str, set[int]] = defaultdict(set)
        for line in lines:
            named[line.model].add(line.object_id)
        now: dict[Key, Row] = {}
        for table, fits in wanted.items():
            model = apps.get_model("claims", table)
            rows = model._default_manager.filter(fits | Q(pk__in=named[table]))
            now |= {(table, row.pk): plain(row) for row in rows}
        return _by_table(rewind(now, _newest_first(lines)))

    def _by_id(self, table: str, ids: Collection[int]) -> Table:
        """These rows then, whatever was done to them since."""
        model: Any = apps.get_model("claims", table)
        rows = model._default_manager.filter(pk__in=ids)
        if table == "revision":
            rows = rows.defer("text")
        now: dict[Key, Row] = {(table, row.pk): plain(row) for row in rows}
        lines: Iterable[ChangeRow] = []
        if self.change is not None:
            lines = _oldest(
                ChangeRow.objects.filter(
                    workspace=self.incident.workspace_id,
                    model=table,
                    object_id__in=ids,
                    change__gte=self.change.pk,
                )
            )
        return _by_table(rewind(now, _newest_first(lines)))[table]

    def _keep(self, table: str, tables: dict[str, Table], **owners: str) -> None:
        """Takes over the rows whose owners are found."""
        self.found[table] = {
            id: row
            for id, row in tables[table].items()
            if all(row[column] in self.found[owner] for column, owner in owners.items())
        }


def made(model: type[M], id: int, row: Row) -> M:
    """The row as an object, which is in no database; columns that are newer have their defaults."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return model(
        pk=id,
        **{name: fields[name].to_python(value) for name, value in row.items() if name in fields},
    )


def _oldest(lines: QuerySet[ChangeRow]) -> QuerySet[ChangeRow]:
    """The first line of each row: it alone says how the row stood, of however many there are."""
    each = lines.order_by().values("model", "object_id").annotate(first=Min("pk"))
    return ChangeRow.objects.filter(pk__in=each.values("first")).defer("after")


def _newest_first(lines: Iterable[ChangeRow]) -> list[Line]:
    ordered = sorted(lines, key=lambda line: (line.change_id, line.pk), reverse=True)
    return [Line((line.model, line.object_id), line.before) for line in ordered]


def _by_table(rows: dict[Key, Row]) -> dict[str, Table]:
    tables: dict[str, Table] = defaultdict(dict)
    for table, id in sorted(rows):
        tables[table][id] = rows[table, id]
    return tables


def _pointed_to(table: str, rows: Iterable[Row]) -> dict[str, Any]:
    found: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        for column, other in POINTERS[table].items():
            if row.get(column) is not None:
                found[other].add(row[column])
    return found
