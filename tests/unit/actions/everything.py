"""All that a desk holds, to be compared before an act and after its undo."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from claims.actions import search, state, undo
from claims.actions.journal import Actor
from claims.actions.rows import plain
from claims.models import (
    Alias,
    Article,
    Assessment,
    Change,
    Claim,
    Comment,
    Filing,
    Incident,
    Link,
    Position,
    Question,
    Rating,
    Source,
)
from tests.unit.actions import searched
from tests.unit.actions.reference import all_stored

ROOTS: list[Any] = [Article, Claim, Comment, Filing, Incident, Link, Position, Question, Rating]
MODELS: list[Any] = [*ROOTS, Source, Alias, Assessment]


def settle() -> None:
    """Brings states and what is searched up to date of rows that were made past the actions."""
    with transaction.atomic():
        state.refresh(Incident.objects.values_list("pk", flat=True))
        state.refresh_claims(Claim.objects.filter(incident=None).values_list("pk", flat=True))
    search.rebuild()


def everything() -> dict[str, Any]:
    """What is there and not deleted, by noun, desk and uid, and the stored states of all rows."""
    found: dict[str, Any] = {}
    for model in MODELS:
        for row in model.objects.all():
            if getattr(row, "deleted_at", None) is None:
                found[f"{model.__name__} {row.workspace_id} {row.uid}"] = plain(row)
    gone: dict[str, set[int]] = {
        model.__name__: set(model.objects.exclude(deleted_at=None).values_list("pk", flat=True))
        for model in MODELS
        if hasattr(model, "deleted_at")
    }
    states = {
        (name, pk): columns
        for name, rows in all_stored().items()
        for pk, columns in rows.items()
        if pk not in gone.get(name, ())
    }
    return found | {"states": states}


def there_and_back(actor: Actor, before: dict[str, Any]) -> None:
    """Undo gives `before`, redo what the act gave, and undo `before` again, without asking."""
    change = Change.objects.latest("id")
    after = everything()
    assert after != before
    for expected in (before, after, before):
        change = undo.undo(actor, change)
        assert everything() == expected
        searched.assert_is_up_to_date()
