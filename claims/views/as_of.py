"""An incident as it was, in the shape in which its page shows it as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from claims import dispute
from claims.actions.as_of import Table, made
from claims.actions.as_of_state import bearing
from claims.models import (
    Article,
    Claim,
    Figure,
    Filing,
    Incident,
    Link,
    Position,
    Question,
    Side,
    Source,
    Span,
)
from claims.records import SpanRole
from claims.views.said import newest_lines, said
from claims.views.scene import Scene


class Listed(list[Any]):
    """Rows that are read like those of a related manager."""

    def all(self) -> Listed:
        return self


class ClaimThen:
    """A claim as it was, with what a page prints of it beside its own columns."""

    def __init__(
        self, claim: Claim, contents: list[Span], figures: Listed, *, disputed: bool
    ) -> None:
        self._claim = claim
        self.contents = contents
        self.figures = figures
        self.disputed = disputed

    def __getattr__(self, name: str) -> Any:
        return getattr(self._claim, name)


def scene_then(incident: Incident, found: dict[str, Table], slug: str) -> Scene | None:
    """The scene of rows read back by `rows_before`; None where the incident was not there.

    Nothing of it is in the database: it is for reading only.
    """
    row = found["incident"].get(incident.pk)
    if row is None or row["deleted_at"] is not None:
        return None
    then = made(Incident, incident.pk, row)
    then.workspace = incident.workspace
    result = dispute.resolve(bearing(incident.pk, found))
    sources, articles = _named(found)
    claims = _claims(found, sources, articles, result)
    there = {claim.pk for claim in claims}
    questions = _questions(found)
    answers = {answer.pk for question in questions for answer in question.answers}
    newest, lines = newest_lines(claims, only=found["revision"])
    return Scene(
        incident=then,
        result=result,
        claims={claim.pk: said(claim, slug, newest, lines) for claim in claims},
        questions=questions,
        filings=[
            made(Filing, id, row)
            for id, row in _kept(found["filing"])
            if row["claim_id"] in there and row["position_id"] in answers
        ],
        links=[
            made(Link, id, row)
            for id, row in _kept(found["link"])
            if {row["from_claim_id"], row["to_claim_id"]} <= there
        ],
        originators=sources,
        newest=newest,
        lines=lines,
    )


def _kept(table: Table) -> list[tuple[int, Any]]:
    return [(id, row) for id, row in table.items() if row["deleted_at"] is None]


def _named(found: dict[str, Table]) -> tuple[dict[int, Source], dict[int, Article]]:
    """Sources with their sides, affiliations and articles, and articles with their publishers."""
    sides = {id: made(Side, id, row) for id, row in found["side"].items()}
    sources = {id: made(Source, id, row) for id, row in found["source"].items()}
    articles = {id: made(Article, id, row) for id, row in found["article"].items()}
    for source in sources.values():
        source.side = sides.get(source.side_id or 0)
        source.affiliation = sources.get(source.affiliation_id or 0)
        source.article = articles.get(source.article_id or 0)
    for article in articles.values():
        article.publisher = sources.get(article.publisher_id or 0)
    return sources, articles


def _claims(
    found: dict[str, Table],
    sources: dict[int, Source],
    articles: dict[int, Article],
    result: dispute.Result,
) -> list[Any]:
    contents: dict[int, list[Span]] = defaultdict(list)
    for id, row in found["span"].items():
        if row["role"] == SpanRole.CONTENT:
            contents[row["claim_id"]].append(made(Span, id, row))
    figures: dict[int, Listed] = defaultdict(Listed)
    for id, row in sorted(found["figure"].items(), key=lambda one: (one[1]["order"], one[0])):
        figures[row["claim_id"]].append(made(Figure, id, row))
    claims = []
    for id, row in _kept(found["claim"]):
        claim = made(Claim, id, row)
        claim.source = sources[claim.source_id]
        claim.article = articles[claim.article_id]
        claim.accused = sources.get(claim.accused_id or 0)
        words = sorted(contents[id], key=lambda span: (span.start, span.end, span.pk))
        claims.append(ClaimThen(claim, words, figures[id], disputed=result.claims[id].disputed))
    return claims


def _questions(found: dict[str, Table]) -> list[Any]:
    answers: dict[int, list[Position]] = defaultdict(list)
    for position in _in_order(made(Position, id, row) for id, row in _kept(found["position"])):
        answers[position.question_id].append(position)
    questions: list[Any] = _in_order(
        made(Question, id, row) for id, row in _kept(found["question"])
    )
    for question in questions:
        question.answers = answers[question.pk]
    return sorted(questions, key=lambda question: not question.is_key)


def _in_order(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: (row.order, row.pk))
