"""Finding an incident by what somebody types: its code, its title, or nearly so."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean
from typing import Any

from django.db.models import Q
from rapidfuzz import fuzz

from claims.models import Incident
from claims.models.folding import folded

MOST = 9
LOOKED_AT = 1000
LEAST_LIKE = 70
SHORTEST = 3
"""What is shorter than this is like everything."""


def matching(incidents: Any, text: str) -> list[Incident]:
    """At most nine: those whose code or title holds every word; then those that are like it.

    Without text the newest. What is only like it is looked for among the newest thousand.
    """
    newest = incidents.order_by("-id")
    if not text:
        return list(newest[:MOST])
    holding = newest
    for word in text.split()[:8]:
        holding = holding.filter(
            Q(code__icontains=word) | Q(title__icontains=word) | Q(place__icontains=word)
        )
    found = list(holding[:MOST])
    if len(found) == MOST or len(text) < SHORTEST:
        return found
    known = {one.pk for one in found}
    typed = folded(text).split()
    likeness = {
        pk: like(typed, folded(f"{code} {title}").split())
        for pk, code, title in newest.values_list("pk", "code", "title")[:LOOKED_AT]
        if pk not in known
    }
    best = sorted(
        (pk for pk in likeness if likeness[pk] >= LEAST_LIKE), key=lambda pk: -likeness[pk]
    )
    best = best[: MOST - len(found)]
    by_id = incidents.in_bulk(best)
    return [*found, *(by_id[pk] for pk in best)]


def like(typed: Sequence[str], words: Sequence[str]) -> float:
    """How much like some of `words` the typed ones are, from 0 to 100."""
    return mean(max((fuzz.ratio(one, word) for word in words), default=0) for one in typed)
