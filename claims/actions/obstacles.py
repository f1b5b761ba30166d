"""What keeps undo from putting a row back, or makes it ask: in sentences for a person."""

from __future__ import annotations

from typing import Any

from django.db import models

from claims.actions import rules
from claims.actions.attached import called
from claims.models import (
    Alias,
    Article,
    Assessment,
    Figure,
    Incident,
    Membership,
    Mention,
    Position,
    Side,
    Source,
    Span,
)
from claims.models.base import Root

# Pointers to the same table, which must not go round in a ring.
CHAINS = {Source: "affiliation", Incident: "parent", Article: "republishes"}


def owner_of(row: models.Model) -> Root | None:
    """What the row is a part of."""
    match row:
        case Span() | Figure():
            return row.claim
        case Alias():
            return row.source
        case Mention():
            return row.comment
    return None


def changed_since(row: models.Model) -> str:
    """What is asked before later work on the row is taken back."""
    return f"The {called(owner_of(row) or row)} was changed since; that would be taken back too."


def place_taken(row: models.Model) -> str:
    """Why the database refused the row, and the way out."""
    match row:
        case Incident():
            return f"Another incident has the code {row.code} by now: give that one another first."
        case Position():
            return f"The question has another answer “{row}” by now: rename that one first."
        case Membership():
            return f"{row.user} has another seat by now."
        case Assessment():
            return "Its reviewer has put another verdict in its place by now."
        case Side() | Alias():
            return f"Another one is called “{row}” by now: rename that one first."
    return f"The {called(row)} can't come back: another one has its place."


def wrong(row: models.Model) -> str:
    """What the row would break; empty when all is well."""
    if breach := rules.breach(row):
        return breach
    match row:
        case Incident() if row.deleted_at and row.parts.kept().exists():
            return "Other incidents are parts of it."
        case Source(named=False, deleted_at=None):
            elsewhere = row.claims.kept().exclude(article=row.article_id)
            return "Claims of other articles name it by now." if elsewhere.exists() else ""
    return _ring(row)


def _ring(row: Any) -> str:
    """A row that would be above itself, by way of others."""
    name = CHAINS.get(type(row), "")
    above, seen = getattr(row, name, None) if name else None, {row.pk}
    while above is not None:
        if above.pk in seen:
            return "It would stand above itself, by way of others."
        seen.add(above.pk)
        above = getattr(above, name)
    return ""
