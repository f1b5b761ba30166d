"""Random desks go out, come in elsewhere, and go out the same to the last byte."""

from __future__ import annotations

import os
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.actions import article as articles
from claims.actions import claim as claims
from claims.actions import link as links
from claims.actions import source as sources
from claims.actions.journal import Actor
from claims.actions.spans import SpanInput
from claims.records import Relation, Role, SpanRole
from tests import factories
from tests.unit.actions.brought import brought
from tests.unit.actions.test_importing import KEYS, written
from tests.unit.anchoring.strategies import texts

pytestmark = pytest.mark.django_db

EXAMPLES = max(int(os.environ.get("COUNTERCLAIM_EXAMPLES", "30")) // 5, 1)

# What a spreadsheet would run, what ends a cell or a row, and what reads from the right.
ODD = st.sampled_from(
    [
        "",
        "=1+1",
        "@SUM(A1)",
        "+49",
        "-5",
        "'",
        '"',
        'a "b", c',
        "a\nb",
        "\ta",
        "; ,",
        "קול",
        "👨‍👩‍👧",
    ]
)
words = st.builds(str.__add__, ODD, texts).map(lambda text: text[:150])
names = st.builds(str.__add__, ODD, st.sampled_from(["Ministry", "وزارة", "e\u0301", "\u00a0x"]))


class DrawnClaim(NamedTuple):
    """Spans by role as two points of the text, in code points, in either order."""

    spans: list[tuple[SpanRole, int, int]]
    source: int
    told: dict[str, str]
    figure: str


class Drawn(NamedTuple):
    sources: list[str]
    articles: list[tuple[str, str, list[DrawnClaim]]]
    links: list[tuple[int, int]]


@st.composite
def drawn_desks(draw: st.DrawFn) -> Drawn:
    """Claims of split, nested and overlapping spans over texts that break naive offsets."""
    people = draw(st.lists(names, min_size=1, max_size=3, unique_by=str.casefold))
    made = []
    for number in range(draw(st.integers(1, 2))):
        text = f"{number} {draw(texts)} end"
        point = st.integers(0, len(text))
        span = st.tuples(st.sampled_from(SpanRole), point, point)
        told = st.fixed_dictionaries(
            dict.fromkeys(("paraphrase", "translation", "note", "said_as_stated"), words)
        )
        claim = st.builds(
            DrawnClaim, st.lists(span, max_size=5), st.integers(0, len(people) - 1), told, words
        )
        made.append((draw(words), text, draw(st.lists(claim, min_size=1, max_size=3))))
    pair = st.tuples(st.integers(0, 5), st.integers(0, 5))
    return Drawn(people, made, draw(st.lists(pair, max_size=3)))


def an_owner(slug: str) -> Actor:
    user = factories.a_user(slug)
    workspace = factories.a_workspace(slug=slug)
    factories.a_membership(workspace, user, Role.OWNER)
    return Actor(workspace, user)


def make(actor: Actor, drawn: Drawn) -> None:
    """All of it by the acts of a person."""
    people = [
        sources.create(actor, {"name": f"{name} {n}"}) for n, name in enumerate(drawn.sources)
    ]
    incident = factories.an_incident(actor.workspace)
    made = []
    for number, (title, text, said) in enumerate(drawn.articles):
        upload = articles.keep_upload(actor, f"{number}.txt", "text/plain", text.encode())
        article = articles.freeze(actor, upload, text, "utf-8", {"title": f"{number} {title}"})
        for one in said:
            ends = {(role, min(a, b), max(a, b)) for role, a, b in one.spans if a != b}
            spans = [SpanInput(*end) for end in ends] + [SpanInput(SpanRole.CONTENT, 0, len(text))]
            values: dict[str, Any] = {**one.told, "source": people[one.source]}
            values |= {"incident": incident, "said_as_stated": one.told["said_as_stated"][:100]}
            figures = [{"measure": "killed", "as_stated": f"{one.figure}3"[:100]}]
            made.append(claims.create(actor, article, values, spans, figures=figures))
    pairs = {tuple(sorted((a % len(made), b % len(made)))) for a, b in drawn.links}
    for a, b in sorted(pairs):
        if a != b:
            links.create(actor, made[a].uid, made[b].uid, Relation.CONTRADICTS, note="=x")


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(drawn_desks())
def test_a_random_desk_goes_round_as_json_and_as_csv(drawn: Drawn) -> None:
    with transaction.atomic():
        first = an_owner("first")
        make(first, drawn)
        for name in ("jsonl", "csv"):
            content = written(first.workspace, name)
            second = an_owner(f"second-{name}")
            found = brought(second, KEYS[name], content)
            assert found.new["claims"] == sum(len(said) for _, _, said in drawn.articles)
            assert written(second.workspace, name) == content
        transaction.set_rollback(True)
