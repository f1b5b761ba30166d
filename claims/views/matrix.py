"""Who says what: questions by original sources, grouped by side, with the words in each cell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from claims import dispute
from claims.models import Filing, Source
from claims.records import Extent, SourceKind, Stance, State
from claims.views.incident_rows import badge
from claims.views.said import Said
from claims.views.scene import Scene

AT_FIRST = 2
IN_DISPUTE = 1_000
"""How much more a claim in dispute weighs in the order of the columns."""
NARROW = 4
"""Up to so many sources the matrix stands beside the other column of the page."""
FEW = 4
"""Up to so many questions stand in one table; of more, those that matter less are folded away."""


class Statement(NamedTuple):
    """One statement, with the claims that repeat it, and whether its reliability is questioned."""

    said: Said
    repeats: list[Said]
    undercut: bool


class Answer(NamedTuple):
    """What one source says to one answer. A thing said in part is never said plainly."""

    text: str
    competes: bool
    rejects: bool
    in_part: bool
    clash: bool
    statements: list[Statement]

    @property
    def further(self) -> int:
        """How many statements are folded away."""
        return max(len(self.statements) - AT_FIRST, 0)

    @property
    def mark(self) -> str:
        """A sign beside the colour."""
        if self.clash:
            return "⚡"
        if self.rejects:
            return "✕"
        if self.in_part:
            return "◐"
        return "" if self.competes else "?"


class Column(NamedTuple):
    """An original source: the class of its side's colour, and what is known about it."""

    originator: dispute.Originator
    name: str
    css: str
    side: str
    about: str


class Cell(NamedTuple):
    """One source on one question: its answers; `instead` what it says that is no evidence."""

    source: Column
    answers: list[Answer]
    instead: list[Said]
    unfiled: int

    @property
    def css(self) -> str:
        """The class of the cell; the words say the same."""
        if not self.answers:
            return "silent"
        if any(answer.clash for answer in self.answers):
            return "clash"
        if all(answer.in_part for answer in self.answers):
            return "partial"
        return "rejects" if all(answer.rejects for answer in self.answers) else ""


class Side(NamedTuple):
    """A group of columns."""

    name: str
    css: str
    span: int


class Row(NamedTuple):
    """A question: its state as a badge, who says what, and what each source says."""

    question: Any
    badge: str
    state: str
    challenged: bool
    composition: str
    cells: list[Cell]
    silent: list[Column]


class Matrix(NamedTuple):
    """The whole table."""

    sides: list[Side]
    columns: list[Column]
    rows: list[Row]

    @property
    def wide(self) -> bool:
        return len(self.columns) > NARROW

    @property
    def has_key(self) -> bool:
        return any(row.question.is_key for row in self.rows)

    @property
    def parts(self) -> list[list[Row]]:
        """What an incident is judged by, and what is in dispute; then the rest, if that is long."""
        first = [row for row in self.rows if row.question.is_key or row.badge == "disputed"]
        rest = [row for row in self.rows if row not in first]
        return [first, rest] if first and len(self.rows) > FEW else [self.rows]


def matrix(scene: Scene) -> Matrix:
    """The table of `scene`: a column for each original source of a live claim."""
    columns = _columns(scene)
    opinions: dict[dispute.Originator, list[Said]] = defaultdict(list)
    for one in scene.opinions:
        opinions[_of(scene, one)].append(one)
    unfiled = Counter(_of(scene, cards[0]) for cards in scene.unfiled)
    rows = [_row(scene, q, columns, opinions, unfiled) for q in scene.questions]
    return Matrix(_sides(columns), columns, rows)


def _columns(scene: Scene) -> list[Column]:
    """Those in dispute first, then those with the most to say; grouped by side, none last."""
    said: dict[dispute.Originator, int] = defaultdict(int)
    by_side: dict[int | None, int] = defaultdict(int)
    for one in scene.live():
        originator = scene.originator(one.claim.pk)
        weight = IN_DISPUTE if one.claim.disputed else 1
        said[originator] += weight
        by_side[scene.originators[originator.source].side_id] += weight

    def place(originator: dispute.Originator) -> tuple[Any, ...]:
        source = scene.originators[originator.source]
        side = source.side_id
        return (side is None, -by_side[side], side or 0, -said[originator], originator.source)

    return [_column(scene, originator) for originator in sorted(said, key=place)]


def _column(scene: Scene, originator: dispute.Originator) -> Column:
    source = scene.originators[originator.source]
    about = [] if source.kind == SourceKind.OTHER else [SourceKind(source.kind).label]
    if source.affiliation:
        about.append(f"of {source.affiliation}")
    if not source.named:
        about.append(f"unnamed, in {_outlet(source)}")
    if source.pk in scene.accused:
        about.append("accused")
    side = source.side
    css = f"s{side.color if side else 0}"
    return Column(originator, source.name, css, str(side or ""), " · ".join(about))


