"""What was found, as a page shows it: where it is, and the words that were met."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import Prefetch

from claims.models import (
    Alias,
    Article,
    Claim,
    Incident,
    Revision,
    SearchDocument,
    Source,
    Span,
    Workspace,
)
from claims.records import SpanRole, Speech
from claims.searching.facets import Noun
from claims.searching.marks import Snippet, best, snippet
from claims.searching.query import Query
from claims.searching.words import BREAK
from claims.views.addresses import addresses

LONGEST_LINE = 50_000
"""Code points of a line that are looked through for what to show."""

Address = Callable[[str, Any], str]


class Told(NamedTuple):
    """Words of the thing; `label` says which they are, unless they are a text's own."""

    label: str
    words: Snippet


class Hit(NamedTuple):
    """One result. `row` is the claim, article, source or incident; `where` is in words."""

    noun: str
    row: Any
    address: str
    title: Snippet
    told: list[Told]
    where: str = ""
    direct: bool = False


def hits(workspace: Workspace, ids: Sequence[int], query: Query) -> list[Hit]:
    """The results for documents, in their order, in as many queries for one as for all."""
    documents = SearchDocument.objects.in_bulk(ids)
    wanted: dict[str, list[SearchDocument]] = {}
    for pk in ids:
        if pk in documents:
            wanted.setdefault(documents[pk].noun, []).append(documents[pk])
    urls = addresses(workspace)
    made: dict[int, Hit] = {}
    for noun, of_noun in wanted.items():
        rows = READERS[Noun(noun)](workspace, {one.object_id for one in of_noun})
        show = SHOWN[Noun(noun)]
        for document in of_noun:
            if document.object_id in rows:
                made[document.pk] = show(rows[document.object_id], document, query, urls)
    return [made[pk] for pk in ids if pk in made]


# -- claims ----------------------------------------------------------------------------------------


def _claims(workspace: Workspace, ids: Iterable[int]) -> dict[int, Any]:
    spans = Span.objects.exclude(role=SpanRole.CUE.value).order_by("start")
    rows = Claim.objects.within(workspace).select_related(
        "source__side", "incident", "article__publisher"
    )
    return rows.prefetch_related(Prefetch("spans", spans, to_attr="words")).in_bulk(list(ids))


def _claim(claim: Any, document: SearchDocument, query: Query, urls: Address) -> Hit:
    newest = max((span.revision_id for span in claim.words), default=0)
    quotes: dict[str, list[str]] = {role.value: [] for role in SpanRole}
    for span in claim.words:
        if span.revision_id == newest:
            quotes[span.role].append(span.quote)
    said = " […] ".join(quotes[SpanRole.CONTENT.value])
    others = {
        "Who": " […] ".join(quotes[SpanRole.SOURCE.value]),
        "Paraphrase": claim.paraphrase,
        "Translation": claim.translation,
        "Note": claim.note,
    }
    return Hit(
        Noun.CLAIM.value,
        claim,
        f"{urls('article', claim.article.uid)}#claim-{claim.uid}",
        snippet(said, query),
        _met(others, query),
        direct=claim.speech == Speech.DIRECT,
    )


def _met(others: dict[str, str], query: Query) -> list[Told]:
    """Those of the texts that meet the query."""
    told = [Told(label, snippet(text, query)) for label, text in others.items() if text]
    return [one for one in told if one.words]


# -- articles --------------------------------------------------------------------------------------


def _articles(workspace: Workspace, ids: Iterable[int]) -> dict[int, Any]:
    rows = Article.objects.within(workspace).select_related("publisher__side")
    newest = Revision.objects.order_by("number")
    return rows.prefetch_related(Prefetch("revisions", newest, to_attr="texts")).in_bulk(list(ids))


def _article(article: Any, document: SearchDocument, query: Query, urls: Address) -> Hit:
    """The paragraph that meets most of the words; the first of the part, where none does."""
    address = urls("article", article.uid)
    title = snippet(article.title, query)
    line = best(document.body.split(f" {BREAK} "), query)
    if line is None:
        return Hit(Noun.ARTICLE.value, article, address, title, [])
    number = document.line + line
    text = article.texts[-1].text.split("\n")[number - 1][:LONGEST_LINE]
    told = [Told("", snippet(text, query))]
    return Hit(Noun.ARTICLE.value, article, f"{address}#p{number}", title, told, where=f"¶{number}")


# -- sources, incidents ----------------------------------------------------------------------------


def _sources(workspace: Workspace, ids: Iterable[int]) -> dict[int, Any]:
    rows = Source.objects.within(workspace).select_related("side", "affiliation", "article")
    names = Prefetch("aliases", Alias.objects.order_by("name"), to_attr="names")
    return rows.prefetch_related(names).in_bulk(list(ids))


def _source(source: Any, document: SearchDocument, query: Query, urls: Address) -> Hit:
    others = {
        "Also called": ", ".join(alias.name for alias in source.names),
        "Note": source.note,
    }
    title = snippet(source.name, query)
    return Hit(Noun.SOURCE.value, source, urls("source", source.uid), title, _met(others, query))


def _incidents(workspace: Workspace, ids: Iterable[int]) -> dict[int, Any]:
    return Incident.objects.within(workspace).in_bulk(list(ids))


def _incident(incident: Incident, document: SearchDocument, query: Query, urls: Address) -> Hit:
    others = {"Code": incident.code, "Place": incident.place, "Summary": incident.summary}
    title = snippet(incident.title, query)
    return Hit(
        Noun.INCIDENT.value, incident, urls("incident", incident.uid), title, _met(others, query)
    )


READERS: dict[Noun, Callable[[Workspace, Iterable[int]], dict[int, Any]]] = {
    Noun.CLAIM: _claims,
    Noun.ARTICLE: _articles,
    Noun.SOURCE: _sources,
    Noun.INCIDENT: _incidents,
}
SHOWN: dict[Noun, Callable[[Any, SearchDocument, Query, Address], Hit]] = {
    Noun.CLAIM: _claim,
    Noun.ARTICLE: _article,
    Noun.SOURCE: _source,
    Noun.INCIDENT: _incident,
}
