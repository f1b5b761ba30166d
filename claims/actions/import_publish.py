"""The journal of an import: noted as rows are staged, copied by a few statements once they show.

A line written one by one keeps everybody else from writing for as long as all of them take.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models

from claims.actions.bulk import writer
from claims.actions.import_shapes import Staging
from claims.actions.journal import Act
from claims.actions.rows import kept, plain
from claims.actions.topics import NOUNS
from claims.models import Change, Import, Span, Staged
from claims.models.base import Root

ALL = 2**62
_STAGED = ("number", "model", "object_id", "after", "job_id")
_LINES = """
INSERT INTO claims_changerow (change_id, workspace_id, model, object_id, before, after)
SELECT %s, %s, model, object_id, NULL, after FROM claims_staged
WHERE job_id = %s AND id <= %s ORDER BY id
"""
# As `rows.plain` would tell each of them.
_WORDS = """
INSERT INTO claims_changerow (change_id, workspace_id, model, object_id, before, after)
SELECT %s, %s, 'span', span.id, NULL, {after}
FROM claims_staged JOIN claims_span AS span ON span.claim_id = claims_staged.object_id
WHERE job_id = %s AND claims_staged.id <= %s AND model = 'claim' ORDER BY claims_staged.id, span.id
"""
_RANK = " ".join(f"WHEN '{noun}' THEN {rank}" for rank, noun in enumerate(NOUNS))
# As `topics.ordered`: first one of every noun, the nearest first.
_TOPICS = f"""
INSERT INTO claims_changetopic (change_id, workspace_id, noun, object_id, "order")
SELECT %s, %s, model, object_id,
       %s + (row_number() OVER (PARTITION BY model ORDER BY id) - 1) * {len(NOUNS)}
          + CASE model {_RANK} END
FROM claims_staged
WHERE job_id = %s AND id <= %s AND model IN ({", ".join(f"'{noun}'" for noun in NOUNS)})
"""  # noqa: S608 - words of a closed list


def note(job: Import, made: Iterable[Staging]) -> None:
    """Notes which rows were made for which item, and what the journal will say of them.

    Not the words of a claim, which are more rows than all the rest: they are found with it.
    """
    writer(Staged, _STAGED).insert(
        [
            [number, row._meta.model_name, row.pk, _after(job, row), job.pk]
            for number, row in made
            if not isinstance(row, Span)
        ]
    )


def note_again(job: Import, rows: Sequence[models.Model]) -> None:
    """Notes how these rows are by now."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE claims_staged SET after = %s WHERE job_id = %s AND model = %s"
            " AND object_id = %s",
            [
                [
                    json.dumps(_after(job, row), ensure_ascii=False),
                    job.pk,
                    row._meta.model_name,
                    row.pk,
                ]
                for row in rows
            ],
        )


def _after(job: Import, row: models.Model) -> dict[str, Any]:
    """As it will be shown: what hides it is gone by then."""
    shown = isinstance(row, Root) and row.deleted_at == job.made_at
    return plain(row) | ({"deleted_at": None} if shown else {})


def show(act: Act, job: Import) -> None:
    """Shows all that is staged, and writes the lines of the journal, within `act`."""
    for name in models_of(job.staged.all()):
        model: Any = apps.get_model("claims", name)
        if issubclass(model, Root):
            staged = job.staged.filter(model=name).values("object_id")
            model.objects.filter(pk__in=staged).update(deleted_at=None)
            act.events.note_many(name, staged)
    tell(act.begin(), job, 0, ALL)


def tell(change: Change, job: Import, told: int, most: int) -> int:
    """Moves the first `most` staged rows into the journal, where `told` are already; how many."""
    last = job.staged.order_by("id").values_list("id", flat=True)[most - 1 : most].first()
    given = [change.pk, change.workspace_id]
    order = told * len(NOUNS)
    upto = ALL if last is None else last
    with connection.cursor() as cursor:
        cursor.execute(_LINES, [*given, job.pk, upto])
        cursor.execute(_words(), [*given, job.pk, upto])
        cursor.execute(_TOPICS, [*given, order, job.pk, upto])
    moved: int = job.staged.filter(id__lte=upto).delete()[0]
    return moved


@cache
def _words() -> str:
    """The statement that tells the words of claims, as `rows.plain` would tell each."""
    sqlite = connection.vendor == "sqlite"
    pairs = []
    for name in kept(Span):
        column = f"span.{connection.ops.quote_name(name)}"
        if name == "uid" and sqlite:  # which keeps it without hyphens
            cuts = ("1, 8", "9, 4", "13, 4", "17, 4", "21")
            column = " || '-' || ".join(f"substr({column}, {cut})" for cut in cuts)
        pairs.append(f"'{name}', {column}")
    function = "json_object" if sqlite else "jsonb_build_object"
    return _WORDS.format(after=f"{function}({', '.join(pairs)})")


def models_of(staged: Any) -> list[str]:
    """The kinds of these staged rows, in the order in which the first of each was made."""
    names = staged.order_by("id").values_list("model", flat=True)
    return list(dict.fromkeys(names))
