"""Numbers as claimed: by what is counted, each as its source stated it; nothing is added up."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

from claims.records import FigureStatus, LowBasis, Measure
from claims.views.said import Said
from claims.views.scene import Scene


class Claimed(NamedTuple):
    """One figure of one statement. `ours` says what of it is the desk's convention."""

    said: Said
    as_stated: str
    range: str
    what: str
    part: str
    ours: str
    repeats: int


class Panel(NamedTuple):
    """The figures of one measure and status."""

    title: str
    rows: list[Claimed]


class Figures(NamedTuple):
    """All panels, and how many denied figures were left out."""

    panels: list[Panel]
    denied: int


def figures(scene: Scene) -> Figures:
    """The figures of live claims, repeats folded where they repeat the number too.

    A figure in a denial is what is denied: it is counted as left out, and stands nowhere.
    """
    found: dict[tuple[str, str], dict[Any, Claimed]] = defaultdict(dict)
    denied = 0
    for root, cards in scene.by_statement.items():
        for one in cards:
            for figure in one.claim.figures.all():
                if one.denies:
                    denied += 1
                    continue
                rows = found[figure.measure, figure.status]
                key = (root, figure.low, figure.high, figure.subgroup, figure.part)
                if key in rows:
                    # Each claim of a statement repeats the number once.
                    rows[key] = rows[key]._replace(repeats=rows[key].repeats + 1)
                else:
                    rows[key] = _claimed(one, figure)
    order = [(measure.value, status.value) for measure in Measure for status in FigureStatus]
    panels = [Panel(_title(*key), list(found[key].values())) for key in order if key in found]
    return Figures(panels, denied)


def _title(measure: str, status: str) -> str:
    return f"{Measure(measure).label}, {FigureStatus(status).label}"


def _claimed(one: Said, figure: Any) -> Claimed:
    what = [figure.group_as_stated, figure.subgroup]
    ours = ""
    if figure.low is not None and figure.low_basis == LowBasis.CONVENTION:
        ours = f"{figure.low} {LowBasis.CONVENTION.label}"
    return Claimed(
        one,
        figure.as_stated,
        span(figure.low, figure.high),
        ", ".join(filter(None, what)),
        figure.part,
        ours,
        0,
    )


def span(low: int | None, high: int | None) -> str:
    """A range in words: "24 or more", "up to 65", "30 to 40", "55"; empty when nothing is known."""
    if low is None and high is None:
        return ""
    if high is None:
        return f"{low} or more"
    if low is None:
        return f"up to {high}"
    return str(low) if low == high else f"{low} to {high}"
