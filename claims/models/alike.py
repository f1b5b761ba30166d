"""Sources, incidents and articles that may be one, found by index, each with the reason."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Q

from claims.models import matching
from claims.models.article import Article, Revision
from claims.models.incident import Incident
from claims.models.near import event_of, printed_as, printed_like
from claims.models.proposal import dismissed
from claims.models.search import SearchDocument
from claims.models.source import Alias, Source
from claims.models.workspace import Workspace
from claims.searching.facets import Filter, Noun
from claims.searching.query import Query, Term
from claims.searching.words import words
from claims.suggester.competing.duplicates import alike
from claims.suggester.competing.events import same_event
from claims.suggester.competing.prints import runs, shared
from claims.suggester.competing.vocabulary import tokens
from claims.suggester.known import acronym

SHOWN = 3
LEAST_SHARED = 0.5
"""From this share of the shorter text's runs on, two articles are shown as one story."""
_OF_A_WORD = 40
_INITIALS = 5_000
_EVENTS = 300
_DAY = dt.timedelta(days=1)


class Alike(NamedTuple):
    """Another row that may be the same, and why."""

    row: Any
    why: str
    score: float


def sources_alike(source: Source) -> list[Alike]:
    """Named sources of which a name may be one of this one's; none for a protected source."""
    if source.protected or not source.named:
        return []
    own = [source.name, *source.aliases.values_list("name", flat=True)]
    rows = Source.objects.within(source.workspace).kept().filter(named=True, protected=False)
    others = rows.exclude(pk=source.pk).exclude(uid__in=_dismissed(source, Noun.SOURCE))
    ids = _sources_by_words(source.workspace, own) | _by_initials(others, own)
    found = list(others.filter(pk__in=ids).select_related("side", "workspace"))
    names: dict[int, list[str]] = defaultdict(list)
    for pk, name in Alias.objects.filter(source__in=ids).values_list("source_id", "name"):
        names[pk].append(name)
    judged = []
    for row in found:
        ways = [alike(one, other) for one in own for other in (row.name, *names[row.pk])]
        if likely := max((way for way in ways if way), default=None):
            judged.append(Alike(row, likely[1], likely[0]))
    return sorted(judged, key=lambda one: (-one.score, one.row.pk))[:SHOWN]


def incidents_alike(incident: Incident) -> list[Alike]:
    """Incidents of about the same day and place that are neither parts of one another nor alone."""
    if incident.occurred_from is None:
        return []
    near = (incident.occurred_from - _DAY, incident.occurred_from + _DAY)
    rows = Incident.objects.within(incident.workspace).kept().filter(occurred_from__range=near)
    family = Q(pk=incident.pk) | Q(parent=incident) | Q(pk=incident.parent_id)
    if incident.parent_id is not None:
        family |= Q(parent=incident.parent_id)
    rows = rows.exclude(uid__in=_dismissed(incident, Noun.INCIDENT)).exclude(pk=incident.pk)
    rows = rows.exclude(pk__in=Incident.objects.filter(family).values("pk"))
    rows = rows.select_related("workspace")
    own = event_of(incident)
    judged = [
        Alike(row, likely.why, likely.score)
        for row in rows.order_by("occurred_from", "id")[:_EVENTS]
        if (likely := same_event(own, event_of(row)))
    ]
    return sorted(judged, key=lambda one: (-one.score, one.row.pk))[:SHOWN]


def articles_alike(article: Article) -> list[Alike]:
    """Articles that carry half or more of the same words, in the same order, the oldest first."""
    ids = printed_like(article)
    if not ids:
        return []
    rows = Article.objects.within(article.workspace).kept().filter(pk__in=ids)
    rows = rows.exclude(republishes=article).exclude(pk=article.republishes_id)
    rows = rows.exclude(uid__in=_dismissed(article, Noun.ARTICLE)).select_related(
        "publisher", "workspace"
    )
    found = {row.pk: row for row in rows}
    newest = _newest([article.pk, *found])
    return _one_story(newest.get(article.pk, ""), found, newest)


def text_alike(desk: Workspace, text: str) -> list[Alike]:
    """The same for a text that is no article yet."""
    ids = printed_as(desk, text)
    if not ids:
        return []
    rows = Article.objects.within(desk).kept().filter(pk__in=ids)
    found = {row.pk: row for row in rows.select_related("publisher", "workspace")}
    return _one_story(text, found, _newest(found))


def _newest(articles: Iterable[int]) -> dict[int, str]:
    texts = Revision.objects.filter(article__in=articles).order_by("number")
    return dict(texts.values_list("article_id", "text"))


def _one_story(text: str, found: dict[int, Article], newest: dict[int, str]) -> list[Alike]:
    own = runs(text)
    judged = []
    for pk, row in found.items():
        share = shared(own, runs(newest.get(pk, "")))
        if share >= LEAST_SHARED:
            judged.append(Alike(row, f"{share:.0%} of the shorter text stands in the other", share))
    judged.sort(key=lambda one: (one.row.published_on or dt.date.max, one.row.pk))
    return judged[:SHOWN]


def _dismissed(row: Any, noun: Noun) -> Any:
    return dismissed(row.workspace_id, noun, row.uid)


def _sources_by_words(desk: Workspace, names: list[str]) -> set[int]:
    """Ids of the newest sources that are called by one of the words of these names."""
    only = Filter(desk.pk, Noun.SOURCE.value)
    wanted = {word.text for name in names for word in words(name)} | {acronym(n) for n in names}
    found: list[int] = []
    for word in sorted(wanted - {""}):
        found += matching.newest(Query((Term((word,)),)), only, _OF_A_WORD)
    documents = SearchDocument.objects.filter(pk__in=found)
    return set(documents.values_list("object_id", flat=True))


def _by_initials(others: Any, own: list[str]) -> set[int]:
    """Where a name is one word, those of which it may be the initials, among the newest 5,000."""
    short = {found[0] for name in own if len(found := tokens(name)) == 1}
    if not short:
        return set()
    newest = others.order_by("-id").values_list("pk", "name")[:_INITIALS]
    return {pk for pk, name in newest if acronym(name) in short}
