"""What is staged becomes what is there: a few statements, however many rows there are.

A row written one by one keeps everybody else from writing for as long as all of them take.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import connection

from claims.actions.import_shapes import Staging
from claims.actions.journal import Act, plain
from claims.actions.topics import NOUNS
from claims.models import Import, Staged
from claims.models.base import Root

_LINES = """
INSERT INTO claims_changerow (change_id, workspace_id, model, object_id, before, after)
SELECT %s, %s, model, object_id, NULL, after FROM claims_staged WHERE job_id = %s ORDER BY id
"""
_RANK = " ".join(f"WHEN '{noun}' THEN {rank}" for rank, noun in enumerate(NOUNS))
# As `topics.ordered`: first one of every noun, the nearest first.
_TOPICS = f"""
INSERT INTO claims_changetopic (change_id, workspace_id, noun, object_id, "order")
SELECT %s, %s, model, object_id, row_number() OVER (ORDER BY place, rank) - 1
FROM (
    SELECT model, object_id, row_number() OVER (PARTITION BY model ORDER BY id) AS place,
           CASE model {_RANK} END AS rank
    FROM claims_staged WHERE job_id = %s
) AS staged WHERE rank IS NOT NULL
"""  # noqa: S608 - words of a closed list


def note(job: Import, made: Iterable[Staging]) -> None:
    """Notes which rows were made for which item, and what the journal will say of them."""
    Staged.objects.bulk_create(
        Staged(
            job=job,
            number=number,
            model=row._meta.model_name or "",
            object_id=row.pk,
            after=plain(row) | ({"deleted_at": None} if isinstance(row, Root) else {}),
        )
        for number, row in made
    )


def show(act: Act, job: Import) -> None:
    """Shows all that is staged, and writes the lines of the journal, within `act`."""
    change, workspace = act.begin(), act.actor.workspace
    for name in models_of(job):
        model: Any = apps.get_model("claims", name)
        if issubclass(model, Root):
            staged = job.staged.filter(model=name).values("object_id")
            model.objects.filter(pk__in=staged).update(deleted_at=None)
            act.events.note_many(name, staged)
    with connection.cursor() as cursor:
        cursor.execute(_LINES, [change.pk, workspace.pk, job.pk])
        cursor.execute(_TOPICS, [change.pk, workspace.pk, job.pk])


def models_of(job: Import) -> list[str]:
    """The kinds of staged rows, in the order in which the first of each was made."""
    names = job.staged.order_by("id").values_list("model", flat=True)
    return list(dict.fromkeys(names))
