"""Counts that stay cheap: exact up to a limit, and "1,000+" beyond."""

from __future__ import annotations

from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

LIMIT = 1000


class CountOf(Subquery):
    """How many rows a correlated query has, for each row of a list; counts to `LIMIT` + 1."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()

    def __init__(self, queryset: QuerySet[Any]) -> None:
        super().__init__(queryset.order_by().values("pk")[: LIMIT + 1])


def count(queryset: QuerySet[Any]) -> int:
    """How many rows there are, counted to `LIMIT` + 1."""
    return int(queryset.order_by()[: LIMIT + 1].count())


def counted(number: int) -> str:
    """A count of this module in words: "1,000+" where counting stopped."""
    return f"{LIMIT:,}+" if number > LIMIT else f"{number:,}"
