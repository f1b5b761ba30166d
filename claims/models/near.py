"""What may bear on a claim or a text, found by index: a bounded number, whatever the desk holds.

Which of it does is for `claims/suggester/competing` to say. Every query begins with the desk, and
looks through the lens of who asks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import combinations
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from claims.models import matching
from claims.models.claim import Claim
from claims.models.incident import Incident
from claims.models.link import Link
from claims.models.proposal import TextPrint
from claims.models.search import SearchDocument
from claims.models.workspace import Workspace
from claims.records import ClaimStatus, Relation
from claims.searching.facets import Filter, Noun
from claims.searching.query import Query, Term
from claims.searching.words import words
from claims.suggester.competing.events import Event, Likely, likely
from claims.suggester.competing.prints import prints
from claims.suggester.competing.vocabulary import tokens, vocabulary

MOST = 200
"""So many claims are compared with one."""
_OF_AN_EVENT = 60
_BY_WORDS = 40
_EVENTS = 300
_TELLING = 3
_BACK, _AHEAD = dt.timedelta(days=7), dt.timedelta(days=1)


def first_cards(rows: Any) -> Any:
    """Of each statement the claim that said it first; without drafts, and what was withdrawn."""
    repeats = Link.objects.kept().filter(from_claim=OuterRef("pk"), relation=Relation.RESTATES)
    gone = (ClaimStatus.WITHDRAWN.value, ClaimStatus.DRAFT.value)
    return rows.kept().exclude(status__in=gone).exclude(Exists(repeats))


def claims_near(claim: Claim, text: str) -> list[int]:
    """The ids of the claims that one with these words may compete with: at most 200.

    Those of its incident, and such about none that share words with it, which can take it. Where it
    is about none itself, those of the incidents that it is likely about.
    """
    desk = claim.workspace
    own = first_cards(Claim.objects.within(desk)).exclude(pk=claim.pk)
    if claim.incident_id is not None:
        found = list(own.filter(incident=claim.incident_id).order_by("-id").values("pk")[:MOST])
        about_none = own.filter(incident=None, pk__in=_sharing(desk, Noun.CLAIM, text))
        found += about_none.order_by("-id").values("pk")[:_BY_WORDS]
        return [row["pk"] for row in found][:MOST]
    ids: list[int] = []
    for event in incidents_near(claim.article, text):
        rows = own.filter(incident=event.id).order_by("-id")
        ids += rows.values_list("pk", flat=True)[:_OF_AN_EVENT]
    return ids[:MOST]


def incidents_near(article: Any, text: str = "", most: int = 3) -> list[Likely]:
    """The incidents that a text of an article, or the article itself, is likely about."""
    return incidents_near_each(article, [text or _beginning(article)], most)[0]


def incidents_near_each(article: Any, texts: Sequence[str], most: int = 3) -> list[list[Likely]]:
    """The same for each of several texts of one article, by as many queries as for one."""
    desk: Workspace = article.workspace
    rows = Incident.objects.within(desk).kept()
    own = dict(
        Claim.objects.within(desk)
        .kept()
        .filter(article=article, incident__isnull=False)
        .order_by()
        .values_list("incident")
        .annotate(claims=Count("pk"))
    )
    whole = " ".join((article.title, *texts))
    wanted = Q(pk__in=[*own, *_sharing(desk, Noun.INCIDENT, whole)])
    found = {row.pk: row for row in rows.filter(wanted)[:_EVENTS]}
    if day := article.published_on:
        start = dt.datetime.combine(day, dt.time(), dt.UTC)
        near = rows.filter(occurred_from__range=(start - _BACK, start + _AHEAD))
        found |= {row.pk: row for row in near.order_by("-occurred_from", "-id")[:_EVENTS]}
    events = [event_of(row, own.get(row.pk, 0)) for row in found.values()]
    return [
        likely(f"{article.title}\n{text}", article.published_on, events, article.language, most)
        for text in texts
    ]


def event_of(incident: Incident, own: int = 0) -> Event:
    """An incident as it is compared."""
    occurred = incident.occurred_from
    day = occurred.date() if occurred else None
    return Event(incident.pk, incident.title, incident.place, day, own)


def printed_like(article: Any, most: int = 20) -> list[int]:
    """The ids of the articles of which a print is one of this one's, the oftenest first."""
    own = TextPrint.objects.filter(article=article).values("value")
    alike = TextPrint.objects.filter(workspace=article.workspace_id, value__in=own)
    return _oftenest(alike.exclude(article=article), most)


def printed_as(desk: Workspace, text: str, most: int = 20) -> list[int]:
    """The ids of the articles of which a print is one of a text's that is no article yet."""
    return _oftenest(TextPrint.objects.filter(workspace=desk, value__in=prints(text)), most)


def _oftenest(found: Any, most: int) -> list[int]:
    counted = found.values_list("article").annotate(times=Count("pk"))
    return [id for id, _ in counted.order_by("-times", "article")[:most]]


def _beginning(article: Any) -> str:
    revision = article.revisions.order_by("-number").first()
    return revision.text[:3_000] if revision else ""


def _sharing(desk: Workspace, noun: Noun, text: str) -> set[int]:
    """Ids of the newest things of which the words are two of the most telling ones of `text`."""
    only = Filter(desk.pk, noun.value)
    found: list[int] = []
    for pair in combinations(_telling(text), 2):
        query = Query(tuple(Term((word,)) for word in pair))
        found += matching.newest(query, only, _BY_WORDS)
    documents = SearchDocument.objects.filter(pk__in=found)
    return set(documents.values_list("object_id", flat=True))


def _telling(text: str) -> list[str]:
    """Its longest names, else its longest words, as the index has them."""
    stops = vocabulary("", text).stops
    seen: dict[str, tuple[bool, int]] = {}
    for n, word in enumerate(words(text)):
        written = text[word.start : word.end]
        if set(tokens(written)) - stops and not word.text.isdecimal():
            named = n > 0 and written[:1].isupper()
            seen.setdefault(word.text, (not named, -len(word.text)))
    return sorted(seen, key=lambda one: seen[one])[:_TELLING]
