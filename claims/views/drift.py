"""How a repeated statement differs from its first report: what was passed on, and what changed."""

from __future__ import annotations

from typing import Any

from claims.models import Claim, Figure
from claims.records import ClaimKind, Polarity


def drift(claim: Claim, first: Claim) -> list[str]:
    """What `claim` says otherwise than `first`, in sentences; both have their figures at hand.

    A number that only one of them gives is no difference: blank is not stated.
    """
    found = []
    if claim.kind != first.kind:
        found.append(f"the first report is of another kind: {ClaimKind(first.kind).label}")
    elif claim.kind == ClaimKind.FACTUAL and claim.polarity != first.polarity:
        found.append(f"the first report {Polarity(first.polarity).label}")
    there = [figure for figure in first.figures.all() if _other(figure, claim)]
    if there:
        said = ", ".join(f"“{n.as_stated}”" if n.as_stated else n.range_in_words() for n in there)
        found.append(f"numbers differ from the first report: {said}")
    return found


def _other(figure: Figure, claim: Claim) -> bool:
    """Whether `claim` counts the same thing, and never as `figure` does."""
    same = [one for one in claim.figures.all() if _counted(one) == _counted(figure)]
    return bool(same) and all(_number(one) != _number(figure) for one in same)


def _counted(figure: Figure) -> tuple[str, ...]:
    return figure.measure, figure.status, figure.subgroup.casefold(), figure.part.casefold()


def _number(figure: Figure) -> tuple[Any, ...]:
    """Its bounds; where it has none, its words. “fifty” and “50” are one number."""
    if figure.low is None and figure.high is None:
        return (figure.as_stated.casefold(),)
    return figure.low, figure.high
