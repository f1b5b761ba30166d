"""The incident as a whole: its questions, the links that none of them covers, and its claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from operator import attrgetter

from claims.dispute.pairs import OPPOSING, ordered
from claims.dispute.question import Sheet, answer
from claims.dispute.shapes import (
    ClaimResult,
    Incident,
    IncidentResult,
    Link,
    Pair,
    Position,
    Result,
    UnfiledResult,
)
from claims.dispute.standing import Standing, stand
from claims.records import Relation, State

WORST_FIRST = (State.DISPUTED, State.UNCORROBORATED, State.CORROBORATED, State.UNANSWERED)
"""The order in which an incident takes its state from its questions."""


def resolve(incident: Incident) -> Result:
    """The derived state of every claim and question of one incident, and of the incident.

    Raises KeyError if the source of a claim is not given.
    """
    standing = stand(incident)
    sheets, uncovered = _sheets(incident, standing)
    undercut = _undercut(standing)
    accused = _accused(incident, standing)
    questions = {
        number: answer(sheet, standing, undercut, accused) for number, sheet in sheets.items()
    }
    unfiled = _unfiled(uncovered, standing)
    pairs = {pair for result in questions.values() for pair in result.pairs} | {*unfiled.pairs}
    rivals = _rivals(pairs)
    key = [number for number, sheet in sheets.items() if sheet.question.is_key] or list(sheets)
    states = [questions[number].state for number in key]
    if unfiled.state is not None:
        states.append(unfiled.state)
    if _has_loose_claim(sheets.values(), uncovered, standing):
        states.append(State.UNCORROBORATED)
    voices = {standing.originator[claim] for claim in standing.live}
    sides = {standing.sources[voice.source].side for voice in voices}
    return Result(
        claims={claim: _claim(claim, standing, rivals) for claim in sorted(standing.statement)},
        questions=questions,
        unfiled=unfiled,
        incident=IncidentResult(
            state=min(states, key=WORST_FIRST.index, default=State.UNANSWERED),
            challenged=bool(undercut),
            disputed_questions=tuple(
                number for number in key if questions[number].state is State.DISPUTED
            ),
            unfiled_disputed=unfiled.state is State.DISPUTED,
            pairs=tuple(sorted(pairs)),
            live_claims=len(standing.live),
            originators=len(voices),
            sides=len(sides - {None}),
            originators_in_conflict=len({standing.originator[claim] for claim in rivals}),
        ),
    )


def _sheets(incident: Incident, standing: Standing) -> tuple[dict[int, Sheet], list[Link]]:
    """Each question, by id, with its live filings and links; and the links none of them covers.

    Of `contradicts`, `denies` and `corroborates` between live claims: a question covers a link
    when both its ends are filed there, in whatever way. A link with one end filed is uncovered.
    """
    positions: dict[int, list[Position]] = defaultdict(list)
    for position in sorted(incident.positions, key=attrgetter("id")):
        positions[position.question].append(position)
    sheets = {
        question.id: Sheet(question, positions[question.id], [], [])
        for question in sorted(incident.questions, key=attrgetter("id"))
    }
    asked = {position.id: position.question for position in incident.positions}
    filed: dict[int, set[int]] = defaultdict(set)
    for filing in incident.filings:
        question = asked.get(filing.position)
        if question in sheets and filing.claim in standing.live:
            sheets[question].filings.append(filing)
            filed[filing.claim].add(question)
    uncovered = []
    for link in standing.links:
        ends = {link.from_claim, link.to_claim}
        if link.relation not in (*OPPOSING, Relation.CORROBORATES) or not ends <= standing.live:
            continue
        common = filed[link.from_claim] & filed[link.to_claim]
        for question in common:
            sheets[question].links.append(link)
        if not common:
            uncovered.append(link)
    return sheets, uncovered


def _undercut(standing: Standing) -> set[int]:
    """Live claims that a standing claim of any kind, of another originator, undercuts.

    A mark beside the state: doubt about who speaks is not a competing answer.
    """
    return {
        link.to_claim
        for link in standing.links
        if link.relation is Relation.UNDERCUTS
        and link.from_claim in standing.stands
        and link.to_claim in standing.live
        and standing.differ(link.from_claim, link.to_claim)
    }


def _accused(incident: Incident, standing: Standing) -> set[int]:
    """Sources that a live claim of the incident blames; who blames itself admits, and is not."""
    return {
        claim.accused
        for claim in incident.claims
        if claim.accused is not None
        and claim.id in standing.live
        and standing.originator[claim.id].source != claim.accused
    }


def _unfiled(links: Sequence[Link], standing: Standing) -> UnfiledResult:
    """The uncovered links as a question of their own.

    Disputed when any of them is `contradicts` or `denies` (of one originator too: it is the word
    of a person), else corroborated when `corroborates` joins originators with different heads of
    affiliation, else uncorroborated. It always counts for the incident, beside key questions too.
    """
    pairs = {ordered(link.from_claim, link.to_claim) for link in links if link.relation in OPPOSING}
    if not links:
        state = None
    elif pairs:
        state = State.DISPUTED
    elif any(standing.independent(link.from_claim, link.to_claim) for link in links):
        state = State.CORROBORATED
    else:
        state = State.UNCORROBORATED
    return UnfiledResult(state, tuple(sorted(pairs)))


def _has_loose_claim(
    sheets: Iterable[Sheet], uncovered: Iterable[Link], standing: Standing
) -> bool:
    """Whether a live claim is filed nowhere, in no uncovered link, and repeats no live claim.

    Nobody has set it beside another yet, so the incident is at least uncorroborated. A claim
    that restates a live one directly adds nothing that the other does not.
    """
    placed = {filing.claim for sheet in sheets for filing in sheet.filings}
    for link in uncovered:
        placed |= {link.from_claim, link.to_claim}
    return any(standing.repeats.get(claim) not in standing.live for claim in standing.live - placed)


def _rivals(pairs: Iterable[Pair]) -> dict[int, set[int]]:
    """Each claim in a pair, with the other ends of its pairs."""
    rivals: dict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        rivals[one].add(other)
        rivals[other].add(one)
    return dict(rivals)


def _claim(claim: int, standing: Standing, rivals: Mapping[int, AbstractSet[int]]) -> ClaimResult:
    competing = rivals.get(claim, frozenset())
    return ClaimResult(
        stands=claim in standing.stands,
        live=claim in standing.live,
        statement=standing.statement[claim],
        originator=standing.originator[claim],
        disputed=bool(competing),
        competing_claims=tuple(sorted(competing)),
        competing_originators=len({standing.originator[rival] for rival in competing}),
    )
