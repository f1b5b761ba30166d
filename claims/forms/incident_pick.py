"""Finding an incident by what somebody types: its code, its title, or nearly so."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean
from typing import Any

from django.db.models import Case, Q, Value, When
from rapidfuzz import fuzz

from claims.models import Incident
from claims.models.folding import folded

MOST = 9
LOOKED_AT = 1000
LEAST_LIKE = 70
SHORTEST = 3
"""What is shorter than this is like everything."""
BEFORE_A_WORD = " -/(\"'“‘’"
"""What a word of a title can stand behind."""


def matching(incidents: Any, text: str) -> list[Incident]:
    """At most nine: those that hold every word, the best first; then those that are like it.

    Without text the newest. What is only like it is looked for among the newest thousand.
    """
    newest = incidents.order_by("-id")
    if not text:
        return list(newest[:MOST])
    holding = ranked(incidents, text)
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


def ranked(incidents: Any, text: str) -> Any:
    """Those called so first: by code, by the beginning of either, by words of the title; newest.

    What merely holds the words, or happened at a place called so, comes after all of them: most
    incidents of a desk share their place and the beginning of their code.
    """
    typed = text.split()[:8]
    if not typed:
        return incidents.order_by("-id")
    begins, holds = Q(), Q()
    for word in typed:
        begins &= _begins_a_word(word)
        holds &= Q(title__icontains=word)
    order = (Q(code__iexact=typed[0]), Q(code__istartswith=text), Q(title__istartswith=text))
    tiers = [When(fits, then=Value(rank)) for rank, fits in enumerate((*order, begins, holds))]
    return incidents.order_by(Case(*tiers, default=Value(len(tiers))), "-id")


def _begins_a_word(typed: str) -> Q:
    """That a word of the title begins with what was typed."""
    found = Q(title__istartswith=typed)
    for before in BEFORE_A_WORD:
        found |= Q(title__icontains=f"{before}{typed}")
    return found


def like(typed: Sequence[str], words: Sequence[str]) -> float:
    """How much like some of `words` the typed ones are, from 0 to 100."""
    return mean(max((fuzz.ratio(one, word) for word in words), default=0) for one in typed)
