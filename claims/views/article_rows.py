"""The list of articles: one page of rows with their counts, in a constant number of queries."""

from __future__ import annotations

from typing import NamedTuple

from django.core.cache import caches
from django.db.models import Count, OuterRef, Prefetch, QuerySet

from claims.anchoring.text import paragraphs
from claims.forms.languages import name
from claims.models import Article, Claim, ParagraphRead, Revision
from claims.views.counts import CountOf, counted
from claims.views.paging import Page, page


class ArticleRow(NamedTuple):
    """An article in the list; `read` of its `paragraphs` are read, in its newest text."""

    article: Article
    language: str
    claims: str
    read: int
    paragraphs: int


class Rows(NamedTuple):
    """One page of the list."""

    rows: list[ArticleRow]
    next_token: str


def rows(articles: QuerySet[Article], after: str) -> Rows:
    """The page of `articles` after `after`, newest first."""
    claims = Claim.objects.kept().filter(article=OuterRef("pk"))
    texts = Revision.objects.defer("text").order_by("number")
    part: Page[Article] = page(
        articles.select_related("publisher__side", "assignee", "republishes")
        .annotate(claim_count=CountOf(claims))
        .prefetch_related(Prefetch("revisions", texts, to_attr="texts")),
        ("-id",),
        after,
    )
    newest = {article.pk: article.texts[-1] for article in part.rows if article.texts}  # type: ignore[attr-defined]
    sizes = _paragraphs(list(newest.values()))
    read = dict(
        ParagraphRead.objects.filter(revision__in=newest.values())
        .values_list("revision__article")
        .annotate(Count("pk"))
    )
    found = [
        ArticleRow(
            article,
            name(article.language),
            counted(article.claim_count),  # type: ignore[attr-defined]
            read.get(article.pk, 0),
            sizes[newest[article.pk].pk] if article.pk in newest else 0,
        )
        for article in part.rows
    ]
    return Rows(found, part.next_token)


def _paragraphs(texts: list[Revision]) -> dict[int, int]:
    """How many paragraphs each text has. A text never changes, so that is counted once."""
    keys = {text.pk: f"paragraphs-{text.sha256}" for text in texts}
    cache = caches["here"]
    known = cache.get_many(keys.values())
    missing = [pk for pk, key in keys.items() if key not in known]
    for pk, text in Revision.objects.filter(pk__in=missing).values_list("pk", "text"):
        known[keys[pk]] = len(paragraphs(text))
    cache.set_many({keys[pk]: known[keys[pk]] for pk in missing}, timeout=None)
    return {pk: known[key] for pk, key in keys.items()}
