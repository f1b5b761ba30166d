"""The sources of an incident: who said it first, who printed it, and what they said elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from claims.dispute import Originator
from claims.models import Incident, Source
from claims.models.elsewhere import NEWEST, elsewhere
from claims.views.scene import Scene

AT_FIRST = 8
MOST_ELSEWHERE = 3


class Elsewhere(NamedTuple):
    """Another incident, and how many claims of the source are about it."""

    incident: Incident
    claims: int


class Voice(NamedTuple):
    """An original source: what it is, and how much it said here and about other incidents.

    `newest` is set where only so many of its newest claims were looked at.
    """

    source: Source
    css: str
    accused: bool
    claims: int
    statements: int
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


def voices(scene: Scene) -> Voices:
    """The sources of the live claims; two queries."""
    claims: dict[Originator, list[int]] = defaultdict(list)
    for one in scene.live():
        claims[scene.originator(one.claim.pk)].append(one.claim.pk)
    order = sorted(claims, key=lambda one: (-len(claims[one]), one.source, one.article or 0))
    said = elsewhere(dict.fromkeys(one.source for one in order), scene.incident.pk)
    about = {incident for counts in said.values() for incident in counts}
    incidents = Incident.objects.within(scene.incident.workspace).kept().in_bulk(about)
    found = [
        _voice(scene, originator, claims[originator], said.get(originator.source, {}), incidents)
        for originator in order
    ]
    return Voices(found[:AT_FIRST], found[AT_FIRST:], _outlets(scene))


def _voice(
    scene: Scene,
    originator: Originator,
    claims: list[int],
    counts: Mapping[int, int],
    incidents: Mapping[int, Incident],
) -> Voice:
    source = scene.originators[originator.source]
    others = [
        Elsewhere(incidents[incident], number)
        for incident, number in sorted(counts.items(), key=lambda item: (-item[1], -item[0]))
        if incident in incidents
    ]
    return Voice(
        source,
        f"s{source.side.color if source.side else 0}",
        source.pk in scene.accused,
        len(claims),
        len({scene.statement(claim) for claim in claims}),
        others[:MOST_ELSEWHERE],
        len(others[MOST_ELSEWHERE:]),
        NEWEST if sum(counts.values()) == NEWEST else 0,
    )


def _outlets(scene: Scene) -> list[Outlet]:
    printed: dict[Source | None, list[Any]] = defaultdict(list)
    for one in scene.live():
        printed[one.claim.article.publisher].append(one.claim)
    found = [
        Outlet(source, len({claim.article_id for claim in claims}), len(claims))
        for source, claims in printed.items()
    ]
    return sorted(found, key=lambda one: (-one.articles, -one.claims, str(one.source or "")))
