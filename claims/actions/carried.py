"""What a new claim takes over from the one before: the day on which its source spoke."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple
from uuid import UUID

from claims.models import Article
from claims.suggester.said import resolve


class Day(NamedTuple):
    """When it was said, `to` only where that is a span; `rule` is how that is known, in words.

    `carried`: no words say so, it is the day of the source's claim before.
    """

    said_from: dt.date | None = None
    said_to: dt.date | None = None
    rule: str = ""
    carried: bool = False


def day_said(article: Article, words: str, source: UUID | None) -> Day:
    """The day that `words` mean; without any, that of the source's last claim in the article."""
    if words:
        said = resolve(words, article.published_on, language=language_of(article))
        to = said.said_to if said.said_to != said.said_from else None
        return Day(said.said_from, to, said.rule or said.needs)
    if source is None:
        return Day()
    dated = article.claims.kept().filter(source__uid=source).exclude(said_from=None)
    last = dated.order_by("-id").first()
    return Day(last.said_from, last.said_to, carried=True) if last else Day()


def language_of(article: Article) -> str:
    """The language of its text without the region; English where nobody has said."""
    return (article.language or "en").split("-")[0]
