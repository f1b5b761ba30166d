"""Searches that a person keeps for themselves.

They are no work of the desk, as keys are not: its journal says nothing of them.
"""

from __future__ import annotations

from claims.actions.journal import Actor
from claims.models import SavedSearch


def keep(actor: Actor, name: str, query: str) -> SavedSearch:
    """Keeps a search under a name; one of that name is this one from now on."""
    saved, _ = SavedSearch.objects.update_or_create(
        workspace=actor.workspace, user=actor.user, name=name, defaults={"query": query}
    )
    return saved


def drop(saved: SavedSearch) -> None:
    """Forgets a search."""
    saved.delete()
