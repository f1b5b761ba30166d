from __future__ import annotations

import base64
import datetime as dt
import json
from typing import Any

import pytest
from django.core.exceptions import BadRequest
from django.db.models import QuerySet

from claims.models import Article, Source, Workspace
from claims.views.paging import page
from tests import factories as make

pytestmark = pytest.mark.django_db

DAYS = [8, None, 7, 8, 8, None, 9, 7]


@pytest.fixture
def desk() -> Workspace:
    return make.a_workspace()


@pytest.fixture
def articles(desk: Workspace) -> QuerySet[Article]:
    for day in DAYS:
        date = day and dt.date(2016, 12, day)
        make.an_article(desk, title=f"Day {day}", published_on=date)
    found: QuerySet[Article] = Article.objects.within(desk)
    return found


def walk(queryset: QuerySet[Any], order: tuple[str, ...], size: int) -> list[Any]:
    """Every row, page by page."""
    rows: list[Any] = []
    token = ""
    while True:
        part = page(queryset, order, token, size)
        assert len(part.rows) <= size
        rows += part.rows
        token = part.next_token
        if not token:
            return rows


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 50])
@pytest.mark.parametrize("order", [("id",), ("-id",), ("title", "-id"), ("-title", "id")])
def test_pages_together_are_the_list(
    articles: QuerySet[Article], order: tuple[str, ...], size: int
) -> None:
    assert walk(articles, order, size) == list(articles.order_by(*order))


@pytest.mark.parametrize("size", [1, 2, 3, 8])
@pytest.mark.parametrize("down", [True, False])
def test_rows_without_a_date_stand_last_either_way(
    articles: QuerySet[Article], size: int, *, down: bool
) -> None:
    rows = walk(articles, ("-published_on" if down else "published_on", "-id"), size)
    days = [row.published_on.day if row.published_on else None for row in rows]
    dated = sorted((day for day in DAYS if day), reverse=down)
    assert days == [*dated, None, None]
    assert len({row.pk for row in rows}) == len(DAYS)
    level = [row.pk for row in rows if row.published_on == dt.date(2016, 12, 8)]
    assert level == sorted(level, reverse=True)


@pytest.mark.parametrize("size", [1, 3])
def test_by_a_column_of_what_a_row_points_to(desk: Workspace, size: int) -> None:
    publishers: list[Source | None] = [make.a_source(desk, name=name) for name in "BABA"]
    for publisher in [*publishers, None]:
        make.an_article(desk, publisher=publisher)
    rows = walk(
        Article.objects.within(desk).select_related("publisher"), ("publisher__name", "id"), size
    )
    assert [row.publisher and row.publisher.name for row in rows] == ["A", "A", "B", "B", None]


def test_by_a_moment_to_the_microsecond(desk: Workspace) -> None:
    for microsecond in (999_999, 999_998, 123_456):
        article = make.an_article(desk)
        created = dt.datetime(2026, 1, 1, 0, 0, 0, microsecond, dt.UTC)
        Article.objects.filter(pk=article.pk).update(created_at=created)
    rows = walk(Article.objects.within(desk), ("-created_at", "-id"), 1)
    assert [row.created_at.microsecond for row in rows] == [999_999, 999_998, 123_456]


def test_rows_that_come_in_meanwhile_move_nothing(desk: Workspace) -> None:
    first = [make.an_article(desk) for _ in range(4)]
    part = page(Article.objects.within(desk), ("-id",), "", 2)
    make.an_article(desk)
    assert page(Article.objects.within(desk), ("-id",), part.next_token, 2).rows == first[1::-1]


def test_the_last_page_has_no_next(articles: QuerySet[Article]) -> None:
    assert page(articles, ("-id",), "", len(DAYS)).next_token == ""


def token(told: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "after",
    [
        "x",
        "????",
        "bm90IGpzb24",
        "é",
        token(7),
        token([]),
        token([["-id"]]),
        token([["-id", None]]),
        token([["-id", [1]]]),
        token([["-id", "x"]]),
        token([["id", 5]]),
        token([["password", 5]]),
        token([["-id", 5], ["-id", 5]]),
    ],
)
def test_a_token_that_is_none_is_a_bad_request(articles: QuerySet[Article], after: str) -> None:
    with pytest.raises(BadRequest):
        page(articles, ("-id",), after)


@pytest.mark.parametrize("title", ["a\0b", "\ud800"])
def test_text_that_no_database_takes_is_a_bad_request(
    articles: QuerySet[Article], title: str
) -> None:
    with pytest.raises(BadRequest):
        page(articles, ("title", "id"), token([["title", title], ["id", 1]]))


def test_a_number_beyond_the_database_is_an_end_not_an_error(articles: QuerySet[Article]) -> None:
    assert page(articles, ("id",), token([["id", 2**80]])).rows == []
    assert len(page(articles, ("-id",), token([["-id", 2**80]])).rows) == len(DAYS)
