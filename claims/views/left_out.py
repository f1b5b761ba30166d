"""Figures that stand in no panel, with the reason: a number that is not claimed is not drawn."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

from claims.records import ClaimKind, ClaimStatus
from claims.views.said import Said
from claims.views.scene import Scene


class LeftOut(NamedTuple):
    """Figures that are drawn nowhere, and why."""

    why: str
    rows: list[tuple[Said, Any]]


def left_out(scene: Scene) -> list[LeftOut]:
    """The figures of what is denied, of what is no fact, and of what does not stand."""
    found: dict[str, list[tuple[Said, Any]]] = defaultdict(list)
    for id, one in scene.claims.items():
        why = _why(one, stands=scene.result.claims[id].stands)
        if why:
            found[why] += [(one, figure) for figure in one.claim.figures.all()]
    return [LeftOut(why, rows) for why, rows in found.items() if rows]


def _why(one: Said, *, stands: bool) -> str:
    status = ClaimStatus(one.claim.status)
    if not stands:
        replaced = status not in (ClaimStatus.DRAFT, ClaimStatus.WITHDRAWN)
        return "replaced by a later claim" if replaced else f"in a claim that is {status.label}"
    if one.claim.kind != ClaimKind.FACTUAL:
        return "in a demand or an opinion"
    return "denied: what is denied is not claimed" if one.denies else ""
