"""What is proposed for a claim, or within an incident: claims with what may hold between them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from django.db.models import Q

from claims.models import Claim, Dismissal, Link
from claims.models.near import claims_near
from claims.models.proposal import dismissed
from claims.models.statements import statements
from claims.records import ClaimStatus
from claims.searching.facets import Noun
from claims.suggester.competing import Proposal, Statement, compare, rank, weights
from claims.suggester.competing.score import LEAST
from claims.views.candidates import Candidate, shown
from claims.views.said import Said
from claims.views.scene import Scene

AT_FIRST = 3
OF_AN_INCIDENT = 5
COMPARED = 40
"""So many statements of an incident are compared with one another on its page."""


class Proposed(NamedTuple):
    """A claim that is proposed for the one in hand."""

    row: Candidate
    proposal: Proposal


class Pair(NamedTuple):
    """Two statements of an incident; the proposal is for the first of them."""

    one: Said
    other: Said
    proposal: Proposal


class Pairs(NamedTuple):
    """The likeliest pairs that may compete, and that may say the same; `left` are not compared."""

    competing: list[Pair]
    same: list[Pair]
    left: int


def for_claim(claim: Claim) -> list[Proposed]:
    """The three likeliest; the number of queries does not depend on how much there is."""
    ids = claims_near(claim, " ".join(claim.quotes()))
    known = statements([claim.pk, *ids])
    own = next((one for one in known if one.id == claim.pk), None)
    if own is None:
        return []
    gone = dismissed(claim.workspace_id, Noun.CLAIM, claim.uid)
    out = set(Claim.objects.filter(uid__in=gone).values_list("pk", flat=True)) | _linked(claim)
    found = rank(own, [one for one in known if one.id not in out], AT_FIRST)
    rows = {row.claim.pk: row for row in shown(Claim.objects.filter(pk__in=[p.id for p in found]))}
    return [Proposed(rows[p.id], p) for p in found if p.id in rows]


def _linked(claim: Claim) -> set[int]:
    """The claims that a link joins to it."""
    ends = Link.objects.kept().filter(Q(from_claim=claim) | Q(to_claim=claim))
    return {pk for pair in ends.values_list("from_claim_id", "to_claim_id") for pk in pair}


def within(seen: Scene) -> Pairs:
    """The likeliest pairs of an incident, of which no link and no answers tell already."""
    roots = [
        pk
        for pk, one in seen.claims.items()
        if seen.statement(pk) == pk
        and one.claim.status not in (ClaimStatus.DRAFT, ClaimStatus.WITHDRAWN)
    ]
    known = statements(roots[-COMPARED:])
    told = _told(seen)
    uids = {seen.claims[one.id].claim.uid: one.id for one in known}
    gone = {
        frozenset((uids.get(one), uids.get(other)))
        for one, other in Dismissal.objects.filter(
            workspace=seen.incident.workspace_id, noun=Noun.CLAIM, one__in=uids
        ).values_list("one", "other")
    }
    found = [
        Pair(seen.claims[a.id], seen.claims[b.id], proposal)
        for a, b, proposal in _compared(known, told | gone)
    ]
    found.sort(key=lambda pair: (-pair.proposal.score, pair.one.claim.pk, pair.other.claim.pk))
    return Pairs(
        [pair for pair in found if pair.proposal.competes][:OF_AN_INCIDENT],
        [pair for pair in found if pair.proposal.same][:OF_AN_INCIDENT],
        max(0, len(roots) - COMPARED),
    )


def _compared(
    known: list[Statement], told: set[frozenset[int | None]]
) -> Iterable[tuple[Statement, Statement, Proposal]]:
    telling = weights(known)
    for a, b in combinations(known, 2):
        if frozenset((a.id, b.id)) not in told:
            found = compare(a, b, telling)
            if found and found.score >= LEAST:
                yield a, b, found


def _told(seen: Scene) -> set[frozenset[int | None]]:
    """Pairs of statements that are linked, or compete by their answers."""
    pairs = {pair for one in seen.result.questions.values() for pair in one.pairs}
    pairs |= {*seen.result.unfiled.pairs}
    pairs |= {(link.from_claim_id, link.to_claim_id) for link in seen.links}
    return {frozenset(seen.statement(pk) for pk in pair) for pair in pairs}
