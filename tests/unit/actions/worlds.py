"""Random incidents as rows: drawn as plain data, then written with one insert a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from hypothesis import strategies as st

from claims.models import (
    Article,
    Claim,
    Filing,
    Incident,
    Link,
    Position,
    Question,
    Side,
    Source,
    User,
    Workspace,
)
from claims.records import ClaimKind, ClaimStatus, Extent, Relation, Stance, State
from tests import factories

T = TypeVar("T")
M = TypeVar("M", Article, Claim, Filing, Incident, Link, Position, Question, Side, Source)

GONE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
ONE_WAY = (Relation.RESTATES, Relation.SUPERSEDES)
# What stored columns could hold before they are refreshed.
STALE: dict[type, dict[str, Any]] = {
    Claim: {
        "stands": True,
        "live": True,
        "disputed": True,
        "competing_claims": 9,
        "competing_originators": 9,
    },
    Question: {"state": State.DISPUTED.value, "challenged": True, "competing_pairs": 9},
    Position: {
        "held_by": 9,
        "held_sides": 9,
        "held_by_accused": True,
        "in_part_by": 9,
        "rejected_by": 9,
    },
    Incident: {
        "state": State.CORROBORATED.value,
        "challenged": True,
        "live_claims": 9,
        "originators": 9,
        "sides": 9,
        "competing_pairs": 9,
        "conflicting_originators": 9,
        "heat": 9,
        "verdicts": 9,
        "awaits_second": True,
        "evidence_changed": True,
    },
}


@dataclass
class World:
    """A desk with two incidents; `incidents` are their ids, `sources` those of its sources."""

    incidents: list[int]
    sources: list[int]
    parent: dict[int, int | None]


def rarely(draw: st.DrawFn) -> bool:
    """True in about one of eight; shrinks to False."""
    return draw(st.integers(0, 7)) == 7


def gone(draw: st.DrawFn) -> dt.datetime | None:
    return GONE if rarely(draw) else None


def some(draw: st.DrawFn, rows: Sequence[T]) -> T:
    return rows[draw(st.integers(0, len(rows) - 1))]


@st.composite
def worlds(draw: st.DrawFn) -> Callable[[], World]:
    """A function that writes the drawn world into the database.

    Legal, in that no claim restates two or restates or supersedes itself by way of others; but
    also with what actions refuse and the rule passes over: opinions filed under answers, links
    and filings across incidents, an affiliation that goes round in a ring.
    """
    workspace = Workspace(slug="world", name="World")
    user = User(username="world")
    common = {"workspace": workspace}
    sides = [Side(**common, name=f"{n}") for n in range(draw(st.integers(0, 2)))]
    articles = [Article(**common, title=f"{n}") for n in range(draw(st.integers(1, 3)))]
    named = [
        Source(**common, name=f"{n}", side=some(draw, [None, *sides]))
        for n in range(draw(st.integers(1, 5)))
    ]
    unnamed = [
        Source(
            **common,
            name="a medic",
            named=False,
            article=article,
            side=some(draw, [None, *sides]),
            affiliation=some(draw, [None, *named]),
        )
        for article in articles
    ]
    ring = rarely(draw)
    parents = [
        some(draw, [None, *(named if ring else named[number + 1 :])])
        for number in range(len(named))
    ]
    incidents = [
        Incident(**common, code=f"{n}", title=f"{n}", deleted_at=gone(draw)) for n in range(2)
    ]
    claims = []
    for _ in range(draw(st.integers(0, 9))):
        article = some(draw, articles)
        source = some(draw, [*named, unnamed[articles.index(article)]])
        claims.append(
            Claim(
                **common,
                annotator=user,
                article=article,
                incident=incidents[rarely(draw)],
                source=source,
                accused=some(draw, [None, *named]),
                kind=some(draw, [ClaimKind.FACTUAL.value] * 4 + list(ClaimKind)),
                status=some(draw, [ClaimStatus.SUBMITTED.value] * 4 + list(ClaimStatus)),
                deleted_at=gone(draw),
            )
        )
    questions = [
        Question(
            **common,
            text=f"{n}?",
            incident=incidents[rarely(draw)],
            is_key=draw(st.booleans()),
            exclusive=not rarely(draw),
            deleted_at=gone(draw),
        )
        for n in range(draw(st.integers(0, 3)))
    ]
    positions = [
        Position(
            **common,
            question=question,
            text=f"{n}",
            competes=not rarely(draw),
            deleted_at=gone(draw),
        )
        for question in questions
        for n in range(draw(st.integers(0, 3)))
    ]
    links = _links(draw, claims, common | {"annotator": user})
    filings = _filings(draw, claims, positions, common | {"annotator": user})
    stale = draw(st.booleans())

    def write() -> World:
        workspace.save()
        user.save()
        fill(Side, sides)
        fill(Article, articles)
        fill(Source, named)
        fill(Source, unnamed)
        for source, parent in zip(named, parents, strict=True):
            source.affiliation = None if parent is source else parent
        Source.objects.bulk_update(named, ["affiliation"])
        fill(Incident, incidents)
        fill(Claim, claims)
        fill(Question, questions)
        fill(Position, positions)
        fill(Link, links)
        fill(Filing, filings)
        if stale:
            for model, values in STALE.items():
                model.objects.update(**values)  # type: ignore[attr-defined]
        return World(
            [incident.pk for incident in incidents],
            [source.pk for source in named + unnamed],
            {source.pk: source.affiliation_id for source in named + unnamed},
        )

    return write


def _links(draw: st.DrawFn, claims: Sequence[Claim], common: dict[str, Any]) -> list[Link]:
    if len(claims) < 2:
        return []
    # Each one-way relation has a direction of its own through the list, so there is no ring.
    up = {relation: draw(st.booleans()) for relation in ONE_WAY}
    ends = st.tuples(*[st.integers(0, len(claims) - 1)] * 2).filter(lambda pair: pair[0] != pair[1])
    seen: set[tuple[object, ...]] = set()
    links = []
    for relation, pair in draw(
        st.lists(st.tuples(st.sampled_from(list(Relation)), ends), max_size=10)
    ):
        one, other = pair
        if relation in up and (one < other) is not up[relation]:
            one, other = other, one
        deleted_at = gone(draw)
        key: tuple[object, ...] = (relation, one, other)
        if relation is Relation.RESTATES:
            key = (relation, one)
        elif relation.symmetric:
            key = (relation, *sorted(pair))
        if deleted_at is None and key in seen:
            continue
        if deleted_at is None:
            seen.add(key)
        links.append(
            Link(
                **common,
                from_claim=claims[one],
                to_claim=claims[other],
                incident=claims[one].incident,
                relation=relation.value,
                deleted_at=deleted_at,
            )
        )
    return links


def _filings(
    draw: st.DrawFn,
    claims: Sequence[Claim],
    positions: Sequence[Position],
    common: dict[str, Any],
) -> list[Filing]:
    if not claims or not positions:
        return []
    filed = draw(
        st.lists(
            st.tuples(
                st.integers(0, len(claims) - 1),
                st.integers(0, len(positions) - 1),
                st.sampled_from([Stance.HOLDS, Stance.HOLDS, Stance.REJECTS]),
                st.sampled_from([Extent.FULLY, Extent.FULLY, Extent.FULLY, Extent.IN_PART]),
            ),
            max_size=14,
            unique_by=lambda row: row[:2],
        )
    )
    return [
        Filing(
            **common,
            claim=claims[claim],
            position=positions[position],
            stance=stance.value,
            extent=extent.value,
            deleted_at=gone(draw),
        )
        for claim, position, stance, extent in filed
    ]


def fill(model: type[M], rows: Iterable[M]) -> None:
    """Writes rows that name their relatives as objects, which have ids by now."""
    rows = list(rows)
    for row in rows:
        for field in row._meta.concrete_fields:
            if field.is_relation and field.name in row._state.fields_cache:
                setattr(row, field.name, getattr(row, field.name))
    model.objects.bulk_create(rows)


def a_dispute(workspace: Workspace, claims: int = 4) -> Incident:
    """An incident in which everything that can be counted is there at least once.

    Two answers, the first held by the source that is blamed and the other by the rest of `claims`
    claims, each of its own side; the first is also held in part, and rejected; its claim is
    undercut by an unnamed source, whose claim is repeated.
    """
    article = factories.an_article(workspace)
    incident = factories.an_incident(workspace)
    question = factories.a_question(incident, is_key=True)
    answers = [factories.a_position(question) for _ in range(2)]
    sources = [
        factories.a_source(workspace, side=factories.a_side(workspace))
        for _ in range(max(claims, 4))
    ]
    user = factories.a_user()
    made = [
        factories.a_claim(
            article, incident=incident, source=source, accused=sources[0], annotator=user
        )
        for source in sources
    ]
    for number, claim in enumerate(made):
        factories.a_filing(claim, answers[0 if number == 0 else 1])
    extra: dict[str, Any] = {"incident": incident, "annotator": user}
    in_part = factories.a_claim(article, **extra)
    factories.a_filing(in_part, answers[0], extent=Extent.IN_PART.value)
    rejecting = factories.a_claim(article, **extra)
    factories.a_filing(rejecting, answers[0], stance=Stance.REJECTS.value)
    medic = factories.a_source(workspace, name="a medic", article=article)
    doubting = factories.a_claim(article, source=medic, **extra)
    factories.a_link(doubting, Relation.UNDERCUTS, made[0])
    factories.an_assessment(question, factories.a_change(workspace), wants_second=True)
    factories.an_assessment(incident)
    repeating = factories.a_claim(article, **extra)
    factories.a_link(repeating, Relation.RESTATES, doubting)
    return incident
