"""Articles one by one, each with its newest text and the claims in it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import TypeVar

from claims.exporters.document import Annotated, Document
from claims.records import Figure, Span, SpanRole
from claims.records.cells import join_quotes
from claims.snapshot.articles import articles
from claims.snapshot.claims import (
    claims_of_articles,
    figures_of_articles,
    spans_of_articles,
    with_text,
)
from claims.snapshot.merge import Groups, Row
from claims.snapshot.reader import Reader
from claims.snapshot.selection import Selection

Part = TypeVar("Part", Span, Figure)


def documents(reader: Reader, chosen: Selection) -> Iterator[Document]:
    """The articles of the selection, by uid; memory holds one of them.

    A claim that no longer stands in the newest text of its article is not among its claims.
    """
    texts = Groups(reader.rows(_texts(reader, chosen), chosen.params, chunk=4))
    rows = Groups(claims_of_articles(reader, chosen))
    spans = Groups(spans_of_articles(reader, chosen))
    figures = Groups(figures_of_articles(reader, chosen))
    for article in articles(reader, chosen):
        uid = article.article_id
        parts = by_claim(map(Span._make, spans.of(uid)))
        numbers = by_claim(map(Figure._make, figures.of(uid)))
        claims = [
            annotated(row, parts[row[0]], numbers.get(row[0], []))
            for row in rows.of(uid)
            if any(span.role == SpanRole.CONTENT for span in parts.get(row[0], []))
        ]
        for revision, sha256, text in texts.of(uid):
            yield Document(article, revision, sha256, text, claims)


def annotated(row: Row, spans: list[Span], figures: list[Figure]) -> Annotated:
    """The claim of a row of `claims_of_articles`, said in the words of these spans."""
    words = join_quotes(span.quote for span in spans if span.role == SpanRole.CONTENT)
    return Annotated(with_text(row, words), spans, figures)


def by_claim(parts: Iterator[Part]) -> dict[str, list[Part]]:
    """Spans or figures of one article, sorted by claim, under the id of their claim."""
    return {claim: list(group) for claim, group in groupby(parts, attrgetter("claim_id"))}


def _texts(reader: Reader, chosen: Selection) -> str:
    return f"""
        {chosen.reached}
        SELECT {reader.uid("a.uid")}, {reader.uid("r.uid")}, r.sha256, r.text
        FROM claims_article a JOIN claims_revision r ON r.article_id = a.id AND r.number = (
            SELECT MAX(n.number) FROM claims_revision n WHERE n.article_id = a.id)
        WHERE {chosen.articles()}
        ORDER BY a.uid
    """  # noqa: S608
