"""Parts of the brief that point at its claims by number: verdicts, figures, statements in time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any, NamedTuple

from claims.records import Relation
from claims.views.figures import Claimed, Figures
from claims.views.said import Said
from claims.views.scene import Scene
from claims.views.timeline import Timeline
from claims.views.verdicts import Subject, Told


class Numbered(NamedTuple):
    """A claim of the document, by its number.

    `source` is the number of who says it, `link` the claim's own address.
    """

    number: int
    source: int
    said: Said
    counts: bool
    link: str


Numbers = Mapping[int, Numbered]
"""The claims of the document, by their ids."""


class Related(NamedTuple):
    """A link between two claims, by their numbers."""

    one: Numbered
    relation: str
    other: Numbered
    note: str


class Found(NamedTuple):
    """A verdict that counts, and the claims that it rests on."""

    told: Told
    rests_on: list[Numbered]


class Judged(NamedTuple):
    """A question, or the incident as a whole, with what reviewers find of it side by side."""

    subject: Subject
    found: list[Found]


class Counted(NamedTuple):
    """The figures of one measure and status."""

    title: str
    note: str
    rows: list[tuple[Claimed, Numbered]]


class Excluded(NamedTuple):
    """Figures that are claimed by nobody, and why."""

    why: str
    rows: list[tuple[Numbered, Any]]


class Dated(NamedTuple):
    """What was said, or published, at one time; without claims, the event itself."""

    when: str
    note: str
    after: str
    told: list[tuple[Any, Numbered]]


def related(seen: Scene, claims: Numbers) -> list[Related]:
    """All links of the incident."""
    return [
        Related(
            claims[link.from_claim_id],
            Relation(link.relation).label,
            claims[link.to_claim_id],
            link.note,
        )
        for link in seen.links
    ]


def judged(subjects: Iterable[Subject], claims: Numbers) -> list[Judged]:
    """What there is a verdict on, one that is not shown yet included."""
    return [
        Judged(
            subject,
            [Found(told, [claims[said.claim.pk] for said in told.rests_on]) for told in current],
        )
        for subject in subjects
        if (current := subject.current) or subject.hidden
    ]


def counted(figures: Figures, claims: Numbers) -> list[Counted]:
    """The panels of figures as tables."""
    return [
        Counted(panel.title, panel.note, [(row, claims[row.said.claim.pk]) for row in panel.rows])
        for panel in figures.panels
    ]


def excluded(figures: Figures, claims: Numbers) -> list[Excluded]:
    """What is in no table."""
    return [
        Excluded(one.why, [(claims[said.claim.pk], figure) for said, figure in one.rows])
        for one in figures.left_out
    ]


def dated(timeline: Timeline, claims: Numbers) -> list[Dated]:
    """All statements in time, none folded away; those of one time together."""
    entries = groupby(
        (*timeline.first, *timeline.rest), key=lambda entry: (entry.when, entry.note, entry.after)
    )
    return [
        Dated(*time, [(told, claims[told.said.claim.pk]) for entry in of_it for told in entry.told])
        for time, of_it in entries
    ]
