"""Finding an incident by what somebody types: its code, its title, or nearly so."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from statistics import mean
from typing import Any

from django.db import connection
from django.db.models import Case, Q, TextField, Value, When
from django.db.models.functions import Concat
from rapidfuzz import fuzz

from claims.models import Incident
from claims.models.folding import folded

MOST = 9
LOOKED_AT = 1000
FEW = 200
"""So many incidents are named one by one; of more, one is soon met in any order."""
MOST_WORDS = 8
NAMES = ("code", "title")
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
    words = text.split()[:MOST_WORDS]
    found = list(holding(ranked(incidents, text), words, (*NAMES, "place"))[:MOST])
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


def holding(incidents: Any, words: Sequence[str], fields: Sequence[str]) -> Any:
    """Those with every one of `words` somewhere in `fields`, be it within a word."""
    if connection.vendor == "postgresql":
        # As one text: making capitals of each takes it longer than looking into them.
        parts = [part for name in fields for part in (Value("\n"), name)]
        incidents = incidents.alias(whole=Concat(*parts, output_field=TextField()))
        fields = ("whole",)
    # Numbers first: few hold them, and of the others the rest need not be looked for.
    for word in sorted(words, key=str.isalpha):
        held = [Q(**{f"{name}__icontains": word}) for name in fields]
        incidents = incidents.filter(reduce(or_, held))
    return incidents


def few(incidents: Any) -> list[int] | None:
    """Their ids, or None if they are more than `FEW`.

    In the order of the ids, in which a table is read through twice as fast as in another.
    """
    ids = list(incidents.order_by("pk").values_list("pk", flat=True)[: FEW + 1])
    return ids if len(ids) <= FEW else None


def ranked(incidents: Any, text: str) -> Any:
    """Those called so first: by code, by the beginning of either, by words of the title; newest.

    What merely holds the words, or happened at a place called so, comes after all of them: most
    incidents of a desk share their place and the beginning of their code.
    """
    typed = text.split()[:MOST_WORDS]
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
