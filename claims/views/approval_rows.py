"""What waits for approval, with all that is needed to decide: a few queries a page."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

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
    articles = articles_waiting(request.workspace).select_related("publisher").order_by("id")
    first = not after and not form.narrows
    return Waiting(
        [_row(card, card.claim, ticked) for card in _cards(request.workspace, part.rows)],
        [_row(one, one, ticked) for one in articles[:MOST_ARTICLES]] if first else [],
        part,
    )


def _cards(workspace: Workspace, claims: list[Any]) -> list[Card]:
    order = {claim.pk: place for place, claim in enumerate(claims)}
    rows = Claim.objects.filter(pk__in=order).select_related("annotator")
    return sorted(across(workspace, rows), key=lambda card: order[card.claim.pk])


def _row(shown: Any, row: Claim | Article, ticked: Collection[str]) -> Row:
    sent = f"{row._meta.model_name}:{row.uid}:{row.version}"
    return Row(shown, sent, sent in ticked)
