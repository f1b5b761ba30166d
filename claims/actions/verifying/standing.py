"""What no constraint of the database can hold between rows, looked for a table at a time.

The same rules as `actions/rules.py`, which asks for one row: for a million that takes hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import F, Q

from claims.actions.rules import OF_FACTS
from claims.actions.verifying.shapes import Breach, Found
from claims.models import (
    Article,
    Assessment,
    Claim,
    Comment,
    Filing,
    Link,
    Position,
    Question,
    Rating,
    Source,
    Span,
    Workspace,
)
from claims.records import ClaimKind, Relation

KEPT = Q(deleted_at=None)
NO_FACT = ~Q(from_claim__kind=ClaimKind.FACTUAL.value) | ~Q(to_claim__kind=ClaimKind.FACTUAL.value)
OTHER_VOICE = ~Q(from_claim__source=F("to_claim__source"))


class Rule(NamedTuple):
    """Rows among which none may fit `breach`, and what is expected of them."""

    model: Any
    among: Q
    breach: Q
    expected: str


def gone(*names: str) -> Q:
    """Something that it points at is deleted."""
    found = Q()
    for name in names:
        found |= Q(**{f"{name}__deleted_at__isnull": False})
    return found


def elsewhere(name: str) -> Q:
    """An unnamed source belongs to one article."""
    path = f"{name}__article"
    return Q(**{f"{path}__isnull": False}) & ~Q(**{path: F("article")})


RULES = (
    Rule(Claim, KEPT, gone("article"), "an article that is not deleted"),
    Rule(Claim, KEPT, gone("incident"), "an incident that is not deleted"),
    Rule(Claim, KEPT, gone("source", "via", "accused"), "sources that are not deleted"),
    Rule(
        Claim,
        KEPT,
        elsewhere("source") | elsewhere("via") | elsewhere("accused"),
        "unnamed sources of its own article only",
    ),
    Rule(Link, KEPT, gone("from_claim", "to_claim"), "two claims that are not deleted"),
    Rule(
        Link,
        KEPT,
        ~Q(from_claim__incident=F("incident")) | ~Q(to_claim__incident=F("incident")),
        "two claims of its own incident",
    ),
    Rule(
        Link,
        KEPT & Q(relation__in=[relation.value for relation in OF_FACTS]),
        NO_FACT,
        "two factual claims, for a demand or an opinion is not evidence",
    ),
    Rule(
        Link,
        KEPT & Q(relation=Relation.SUPERSEDES.value),
        OTHER_VOICE,
        "a claim that replaces one of the same source",
    ),
    Rule(
        Link,
        KEPT & Q(relation=Relation.RESTATES.value),
        OTHER_VOICE
        & Q(from_claim__source__named=True, to_claim__source__named=True)
        & ~Q(from_claim__article__publisher=F("from_claim__source")),
        "a claim that repeats one of the same original source",
    ),
    Rule(Filing, KEPT, gone("claim"), "a claim that is not deleted"),
    Rule(Filing, KEPT, gone("position", "position__question"), "an answer that is not deleted"),
    Rule(Filing, KEPT, ~Q(claim__kind=ClaimKind.FACTUAL.value), "a factual claim"),
    Rule(
        Filing,
        KEPT,
        ~Q(claim__incident=F("position__question__incident")),
        "a claim and an answer of one incident",
    ),
    Rule(Span, Q(), ~Q(claim__article=F("revision__article")), "words of the claim's own article"),
    Rule(Question, KEPT, gone("incident"), "an incident that is not deleted"),
    Rule(Position, KEPT, gone("question"), "a question that is not deleted"),
    Rule(Article, KEPT, gone("publisher"), "a publisher that is not deleted"),
    Rule(Source, KEPT, gone("affiliation"), "an affiliation that is not deleted"),
    Rule(
        Assessment,
        Q(withdrawn_at=None),
        gone("question", "incident", "position"),
        "a question, incident and answer that are not deleted",
    ),
    Rule(
        Assessment,
        Q(withdrawn_at=None, position__isnull=False),
        ~Q(position__question=F("question")),
        "an answer to its own question",
    ),
    Rule(
        Comment,
        KEPT,
        gone("claim", "question", "incident", "article"),
        "something that is not deleted, to be about",
    ),
    Rule(Rating, KEPT, gone("source"), "a source that is not deleted"),
)


def rules(desk: Workspace) -> Iterator[Found]:
    """Each rule by one query; then chains of links that lead back to where they began."""
    for rule in RULES:
        rows = rule.model.objects.filter(rule.among & rule.breach, workspace=desk)
        for uid in rows.order_by("id").values_list("uid", flat=True).iterator():
            yield Breach(f"{rule.model._meta.model_name} {uid}", f"expected {rule.expected}")
        yield 1
    for relation in (Relation.RESTATES, Relation.SUPERSEDES):
        yield from _rings(desk, relation)


def _rings(desk: Workspace, relation: Relation) -> Iterator[Found]:
    links = Link.objects.within(desk).kept().filter(relation=relation.value)
    rows = links.order_by("incident_id", "id").values_list(
        "incident_id", "from_claim_id", "to_claim_id"
    )
    for incident, pairs in groupby(rows.iterator(), key=itemgetter(0)):
        edges: dict[int, list[int]] = {}
        for _, start, end in pairs:
            edges.setdefault(start, []).append(end)
        if left := ring(edges):
            told = f"expected no chain of “{relation.value}” that leads back: claims {left}"
            yield Breach(f"incident {incident}", told)


def ring(edges: dict[int, list[int]]) -> list[int]:
    """What is left once every claim is taken away from which nothing leads on: rings alone."""
    left = {start: set(ends) for start, ends in edges.items()}
    while ended := {end for ends in left.values() for end in ends if end not in left}:
        left = {start: ends - ended for start, ends in left.items()}
        left = {start: ends for start, ends in left.items() if ends}
    return sorted(left)
