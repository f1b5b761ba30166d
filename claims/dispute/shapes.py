"""What `resolve` takes and gives: rows named by their integer ids, and nothing else.

Only rows that are not deleted are given, except claims: a deleted claim is given with its mark,
because a chain of `supersedes` may run through it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from claims.records import ClaimKind, ClaimStatus, Extent, Relation, Stance, State

Pair = tuple[int, int]
"""The ids of two claims that compete, the lower one first."""


class Source(NamedTuple):
    """Who says things. `affiliation` is the head of its chain of affiliations (itself if none)."""

    id: int
    unnamed: bool
    side: int | None
    affiliation: int


class Claim(NamedTuple):
    """One attributed statement. `source` and `accused` (whom it blames) are ids of sources."""

    id: int
    source: int
    article: int
    kind: ClaimKind
    status: ClaimStatus
    accused: int | None = None
    deleted: bool = False


class Link(NamedTuple):
    """A relation between two claims of the incident, read from `from_claim` to `to_claim`."""

    id: int
    from_claim: int
    to_claim: int
    relation: Relation


class Question(NamedTuple):
    """A point of dispute. Exclusive: two different answers to it cannot both be true."""

    id: int
    is_key: bool
    exclusive: bool


class Position(NamedTuple):
    """One answer to a question; it does not compete when it is "does not know" or the like."""

    id: int
    question: int
    competes: bool


class Filing(NamedTuple):
    """A claim holds or rejects a position, fully or in part."""

    claim: int
    position: int
    stance: Stance
    extent: Extent


class Incident(NamedTuple):
    """All that bears on one incident, each list in any order.

    The sources are those of its claims. A link or filing with an end that is not given, and a
    link from a claim to itself, is passed over, as a join in the database would do.
    """

    claims: Sequence[Claim]
    links: Sequence[Link]
    sources: Sequence[Source]
    questions: Sequence[Question]
    positions: Sequence[Position]
    filings: Sequence[Filing]


class Originator(NamedTuple):
    """Who said it first: a source, and for an unnamed source also the article it speaks in."""

    source: int
    article: int | None


class ClaimResult(NamedTuple):
    """`statement` is the claim at the root of its restates links (itself if it repeats none).

    `competing_claims` are sorted ids; `competing_originators` counts who said those first.
    """

    stands: bool
    live: bool
    statement: int
    originator: Originator
    disputed: bool
    competing_claims: tuple[int, ...]
    competing_originators: int


class Voices(NamedTuple):
    """Originators that say one thing, with their distinct sides and heads of affiliation, sorted.

    Originators without a side add none to `sides`. `accused`: there is at least one originator,
    and every one of them is blamed by a live claim of the incident that another source made first.
    """

    originators: tuple[Originator, ...]
    sides: tuple[int, ...]
    affiliations: tuple[int, ...]
    accused: bool


class PositionResult(NamedTuple):
    """The composition of one answer. Who does a thing fully is not listed in part as well."""

    position: int
    held: Voices
    held_in_part: Voices
    rejected: Voices
    rejected_in_part: Voices


class QuestionResult(NamedTuple):
    """Pairs are sorted; the composition has one entry for each position, by id."""

    state: State
    challenged: bool
    pairs: tuple[Pair, ...]
    composition: tuple[PositionResult, ...]


class UnfiledResult(NamedTuple):
    """The links that no question covers, as a question of their own; no such link: no state."""

    state: State | None
    pairs: tuple[Pair, ...]


class IncidentResult(NamedTuple):
    """The incident as a whole.

    `disputed_questions` are the sorted ids of those that make its state: its disputed key
    questions (all disputed ones, if none is key). With `unfiled_disputed` they say why the state
    is disputed, and only then are they not empty. `pairs` and the counts cover everything, key
    or not: `live_claims`, `originators` and `sides` of live claims, `originators_in_conflict` of
    claims in a pair; the number of competing pairs is `len(pairs)`.
    """

    state: State
    challenged: bool
    disputed_questions: tuple[int, ...]
    unfiled_disputed: bool
    pairs: tuple[Pair, ...]
    live_claims: int
    originators: int
    sides: int
    originators_in_conflict: int


class Result(NamedTuple):
    """Claims (deleted ones too) and questions by id, in the order of their ids."""

    claims: Mapping[int, ClaimResult]
    questions: Mapping[int, QuestionResult]
    unfiled: UnfiledResult
    incident: IncidentResult