def _outlet(source: Source) -> str:
    article = source.article
    return str((article and article.publisher) or "one article")


def _sides(columns: Sequence[Column]) -> list[Side]:
    found: list[Side] = []
    for column in columns:
        if found and found[-1].name == column.side:
            found[-1] = found[-1]._replace(span=found[-1].span + 1)
        else:
            found.append(Side(column.side, column.css, 1))
    return found


def _row(
    scene: Scene,
    question: Any,
    columns: Sequence[Column],
    opinions: Mapping[dispute.Originator, list[Said]],
    unfiled: Mapping[dispute.Originator, int],
) -> Row:
    result = scene.result.questions[question.pk]
    answers = _answers(scene, question, {claim for pair in result.pairs for claim in pair})
    cells = [
        Cell(
            column,
            answers.get(column.originator, []),
            opinions.get(column.originator, []),
            unfiled.get(column.originator, 0),
        )
        for column in columns
    ]
    silent = [column for column, cell in zip(columns, cells, strict=True) if not cell.answers]
    return Row(
        question,
        badge(result.state),
        State(result.state).label,
        result.challenged,
        composed(question.answers, result.composition),
        cells,
        silent,
    )


def _of(scene: Scene, one: Said) -> dispute.Originator:
    return scene.originator(one.claim.pk)


def _answers(
    scene: Scene, question: Any, clashing: set[int]
) -> dict[dispute.Originator, list[Answer]]:
    """What each original source answers, in the order of the answers, what is full first."""
    texts = {answer.pk: answer for answer in question.answers}
    filed: dict[tuple[dispute.Originator, int, str, str], list[Filing]] = defaultdict(list)
    for filing in scene.filings:
        if filing.position_id in texts and scene.result.claims[filing.claim_id].live:
            originator = scene.originator(filing.claim_id)
            filed[originator, filing.position_id, filing.stance, filing.extent].append(filing)
    order = {pk: place for place, pk in enumerate(texts)}
    found: dict[dispute.Originator, list[Answer]] = defaultdict(list)
    for key in sorted(filed, key=lambda k: (k[3] != Extent.FULLY, k[2], order[k[1]])):
        originator, position, stance, extent = key
        claims = [filing.claim_id for filing in filed[key]]
        found[originator].append(
            Answer(
                text=texts[position].text,
                competes=texts[position].competes,
                rejects=stance == Stance.REJECTS,
                in_part=extent == Extent.IN_PART,
                clash=extent == Extent.FULLY and not clashing.isdisjoint(claims),
                statements=_statements(scene, claims),
            )
        )
    return found


def _statements(scene: Scene, claims: Iterable[int]) -> list[Statement]:
    """The claims folded by statement; a repeat that is filed nowhere counts with its statement."""
    folded: dict[int, set[int]] = defaultdict(set)
    for claim in claims:
        folded[scene.statement(claim)].add(claim)
    found = []
    for root, ours in folded.items():
        cards = [
            one
            for one in scene.by_statement[root]
            if one.claim.pk in ours or not scene.filed.get(one.claim.pk)
        ]
        cards.sort(key=lambda one: one.claim.pk not in ours)
        undercut = any(one.claim.pk in scene.undercut for one in cards)
        found.append(Statement(cards[0], cards[1:], undercut))
    return found


def composed(answers: Iterable[Any], results: Iterable[dispute.PositionResult]) -> str:
    """Who says what, counted, with sides and belonging: "No 0 · in part 1 (the accused)"."""
    by_id = {result.position: result for result in results}
    return " · ".join(_tally(answer.text, by_id[answer.pk]) for answer in answers)


def _tally(text: str, result: dispute.PositionResult) -> str:
    told = f"{text} {_count(result.held)}"
    if result.held_in_part.originators:
        told += f", in part {_count(result.held_in_part)}"
    if result.rejected.originators:
        told += f", rejected by {_count(result.rejected)}"
    if result.rejected_in_part.originators:
        told += f", rejected in part by {_count(result.rejected_in_part)}"
    return told


def _count(voices: dispute.Voices) -> str:
    number = len(voices.originators)
    notes = []
    if voices.accused:
        notes.append("the accused")
    elif number > 1:
        if voices.sides:
            notes.append(f"{len(voices.sides)} side{'s' if len(voices.sides) > 1 else ''}")
        if len(voices.affiliations) == 1:
            notes.append("all of one body")
        elif len(voices.affiliations) < number:
            notes.append(f"{len(voices.affiliations)} independent")
    return f"{number} ({', '.join(notes)})" if notes else str(number)
