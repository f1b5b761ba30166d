"""What of a file is at the desk already, and whether it is the same there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from claims.actions.importing.rows import ARTICLE, CLAIM, INCIDENT
from claims.actions.importing.there import MODELS
from claims.models import Revision, Workspace
from claims.records import Relation
from claims.records.native import is_deleted
from claims.records.tables import Table

_TIMES = {"created_at", "updated_at"}
COMPARED: Mapping[str, dict[str, str]] = {
    "sources": {name: name for name in ("name", "kind", "named", "note")},
    "articles": {name: name for name in ARTICLE if name not in _TIMES},
    "incidents": {name: name for name in INCIDENT if name not in _TIMES},
    "questions": {
        "question": "text",
        "key": "is_key",
        "aspect": "aspect",
        "exclusive": "exclusive",
    },
    "positions": {"answer": "text", "competes": "competes"},
    "claims": {name: name for name in CLAIM if name not in _TIMES} | {"status": "status"},
    "links": {name: name for name in ("relation", "basis", "note")},
    "filings": {name: name for name in ("stance", "extent")},
    "ratings": {name: name for name in ("reliability", "since", "reason")},
    "comments": {"text": "text"},
}
"""By table: columns of the record, and what they are called in the database."""
SYMMETRIC = frozenset({Relation.CONTRADICTS, Relation.CORROBORATES})


def rows_here(workspace: Workspace, table: Table, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Those of `ids` that the desk has, deleted ones too, with what is compared of them."""
    model = MODELS[table.name]
    names = [*COMPARED.get(table.name, {}).values()]
    names += [name for name in ("deleted_at",) if hasattr(model, name)]
    names += ["updated_at"] if table.name == "claims" else []
    rows = model.objects.filter(workspace=workspace, uid__in=ids)
    return {str(row["uid"]): row for row in rows.values("uid", *names)}


def differing(table: Table, record: Any, row: Mapping[str, Any]) -> str:
    """What is another one here: the name of a column; blank where nothing is."""
    gone = row.get("deleted_at") is not None
    if gone or is_deleted(record):
        return "" if gone == is_deleted(record) else "deletion"
    for of, name in COMPARED.get(table.name, {}).items():
        if getattr(record, of) != row[name]:
            return of
    # Its words and numbers are no columns of it; but whoever edits them, edits the claim.
    moved = table.name == "claims" and record.updated_at != row["updated_at"]
    return "words or numbers" if moved else ""


def only_once(table: Table, record: Any) -> Iterable[tuple[str, tuple[Any, ...]]]:
    """What no two living rows of a file may have: the column to name, and the values."""
    if is_deleted(record):
        return
    match table.name:
        case "incidents":
            yield "code", (record.code,)
        case "positions":
            yield "answer", (record.question_id, record.answer)
        case "filings":
            yield "position_id", (record.claim_id, record.position_id)
        case "links":
            ends = (record.from_claim_id, record.to_claim_id)
            either = tuple(sorted(ends)) if record.relation in SYMMETRIC else ends
            yield "to_claim_id", (record.relation, *either)
            if record.relation == Relation.RESTATES:
                yield "from_claim_id", (record.relation, record.from_claim_id)


def other_texts(workspace: Workspace, records: Sequence[Any]) -> set[str]:
    """Those texts whose article is at the desk, and has not just this text under the number."""
    articles = {record.article_id for record in records}
    rows = Revision.objects.filter(workspace=workspace, article__uid__in=articles)
    here = {
        (str(article), number): sha256
        for article, number, sha256 in rows.values_list("article__uid", "number", "sha256")
    }
    there = {article for article, _ in here}
    return {
        record.revision_id
        for record in records
        if record.article_id in there
        and here.get((record.article_id, record.number)) != record.text_sha256
    }
