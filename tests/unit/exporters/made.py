"""Rows for tests: blank ones, arbitrary ones, and a small world whose ids all meet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, TypeVar, cast

from hypothesis import strategies as st

from claims.exporters.archive import File
from claims.exporters.bundle import Bundle, original_path, text_file, text_path
from claims.records import (
    Alias,
    Article,
    Assessment,
    AssessmentClaim,
    Claim,
    Comment,
    Figure,
    Filing,
    Incident,
    Link,
    Position,
    Question,
    Rating,
    Revision,
    Source,
    Span,
)
from claims.records.columns import Column, Kind, columns_of
from claims.records.guard import unguard

Row = TypeVar("Row", bound=tuple[Any, ...])

NOON = datetime(2016, 12, 8, 12, 0, tzinfo=UTC)
TEXT = "The command said 👨‍👩‍👧 “a car bomb”.\nقال شهود إن الطائرات قصفت السوق."


def uid(number: int) -> str:
    """A public id."""
    return f"019370a0-0000-7000-8000-{number:012d}"


def filled(row: Callable[..., Row], **given: object) -> Row:
    """A row with `given`, and elsewhere blank where that is allowed, else something plain."""
    return row(**{name: given.get(name, _plain(column)) for name, column in _columns(row)})


def _columns(row: Callable[..., Any]) -> list[tuple[str, Column]]:
    return list(columns_of(cast(type[Any], row)).items())


def _plain(column: Column) -> object:
    if column.words:
        return next(iter(column.words)).value if column.required else ""
    plain: dict[Kind, object] = {
        Kind.ID: uid(1) if column.required else None,
        Kind.TEXT: "x" if column.required else "",
        Kind.MARK: "0" * 64 if column.required else "",
        Kind.INTEGER: 1 if column.required else None,
        Kind.NUMBER: 1.0 if column.required else None,
        Kind.YES_NO: True,
        Kind.DAY: NOON.date() if column.required else None,
        Kind.MOMENT: NOON if column.required else None,
    }
    return plain[column.kind]


NASTY = [
    "",
    "=1+1",
    "+3",
    "-",
    "@a",
    "'",
    "''=x",
    "\tx",
    "\rx",
    "a\r\nb\n\nc",
    '"',
    'say "no", he',
    " , ",
]
NASTY += ["👩🏽‍🚒 e\u0301", "\u202bقال «لا»\u202c", "\u2028\u0085\ufeff", "{[1,2]}", "\U0010ffff"]
texts = st.sampled_from(NASTY) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0")
)


moments = st.datetimes(timezones=st.just(UTC))
objects = st.dictionaries(
    texts,
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
        lambda some: st.lists(some, max_size=2),
        max_leaves=3,
    ),
    max_size=3,
)


def rows(row: Callable[..., Row]) -> st.SearchStrategy[Row]:
    """Any row that the descriptions of the columns allow."""
    return st.builds(row, **{name: _any(column) for name, column in _columns(row)})


def _any(column: Column) -> st.SearchStrategy[Any]:
    if column.words:
        words = st.sampled_from([word.value for word in column.words])
        return words if column.required else words | st.just("")
    if column.kind is Kind.TEXT and column.pattern:
        letters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
        return st.just("") | st.from_regex(column.pattern, fullmatch=True, alphabet=letters)
    if column.kind is Kind.TEXT:
        return texts.filter(bool) if column.required else texts
    low, high = int(column.low or 0), column.high
    some: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.ID: st.uuids().map(str),
        Kind.MARK: st.from_regex(
            column.pattern, fullmatch=True, alphabet="0123456789abcdef|-./texorignals"
        ),
        Kind.INTEGER: st.integers(low, 10**12),
        Kind.NUMBER: st.floats(low, high),
        Kind.YES_NO: st.booleans(),
        Kind.DAY: st.dates(),
        Kind.MOMENT: moments,
        Kind.OBJECT: objects,
    }
    blank = "" if column.kind is Kind.MARK else None
    return some[column.kind] if column.required else some[column.kind] | st.just(blank)


def read(row: Callable[..., Row], content: bytes) -> list[Row]:
    """The rows of a CSV file, by Python's own reader."""
    records = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    names, kinds = zip(*_columns(row), strict=True)
    assert next(records) == list(names)
    return [row(*(_value(*pair) for pair in zip(kinds, cells, strict=True))) for cells in records]


def _value(column: Column, cell: str) -> object:
    if column.kind is Kind.TEXT:
        return unguard(cell)
    if column.kind in (Kind.WORD, Kind.MARK):
        return cell
    if not cell:
        return None
    ways: dict[Kind, Callable[[str], object]] = {
        Kind.ID: str,
        Kind.INTEGER: int,
        Kind.NUMBER: float,
        Kind.YES_NO: {"true": True, "false": False}.__getitem__,
        Kind.DAY: date.fromisoformat,
        Kind.MOMENT: datetime.fromisoformat,
    }
    return ways[column.kind](cell)


