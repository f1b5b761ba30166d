"""Which claims stand, which repeat which, and who said each first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from claims.dispute.shapes import Claim, Incident, Link, Originator, Source
from claims.records import ClaimKind, ClaimStatus, Relation


class Standing(NamedTuple):
    """What holds of each claim before any question is asked.

    `repeats` maps a claim to the one it restates directly; the root of a statement is not in it.
    `links` are the usable ones: both ends given, and not from a claim to itself.
    """

    stands: frozenset[int]
    live: frozenset[int]
    repeats: Mapping[int, int]
    statement: Mapping[int, int]
    originator: Mapping[int, Originator]
    sources: Mapping[int, Source]
    links: Sequence[Link]

    def differ(self, one: int, other: int) -> bool:
        """True when two claims come from different originators."""
        return self.originator[one] != self.originator[other]

    def affiliation(self, claim: int) -> int:
        """The head of the affiliations of the claim's originator."""
        return self.sources[self.originator[claim].source].affiliation

    def independent(self, one: int, other: int) -> bool:
        """True when the originators of two claims have different heads of affiliation."""
        return self.affiliation(one) != self.affiliation(other)


def stand(incident: Incident) -> Standing:
    """Work out standing, statements and originators; KeyError if a claim's source is not given.

    A claim stands when it is not deleted, is submitted or approved, and no other claim that is
    so reaches it through a chain of `supersedes`. The chain may run through claims of any
    status, deleted ones too: a replacement stays one when a claim between them is withdrawn.
    It is enough to ask for submitted or approved claims at the start of the chain, standing or
    not, because what replaced them reaches as far. Live is standing and factual: an opinion or
    a demand is not evidence.

    The originator is the source of the root of the claim's `restates` links; an unnamed source
    counts once for each article, because two "officials" need not be the same people.
    """
    claims = {claim.id: claim for claim in incident.claims}
    links = [
        link
        for link in incident.links
        if link.from_claim != link.to_claim
        and link.from_claim in claims
        and link.to_claim in claims
    ]
    sources = {source.id: source for source in incident.sources}
    present = {claim.id for claim in incident.claims if _is_present(claim)}
    stands = frozenset(present - _superseded(links, present))
    statement, repeats = _statements(claims, _restated(links, claims))
    return Standing(
        stands=stands,
        live=frozenset(claim for claim in stands if claims[claim].kind is ClaimKind.FACTUAL),
        repeats=repeats,
        statement=statement,
        originator={claim: _originator(claims[root], sources) for claim, root in statement.items()},
        sources=sources,
        links=links,
    )


def _is_present(claim: Claim) -> bool:
    return not claim.deleted and claim.status in (
        ClaimStatus.SUBMITTED,
        ClaimStatus.APPROVED,
    )


def _superseded(links: Iterable[Link], present: Iterable[int]) -> set[int]:
    """All that a chain of one or more `supersedes` reaches from a present claim.

    In a cycle, which the database refuses, no present claim stands.
    """
    replaced = defaultdict(list)
    for link in links:
        if link.relation is Relation.SUPERSEDES:
            replaced[link.from_claim].append(link.to_claim)
    reached: set[int] = set()
    waiting = list(present)
    while waiting:
        for claim in replaced[waiting.pop()]:
            if claim not in reached:
                reached.add(claim)
                waiting.append(claim)
    return reached


def _restated(links: Iterable[Link], claims: Mapping[int, Claim]) -> dict[int, int]:
    """The claim that each one restates, among claims of any status that are not deleted.

    Of several, which the database refuses, the one with the lowest id.
    """
    restated: dict[int, int] = {}
    for link in links:
        one, other = link.from_claim, link.to_claim
        gone = claims[one].deleted or claims[other].deleted
        if link.relation is Relation.RESTATES and not gone:
            restated[one] = min(other, restated.get(one, other))
    return restated


def _statements(
    claims: Iterable[int], restated: Mapping[int, int]
) -> tuple[dict[int, int], dict[int, int]]:
    """The root of each claim, and `restated` without the links that leave a root.

    Drafts and withdrawn claims are walked through: that one is not counted does not change who
    said it first. In a cycle, which the database refuses, the lowest id is the root.
    """
    root: dict[int, int] = {}
    for start in claims:
        path: dict[int, None] = {}
        claim = start
        while claim not in root and claim not in path:
            path[claim] = None
            claim = restated.get(claim, claim)
        steps = list(path)
        top = root[claim] if claim in root else min(steps[steps.index(claim) :])
        root.update(dict.fromkeys(steps, top))
    return root, {one: other for one, other in restated.items() if root[one] != one}


def _originator(root: Claim, sources: Mapping[int, Source]) -> Originator:
    return Originator(root.source, root.article if sources[root.source].unnamed else None)
