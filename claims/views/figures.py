"""Numbers as claimed: a panel for what is counted, in it a strip for each statement."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

from claims.records import FigureStatus, LowBasis, Measure
from claims.views.left_out import LeftOut, left_out
from claims.views.said import Said
from claims.views.scene import Scene
from claims.views.strips import Scale, Strip, scale, strip
from claims.views.sums import Number, sums

AT_FIRST = 12
"""Strips of one section; the rest stands in the table."""
IN_TABLE = 60
ORDER = (
    Measure.KILLED,
    Measure.INJURED,
    Measure.KILLED_OR_INJURED,
    Measure.MISSING,
    Measure.DETAINED,
    Measure.DISPLACED,
    Measure.PRESENT,
    Measure.OTHER,
)
NOTES = {
    Measure.KILLED_OR_INJURED: "Killed and injured together: in no other panel.",
    Measure.PRESENT: "Present is not killed.",
}


SUMS = "Our sums of parts: the sources give no such number"


class Claimed(NamedTuple):
    """One figure of one statement. `convention` says what of it is the desk's, not the text's.

    `accused` is "the accused", or that it is of their side; `summed` names the parts of our sum.
    """

    said: Said
    who: str
    css: str
    side: str
    accused: str
    as_stated: str
    number: Number
    group: str
    subgroup: str
    part: str
    convention: str
    summed: str
    repeats: int
    strip: Strip | None = None

    @property
    def range(self) -> str:
        return span(self.number.low, self.number.high)

    @property
    def told(self) -> str:
        """The strip in words."""
        words = f"“{self.as_stated}”: " if self.as_stated else ""
        if self.summed:
            words = f"our sum of {self.summed}: "
        return f"{self.who}, {words}{self.range}"


class Section(NamedTuple):
    """Figures that can be compared: of the whole, or all of one part, or all of one group."""

    title: str
    first: list[Claimed]
    rest: list[Claimed]


class Panel(NamedTuple):
    """The figures of one measure and status, on one scale; `net` is the id of its lines."""

    net: str
    title: str
    note: str
    scale: Scale
    sections: list[Section]
    rows: list[Claimed]


class Figures(NamedTuple):
    """All panels, and what stands in none; `table` has the first of `total` rows, or all."""

    panels: list[Panel]
    left_out: list[LeftOut]
    summed: bool
    table: list[tuple[str, Claimed]]
    total: int


def figures(scene: Scene, *, everything: bool) -> Figures:
    """The figures of live claims, repeats folded where they repeat the number too."""
    found = _found(scene)
    order = [(measure.value, status.value) for measure in ORDER for status in FigureStatus]
    panels = [_panel(key, list(found[key].values())) for key in order if key in found]
    table = [(panel.title, row) for panel in panels for row in panel.rows]
    return Figures(
        panels,
        left_out(scene),
        any(row.summed for _, row in table),
        table if everything else table[:IN_TABLE],
        len(table),
    )


def _found(scene: Scene) -> dict[tuple[str, str], dict[Any, Claimed]]:
    """By measure and status: the figures of each statement, and our sums of its parts."""
    sides = _accused_sides(scene)
    found: dict[tuple[str, str], dict[Any, Claimed]] = defaultdict(dict)
    for root, cards in scene.by_statement.items():
        for one in cards:
            if one.denies:
                continue
            for figure in one.claim.figures.all():
                number = Number(figure.low, figure.high)
                # Without a number the words tell one figure from another.
                words = "" if any(end is not None for end in number) else figure.as_stated
                key = (root, number, words, figure.subgroup, figure.part)
                _add(found[figure.measure, figure.status], key, _claimed(scene, sides, one, figure))
            for counted, total in sums(one.claim.figures.all()).items():
                row = _summed(scene, sides, one, total)
                _add(found[counted], (root, "sum", row.number), row)
    return found


def _add(rows: dict[Any, Claimed], key: Any, row: Claimed) -> None:
    """Each further claim of a statement repeats its number once."""
    if key in rows:
        row = rows[key]._replace(repeats=rows[key].repeats + 1)
    rows[key] = row


def _accused_sides(scene: Scene) -> set[int]:
    """The sides of those whom a live claim blames."""
    blamed = [one.claim.accused for one in scene.live() if one.claim.accused_id in scene.accused]
    return {source.side_id for source in blamed if source.side_id}


def _claimed(scene: Scene, sides: set[int], one: Said, figure: Any) -> Claimed:
    source = scene.originators[scene.originator(one.claim.pk).source]
    accused = ""
    if source.pk in scene.accused:
        accused = "the accused"
    elif source.side_id in sides:
        accused = "on the side of the accused"
    convention = ""
    if figure.low is not None and figure.low_basis == LowBasis.CONVENTION:
        convention = f"{figure.low} {LowBasis.CONVENTION.label}"
    return Claimed(
        said=one,
        who=source.name,
        css=f"s{source.side.color if source.side else 0}",
        side=str(source.side or ""),
        accused=accused,
        as_stated=figure.as_stated,
        number=Number(figure.low, figure.high),
        group=figure.group_as_stated or figure.subgroup,
        subgroup=figure.subgroup,
        part=figure.part,
        convention=convention,
        summed="",
        repeats=0,
    )


def _summed(scene: Scene, sides: set[int], one: Said, total: Any) -> Claimed:
    """Our sum, as a figure: it has no words of the source."""
    row = _claimed(scene, sides, one, total.of[0])
    convention = "with an end by our convention" if total.convention else ""
    return row._replace(
        as_stated="",
        number=Number(total.low, total.high),
        part="",
        convention=convention,
        summed=" and ".join(figure.part for figure in total.of),
    )


def _panel(key: tuple[str, str], rows: list[Claimed]) -> Panel:
    measure, status = key
    on = scale([row.number for row in rows])
    drawn = [row._replace(strip=strip(*row.number, on)) for row in rows]
    groups: dict[str, list[Claimed]] = {}
    for row in drawn:
        groups.setdefault(_section(row), []).append(row)
    # The whole first; our sums last, away from what was stated.
    order = sorted(groups, key=lambda title: (title != "", title == SUMS))
    sections = [_folded(title, groups[title]) for title in order]
    title = f"{Measure(measure).label}, {FigureStatus(status).label}"
    note = NOTES.get(Measure(measure), "")
    every = [row for one in sections for row in (*one.first, *one.rest)]
    return Panel(f"net-{measure}-{status}", title, note, on, sections, every)


def _section(row: Claimed) -> str:
    if row.summed:
        return SUMS
    if row.part:
        return f"{row.part}: a part, not the whole" + (f" ({row.subgroup})" if row.subgroup else "")
    return f"of them {row.subgroup}" if row.subgroup else ""


def _folded(title: str, rows: list[Claimed]) -> Section:
    """From low to high; what has no number stands last."""

    def place(row: Claimed) -> tuple[bool, int, int]:
        low, high = row.number
        ends = [end for end in (low, high) if end is not None]
        return not ends, min(ends, default=0), max(ends, default=0)

    rows = sorted(rows, key=place)
    return Section(title, rows[:AT_FIRST], rows[AT_FIRST:])


def span(low: int | None, high: int | None) -> str:
    """A range in words: "24 or more", "up to 65", "30 to 40", "55"; empty when nothing is known."""
    if low is None and high is None:
        return ""
    if high is None:
        return f"{low} or more"
    if low is None:
        return f"up to {high}"
    return str(low) if low == high else f"{low} to {high}"
