"""The state and the composition of one question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from claims.dispute.pairs import Answers, competing_pairs
from claims.dispute.shapes import (
    Filing,
    Link,
    Originator,
    Position,
    PositionResult,
    Question,
    QuestionResult,
    Voices,
)
from claims.dispute.standing import Standing
from claims.records import Extent, Relation, Stance, State


class Sheet(NamedTuple):
    """A question with what bears on it.

    Its positions in the order of their ids, the filings of live claims under them, and the links
    between two claims so filed.
    """

    question: Question
    positions: list[Position]
    filings: list[Filing]
    links: list[Link]


def answer(
    sheet: Sheet,
    standing: Standing,
    undercut: AbstractSet[int],
    accused: AbstractSet[int],
) -> QuestionResult:
    """The state of one question; first match wins.

    - disputed: it has a competing pair;
    - corroborated: one competing position is held fully by live claims of originators with
      different heads of affiliation, or `corroborates` joins two live claims filed fully whose
      originators differ so. Two who "do not know" corroborate nothing;
    - uncorroborated: any other live claim is filed, also in part, also rejecting;
    - unanswered.

    It is challenged when any live claim filed on it, in whatever way, is in `undercut`.
    `accused` are the ids of blamed sources.
    """
    held = _fully(sheet.filings, Stance.HOLDS)
    rejected = _fully(sheet.filings, Stance.REJECTS)
    competing = {position.id for position in sheet.positions if position.competes}
    pairs = competing_pairs(
        held,
        rejected,
        exclusive=competing if sheet.question.exclusive else frozenset(),
        links=sheet.links,
        standing=standing,
    )
    if pairs:
        state = State.DISPUTED
    elif _is_corroborated(sheet.links, held, rejected, competing, standing):
        state = State.CORROBORATED
    elif sheet.filings:
        state = State.UNCORROBORATED
    else:
        state = State.UNANSWERED
    return QuestionResult(
        state=state,
        challenged=any(filing.claim in undercut for filing in sheet.filings),
        pairs=tuple(sorted(pairs)),
        composition=_composition(sheet, standing, accused),
    )


def _fully(filings: Iterable[Filing], stance: Stance) -> dict[int, set[int]]:
    answers: dict[int, set[int]] = defaultdict(set)
    for filing in filings:
        if filing.stance is stance and filing.extent is Extent.FULLY:
            answers[filing.claim].add(filing.position)
    return dict(answers)


def _is_corroborated(
    links: Iterable[Link],
    held: Answers,
    rejected: Answers,
    competing: AbstractSet[int],
    standing: Standing,
) -> bool:
    affiliations: dict[int, set[int]] = defaultdict(set)
    for claim, positions in held.items():
        for position in positions & competing:
            affiliations[position].add(standing.affiliation(claim))
    filed = held.keys() | rejected.keys()
    return any(len(heads) > 1 for heads in affiliations.values()) or any(
        link.relation is Relation.CORROBORATES
        and link.from_claim in filed
        and link.to_claim in filed
        and standing.independent(link.from_claim, link.to_claim)
        for link in links
    )


def _composition(
    sheet: Sheet, standing: Standing, accused: AbstractSet[int]
) -> tuple[PositionResult, ...]:
    """Who holds and who rejects each position; who does it fully is not listed in part too."""
    said: dict[tuple[int, Stance, Extent], set[Originator]] = defaultdict(set)
    for filing in sheet.filings:
        key = (filing.position, filing.stance, filing.extent)
        said[key].add(standing.originator[filing.claim])

    def both(position: int, stance: Stance) -> tuple[Voices, Voices]:
        fully = said[position, stance, Extent.FULLY]
        in_part = said[position, stance, Extent.IN_PART] - fully
        return _voices(fully, standing, accused), _voices(in_part, standing, accused)

    return tuple(
        PositionResult(
            position.id,
            *both(position.id, Stance.HOLDS),
            *both(position.id, Stance.REJECTS),
        )
        for position in sheet.positions
    )


def _voices(
    originators: AbstractSet[Originator], standing: Standing, accused: AbstractSet[int]
) -> Voices:
    sources = [standing.sources[originator.source] for originator in originators]
    return Voices(
        originators=tuple(sorted(originators)),
        sides=tuple(sorted({source.side for source in sources if source.side is not None})),
        affiliations=tuple(sorted({source.affiliation for source in sources})),
        accused=bool(sources) and all(source.id in accused for source in sources),
    )
