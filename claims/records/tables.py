"""The tables of a bundle: what each row is, what makes it one of a kind, what it points to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from claims.records.article import Article, Revision
from claims.records.assessment import Assessment, AssessmentClaim
from claims.records.claim import Claim, Figure, Link, Span
from claims.records.comment import Comment
from claims.records.incident import Filing, Incident, Position, Question
from claims.records.source import Alias, Rating, Source


@dataclass(frozen=True)
class Pointer:
    """Columns that together point to the same number of columns of another table."""

    columns: tuple[str, ...]
    table: str
    to: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One CSV file: `name`.csv, one `row` a line.

    `key` tells its rows apart; it is empty where two may be alike. `order` is how they are
    sorted, so that the same work gives the same bytes.
    """

    name: str
    row: type[Any]
    key: tuple[str, ...]
    order: tuple[str, ...]
    pointers: tuple[Pointer, ...] = ()

    @property
    def about(self) -> str:
        """The sentence that says what one row is."""
        return " ".join((self.row.__doc__ or "").split())


TABLES = (
    Table("sources", Source, ("source_id",), ("source_id",)),
    Table("aliases", Alias, ("source_id", "alias"), ("source_id", "alias")),
    Table("ratings", Rating, ("rating_id",), ("rating_id",)),
    Table("articles", Article, ("article_id",), ("article_id",)),
    Table("revisions", Revision, ("revision_id",), ("revision_id",)),
    Table("incidents", Incident, ("incident_id",), ("incident_id",)),
    Table("questions", Question, ("question_id",), ("question_id",)),
    Table("positions", Position, ("position_id",), ("position_id",)),
    Table("claims", Claim, ("claim_id",), ("claim_id",)),
    Table(
        "spans",
        Span,
        ("claim_id", "revision", "role", "start", "end"),
        ("claim_id", "revision", "role", "start", "end"),
        (Pointer(("article_id", "revision"), "revisions", ("article_id", "number")),),
    ),
    Table("figures", Figure, (), ("claim_id", "order")),
    Table("links", Link, ("link_id",), ("link_id",)),
    Table("filings", Filing, ("filing_id",), ("filing_id",)),
    Table("assessments", Assessment, ("assessment_id",), ("assessment_id",)),
    Table(
        "assessment_claims",
        AssessmentClaim,
        ("assessment_id", "claim_id"),
        ("assessment_id", "claim_id"),
    ),
    Table("comments", Comment, ("comment_id",), ("comment_id",)),
)
"""In the order in which they are written. Sources and articles point at each other."""
BY_NAME = {table.name: table for table in TABLES}
