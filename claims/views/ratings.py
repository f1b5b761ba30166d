"""How far sources have been reliable, and the grades beside claims where the desk uses them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from claims.models import Claim, Rating, Source, Workspace


def letters(sources: Iterable[int]) -> dict[int, str]:
    """The letter of each source that has one by today, in one query."""
    rated = Rating.objects.kept().filter(source__in=set(sources), since__lte=timezone.localdate())
    rows = rated.order_by("since", "id").values_list("source_id", "reliability")
    return {source: letter for source, letter in rows}  # noqa: C416 (the last one counts)


def grades(workspace: Workspace, claims: Iterable[Claim]) -> dict[int, str]:
    """The Admiralty grade of each claim, as "B2": of a scale that is off, or not given, nothing."""
    claims = list(claims)
    reliable: dict[int, str] = {}
    if workspace.uses_reliability:
        reliable = letters(claim.source_id for claim in claims)
    return {
        claim.pk: reliable.get(claim.source_id, "")
        + (claim.credibility if workspace.uses_credibility else "")
        for claim in claims
    }


def history(source: Source) -> list[Any]:
    """The ratings of a source, the newest first; `in_force` is the one that counts today."""
    rows = list(source.ratings.kept().select_related("rated_by").order_by("-since", "-id"))
    today = timezone.localdate()
    counting = next((row for row in rows if row.since <= today), None)
    for row in rows:
        row.in_force = row is counting
    return rows
