"""One incident as its page needs it: its rows, what they mean, and each claim in print."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Prefetch

from claims import dispute
from claims.models import (
    Filing,
    Incident,
    Link,
    ParagraphRead,
    Position,
    Source,
    Span,
)
from claims.models.dispute_rows import load
from claims.records import ClaimKind, Relation, SpanRole
from claims.views.reading import lines_over
from claims.views.said import Said, Text, newest_lines, rows_of, said


@dataclass
class Scene:
    """The incident with its claims by id, its questions with `answers`, filings and links."""

    incident: Incident
    result: dispute.Result
    claims: dict[int, Said]
    questions: list[Any]
    filings: list[Filing]
    links: list[Link]
    originators: dict[int, Source]
    newest: dict[int, int]
    lines: dict[int, Text]
    filed: dict[int, list[Filing]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for filing in self.filings:
            self.filed[filing.claim_id].append(filing)

    def live(self) -> list[Said]:
        """The claims that count, in the order of their ids."""
        return [one for id, one in self.claims.items() if self.result.claims[id].live]

    def statement(self, claim: int) -> int:
        """The claim at the root of what this one repeats."""
        return self.result.claims[claim].statement

    def originator(self, claim: int) -> dispute.Originator:
        """Who said it first."""
        return self.result.claims[claim].originator

    @cached_property
    def by_statement(self) -> dict[int, list[Said]]:
        """The live claims of each statement: the first one made, or else the lowest id, first."""
        found: dict[int, list[Said]] = defaultdict(list)
        for one in self.live():
            found[self.statement(one.claim.pk)].append(one)
        for root, cards in found.items():
            cards.sort(key=lambda one: (one.claim.pk != root, one.claim.pk))
        return found

    @cached_property
    def accused(self) -> set[int]:
        """The sources that a live claim blames; who blames itself admits, and is not accused."""
        return {
            one.claim.accused_id
            for one in self.live()
            if one.claim.accused_id and self.originator(one.claim.pk).source != one.claim.accused_id
        }

    @cached_property
    def undercut(self) -> dict[int, list[Link]]:
        """The live claims whose reliability a standing claim of another originator questions."""
        found: dict[int, list[Link]] = defaultdict(list)
        for link in self.links:
            start = self.result.claims.get(link.from_claim_id)
            end = self.result.claims.get(link.to_claim_id)
            if (
                link.relation == Relation.UNDERCUTS
                and start
                and end
                and start.stands
                and end.live
                and start.originator != end.originator
            ):
                found[link.to_claim_id].append(link)
        return found

    @cached_property
    def unfiled(self) -> list[list[Said]]:
        """Statements none of whose live claims is filed, each with those that repeat it."""
        return [
            cards
            for cards in self.by_statement.values()
            if not any(self.filed.get(one.claim.pk) for one in cards)
        ]

    @cached_property
    def opinions(self) -> list[Said]:
        """What stands and is no fact: opinions and demands."""
        return [
            one
            for id, one in self.claims.items()
            if self.result.claims[id].stands and one.claim.kind != ClaimKind.FACTUAL
        ]

    @cached_property
    def not_counted(self) -> list[Said]:
        """Drafts, what was withdrawn, and what a later claim replaced."""
        return [one for id, one in self.claims.items() if not self.result.claims[id].stands]

    def progress(self) -> list[tuple[Any, int, int]]:
        """Each article of the incident with how many paragraphs are read, and how many there are.

        Read is what somebody marked so, or what a claim was taken from. Two queries.
        """
        articles = {one.claim.article_id: one.claim.article for one in self.claims.values()}
        read: dict[int, set[int]] = defaultdict(set)
        marks = ParagraphRead.objects.filter(revision__in=self.lines)
        for revision, number in marks.values_list("revision_id", "number"):
            read[revision].add(number)
        spans = Span.objects.filter(
            revision__in=self.lines, role=SpanRole.CONTENT, claim__deleted_at=None
        )
        for revision, start, end in spans.values_list("revision_id", "start", "end"):
            read[revision].update(
                x.number for x in lines_over(self.lines[revision].lines, start, end)
            )
        found = []
        for pk, article in articles.items():
            text = self.lines.get(self.newest.get(pk, 0))
            lines = text.lines if text else []
            done = read[self.newest.get(pk, 0)] & {line.number for line in lines}
            found.append((article, len(done), len(lines)))
        return found


def scene(incident: Incident, slug: str) -> Scene:
    """All of one incident; the number of queries does not depend on how much there is."""
    rows = load(incident.pk)
    result = dispute.resolve(rows)
    claims = list(rows_of(incident.pk))
    there = {claim.pk for claim in claims}
    newest, lines = newest_lines(claims)
    answers = Prefetch("positions", Position.objects.kept(), to_attr="answers")
    first = {one.originator.source for one in result.claims.values()}
    sources = Source.objects.select_related("side", "affiliation", "article__publisher")
    return Scene(
        incident=incident,
        result=result,
        claims={claim.pk: said(claim, slug, newest, lines) for claim in claims},
        questions=list(
            incident.questions.kept().prefetch_related(answers).order_by("-is_key", "order", "id")
        ),
        filings=list(
            Filing.objects.kept()
            .filter(
                position__question__incident=incident,
                position__deleted_at=None,
                position__question__deleted_at=None,
                claim__incident=incident,
                claim__deleted_at=None,
            )
            .order_by("id")
        ),
        links=[
            link
            for link in incident.links.kept().order_by("id")
            if {link.from_claim_id, link.to_claim_id} <= there
        ],
        originators=sources.in_bulk(first),
        newest=newest,
        lines=lines,
    )
