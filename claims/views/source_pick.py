"""Sources to choose from by typing: names and aliases, then what is spelled like them."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from django.db.models import Q, QuerySet
from rapidfuzz import fuzz, process

from claims.models import Alias, Article, Source, Workspace
from claims.models.folding import folded

MOST = 12
CANDIDATES = 3000
"""How many names and aliases are compared by their spelling, at most: a few milliseconds."""
LEAST_LIKENESS = 72
SHORTEST_GUESS = 3
EXACT, BEGINS, HOLDS, LIKE = range(4)


class Option(NamedTuple):
    """A source to pick; `alias` is the other name that fits, empty where its name does."""

    source: Source
    alias: str


def options(workspace: Workspace, typed: str, article: Article | None) -> list[Option]:
    """At most `MOST` sources for what is typed; several that one alias fits stand together.

    Unnamed sources only of `article`. Nothing typed: who has spoken in the article already.
    """
    text = folded(typed)
    if not text:
        return _first(workspace, article)
    names = _pickable(workspace, article).filter(name_folded__contains=text)
    aliases = _aliases(workspace, article).filter(name_folded__contains=text)
    found = _ranked(names, aliases, text)
    if len(found) < MOST and len(text) >= SHORTEST_GUESS:
        found |= {
            pk: hit for pk, hit in _alike(workspace, article, text).items() if pk not in found
        }
    best = dict(islice(sorted(found.items(), key=lambda item: (item[1], item[0])), MOST))
    sources = Source.objects.select_related("side").in_bulk(best)
    return [Option(sources[pk], hit[2]) for pk, hit in best.items()]


Hit = tuple[int, str, str]
"""How well it fits (less is better), the folded name to sort by, and the alias that fits."""


def _pickable(workspace: Workspace, article: Article | None) -> QuerySet[Source]:
    own = Q(named=True) | Q(article=article) if article else Q(named=True)
    found: QuerySet[Source] = Source.objects.within(workspace).kept().filter(own)
    return found


def _aliases(workspace: Workspace, article: Article | None) -> QuerySet[Alias]:
    own = Q(source__named=True) | Q(source__article=article) if article else Q(source__named=True)
    found: QuerySet[Alias] = Alias.objects.within(workspace)
    return found.filter(own, source__deleted_at=None)


def _ranked(names: QuerySet[Source], aliases: QuerySet[Alias], text: str) -> dict[int, Hit]:
    """Source -> its best fit, among names and aliases that hold the text."""
    found: dict[int, Hit] = {}
    for pk, name in names.order_by("name_folded").values_list("pk", "name_folded")[:CANDIDATES]:
        found[pk] = (_fit(name, text), name, "")
    rows = aliases.order_by("name_folded").values_list("source", "name_folded", "name")
    for pk, name, alias in rows[:CANDIDATES]:
        hit = (_fit(name, text), name, alias)
        if pk not in found or hit[0] < found[pk][0]:
            found[pk] = hit
    return found


def _fit(name: str, text: str) -> int:
    if name == text:
        return EXACT
    return BEGINS if name.startswith(text) or f" {text}" in name else HOLDS


def _alike(workspace: Workspace, article: Article | None, text: str) -> dict[int, Hit]:
    """Sources that are spelled like the text, among those that share three letters with it."""
    shares = Q(pk__in=[])
    for start in range(min(len(text), MOST) - 2):
        shares |= Q(name_folded__contains=text[start : start + SHORTEST_GUESS])
    names = _pickable(workspace, article).filter(shares).values_list("pk", "name_folded")
    aliases = _aliases(workspace, article).filter(shares)
    rows = [(pk, name, "") for pk, name in names[:CANDIDATES]]
    rows += aliases.values_list("source", "name_folded", "name")[:CANDIDATES]
    alike = process.extract(
        text,
        [name for _, name, _ in rows],
        scorer=fuzz.WRatio,
        limit=3 * MOST,
        score_cutoff=LEAST_LIKENESS,
    )
    found: dict[int, Hit] = {}
    for _, likeness, at in alike:
        pk, name, alias = rows[at]
        # Sorted by likeness first: that goes before the name.
        found.setdefault(pk, (LIKE + round(100 - likeness), name, alias))
    return found


def _first(workspace: Workspace, article: Article | None) -> list[Option]:
    """The article's publisher, who speaks in it, then the others by name."""
    pickable = _pickable(workspace, article).select_related("side")
    spoke: list[Source] = []
    if article is not None:
        own = Q(pk=article.publisher_id) | Q(claims__article=article, claims__deleted_at=None)
        spoke = list(pickable.filter(own).distinct().order_by("name_folded", "id")[:MOST])
        spoke.sort(key=lambda source: source.pk != article.publisher_id)
    others = pickable.exclude(pk__in=[source.pk for source in spoke])
    rest = others.order_by("name_folded", "id")[: MOST - len(spoke)] if len(spoke) < MOST else []
    return [Option(source, "") for source in [*spoke, *rest]]