def world(**instead: object) -> Bundle:
    """Two articles, an incident with a part, competing claims; `instead` replaces tables."""
    iraq, medic, wire = uid(1), uid(2), uid(3)
    first, second = uid(10), uid(11)
    command, hospital, demand = uid(40), uid(41), uid(42)
    digest = sha256(TEXT.encode()).hexdigest()

    def revision(revision_id: str, article_id: str) -> Revision:
        return filled(
            Revision,
            revision_id=revision_id,
            article_id=article_id,
            text_sha256=digest,
            text_path=text_path(revision_id),
            original_path=original_path(revision_id, "=cmd.HTML"),
            original_name="=cmd.HTML",
            original_sha256=digest,
        )

    def quoted(claim_id: str, article_id: str, quote: str) -> Span:
        start = TEXT.index(quote)
        return filled(
            Span,
            claim_id=claim_id,
            article_id=article_id,
            role="content",
            start=start,
            end=start + len(quote),
            quote=quote,
        )

    tables: dict[str, object] = {
        "sources": [
            filled(
                Source,
                source_id=iraq,
                name="Ministry of Defence",
                affiliation_id=None,
                side="Government",
            ),
            filled(Source, source_id=medic, name="a medic", named=False, article_id=first),
            filled(
                Source,
                source_id=wire,
                name="Wire",
                affiliation_id=iraq,
                affiliation="Ministry of Defence",
            ),
        ],
        "aliases": [Alias(iraq, "Ministry of Defence", "MoD"), Alias(wire, "Wire", "MoD")],
        "ratings": [
            filled(Rating, rating_id=uid(4), source_id=iraq, reliability="C", reason="-"),
        ],
        "articles": [
            filled(
                Article,
                article_id=first,
                publisher_id=wire,
                title='"Strike" on\nmarket',
                paragraphs_read="1|2",
            ),
            filled(
                Article, article_id=second, republishes_id=first, published_on=date(2016, 12, 8)
            ),
        ],
        "revisions": [revision(uid(20), first), revision(uid(21), second)],
        "incidents": [
            filled(
                Incident, incident_id=uid(30), code="IQ-20161207-01", latitude=34.37, longitude=-0.5
            ),
            filled(Incident, incident_id=uid(31), parent_id=uid(30), parent_code="IQ-20161207-01"),
        ],
        "questions": [
            filled(
                Question,
                question_id=uid(32),
                incident_id=uid(30),
                question="What caused the blast?",
            )
        ],
        "positions": [
            filled(Position, position_id=uid(33), question_id=uid(32), answer="Car bomb"),
            filled(
                Position,
                position_id=uid(34),
                question_id=uid(32),
                answer="-",
                competes=False,
                order=0,
            ),
        ],
        "claims": [
            filled(
                Claim,
                claim_id=command,
                article_id=first,
                incident_id=uid(30),
                source_id=iraq,
                text="a car bomb",
            ),
            filled(
                Claim,
                claim_id=hospital,
                article_id=second,
                incident_id=uid(30),
                source_id=medic,
                via_id=wire,
            ),
            filled(
                Claim,
                claim_id=demand,
                article_id=second,
                source_id=wire,
                kind="demand",
                accused_id=iraq,
            ),
        ],
        "spans": [
            quoted(command, first, "👨‍👩‍👧 “a car bomb”"),
            quoted(hospital, second, "قال شهود"),
        ],
        "figures": [
            filled(Figure, claim_id=hospital, incident_id=uid(30), low=0, high=0, as_stated="none"),
            filled(Figure, claim_id=hospital, as_stated="-5", low=None, high=55, order=2),
        ],
        "links": [
            filled(
                Link,
                link_id=uid(50),
                from_claim_id=command,
                to_claim_id=hospital,
                incident_id=uid(30),
                basis="cause",
            )
        ],
        "filings": [
            filled(
                Filing,
                filing_id=uid(60),
                claim_id=command,
                position_id=uid(33),
                question_id=uid(32),
            )
        ],
        "assessments": [
            filled(
                Assessment,
                assessment_id=uid(70),
                incident_id=uid(30),
                question_id=uid(32),
                verdict="leans",
                position_id=uid(33),
                answer="Car bomb",
                likelihood="likely",
                agrees=None,
                rationale="=because",
            ),
            filled(
                Assessment,
                assessment_id=uid(71),
                incident_id=uid(30),
                question_id=uid(32),
                supersedes_id=None,
                second_of_id=uid(70),
                agrees=False,
            ),
        ],
        "assessment_claims": [
            filled(AssessmentClaim, assessment_id=uid(70), claim_id=command, answer="Car bomb")
        ],
        "comments": [
            filled(Comment, comment_id=uid(80), claim_id=command, text="@medic,\nsays who?"),
            filled(Comment, comment_id=uid(81), incident_id=uid(30), resolved_at=NOON),
        ],
        "files": [
            File(original_path(uid(20), "=cmd.HTML"), [b"<html>", b"\0\xff"]),
            File(original_path(uid(21), "=cmd.HTML"), []),
            text_file(uid(20), TEXT),
            text_file(uid(21), TEXT),
        ],
    }
    return Bundle(**{**tables, **instead})  # type: ignore[arg-type]
