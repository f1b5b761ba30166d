"""What waits for approval, with all that is needed to decide: a few queries a page."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from django.db.models import Count, Q

from claims.models import Article, Claim, Workspace
from claims.records import ArticleStatus, ClaimStatus
from claims.views.card import Card
from claims.views.cards import across
from claims.views.desk import DeskRequest
from claims.views.paging import Page, page

MOST_ARTICLES = 50


class Row(NamedTuple):
    """A claim or an article of the list, as it is sent when it is ticked, and whether it was."""

    shown: Any
    sent: str
    ticked: bool


class ToReview(NamedTuple):
    """An article that is annotated: how many claims it has, and how many of them wait too."""

    article: Article
    claims: int
    waiting: int


class Waiting(NamedTuple):
    """One page of claims, oldest first, and before the first one the articles."""

    claims: list[Row]
    articles: list[Row]
    page: Page[Any]


def claims_waiting(workspace: Workspace) -> Any:
    """Claims that nobody has approved yet."""
    return Claim.objects.within(workspace).kept().filter(status=ClaimStatus.SUBMITTED.value)


def articles_waiting(workspace: Workspace) -> Any:
    """Articles that are annotated, and not reviewed."""
    return Article.objects.within(workspace).kept().filter(status=ArticleStatus.ANNOTATED.value)


def waiting(request: DeskRequest, form: Any, ticked: Collection[str]) -> Waiting:
    """The page that the address asks for. The filters are about claims: they leave articles out."""
    after = request.GET.get("after", "")
    claims, sieve = form.narrow(claims_waiting(request.workspace))
    part = page(claims, ("id",), after, sieve=sieve)
    first = not after and not form.narrows
    return Waiting(
        [_row(card, card.claim, ticked) for card in _cards(request.workspace, part.rows)],
        [_row(one, one.article, ticked) for one in _articles(request.workspace)] if first else [],
        part,
    )


def _articles(workspace: Workspace) -> list[ToReview]:
    rows = articles_waiting(workspace).select_related("publisher").order_by("id")[:MOST_ARTICLES]
    found = list(rows)
    claims = Claim.objects.kept().filter(article__in=found).order_by().values_list("article")
    submitted = Count("pk", filter=Q(status=ClaimStatus.SUBMITTED.value))
    counted = claims.annotate(every=Count("pk"), submitted=submitted)
    counts = {pk: (every, left) for pk, every, left in counted}
    return [ToReview(one, *counts.get(one.pk, (0, 0))) for one in found]


def _cards(workspace: Workspace, claims: list[Any]) -> list[Card]:
    order = {claim.pk: place for place, claim in enumerate(claims)}
    rows = Claim.objects.filter(pk__in=order).select_related("annotator")
    return sorted(across(workspace, rows), key=lambda card: order[card.claim.pk])


def _row(shown: Any, row: Claim | Article, ticked: Collection[str]) -> Row:
    sent = f"{row._meta.model_name}:{row.uid}:{row.version}"
    return Row(shown, sent, sent in ticked)
