"""The sources of an incident: who said it first, who printed it, and how they stand elsewhere."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

from claims.dispute import Originator
from claims.models import Incident, Source
from claims.models.elsewhere import NEWEST, elsewhere
from claims.views.desk import DeskRequest
from claims.views.ratings import letters
from claims.views.scene import Scene
from claims.views.source_held import Answered, answered, filings

AT_FIRST = 8
MOST_ELSEWHERE = 3


class Elsewhere(NamedTuple):
    """Another incident, how many claims of the source are about it, and what these answer there.

    Only what a verdict stands on is told: side by side, and never a score.
    """

    incident: Incident
    claims: int
    answers: list[Answered]


class Voice(NamedTuple):
    """An original source: what it is, and how much it said here and about other incidents.

    `reliable` is its letter by today, where the desk rates sources. `newest` is set where only so
    many of its newest claims were looked at.
    """

    source: Source
    css: str
    accused: bool
    claims: int
    statements: int
    reliable: str
    elsewhere: list[Elsewhere]
    further: int
    newest: int


class Outlet(NamedTuple):
    """Who printed claims of this incident; None is a publisher that is not known."""

    source: Source | None
    articles: int
    claims: int


class Voices(NamedTuple):
    """Original sources and outlets, those with the most to say first."""

    first: list[Voice]
    rest: list[Voice]
    outlets: list[Outlet]

    @property
    def originators(self) -> int:
        return len(self.first) + len(self.rest)


def voices(request: DeskRequest, scene: Scene) -> Voices:
    """The sources of the live claims; up to seven queries."""
    claims: dict[Originator, list[int]] = defaultdict(list)
    for one in scene.live():
        claims[scene.originator(one.claim.pk)].append(one.claim.pk)
    order = sorted(claims, key=lambda one: (-len(claims[one]), one.source, one.article or 0))
    sources = list(dict.fromkeys(one.source for one in order))
    reliable = letters(sources) if request.workspace.uses_reliability else {}
    # Of the others, that is told on their own pages.
    others = _elsewhere(request, sources[:AT_FIRST], scene.incident)
    found = []
    for originator in order:
        source, its = scene.originators[originator.source], claims[originator]
        found.append(
            Voice(
                source,
                f"s{source.side.color if source.side else 0}",
                source.pk in scene.accused,
                len(its),
                len({scene.statement(claim) for claim in its}),
                reliable.get(source.pk, ""),
                *others.get(source.pk, ([], 0, 0)),
            )
        )
    return Voices(found[:AT_FIRST], found[AT_FIRST:], _outlets(scene))


def _elsewhere(
    request: DeskRequest, sources: list[int], incident: Incident
) -> dict[int, tuple[list[Elsewhere], int, int]]:
    """Of each source the incidents that it said most about, those with a verdict first.

    With how many more there are, and how many of its claims were looked at where it has more.
    """
    said = {
        source: sorted(others, key=lambda one: (not one.verdicts, -one.claims, -one.incident))
        for source, others in elsewhere(sources, incident.pk).items()
    }
    shown = {one.incident: one for others in said.values() for one in others[:MOST_ELSEWHERE]}
    incidents = Incident.objects.within(request.workspace).in_bulk(shown)
    judged = [pk for pk, one in shown.items() if one.verdicts]
    answers = answered(request, filings(sources, judged))
    return {
        source: (
            [
                Elsewhere(
                    incidents[one.incident],
                    one.claims,
                    [row for row in answers.get((source, one.incident), []) if row.verdicts.told],
                )
                for one in others[:MOST_ELSEWHERE]
            ],
            len(others[MOST_ELSEWHERE:]),
            NEWEST if sum(one.claims for one in others) == NEWEST else 0,
        )
        for source, others in said.items()
    }


def _outlets(scene: Scene) -> list[Outlet]:
    printed: dict[Source | None, list[Any]] = defaultdict(list)
    for one in scene.live():
        printed[one.claim.article.publisher].append(one.claim)
    found = [
        Outlet(source, len({claim.article_id for claim in claims}), len(claims))
        for source, claims in printed.items()
    ]
    return sorted(found, key=lambda one: (-one.articles, -one.claims, str(one.source or "")))
