"""What keeps undo from putting a row back, or makes it ask: in sentences for a person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from claims.actions import rules
from claims.actions.attached import called
from claims.models import (
    Alias,
    Article,
    Assessment,
    ChangeRow,
    Claim,
    Figure,
    Incident,
    Membership,
    Mention,
    Placement,
    Position,
    Revision,
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
        case Span() | Figure() | Placement():
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


def stands_alone(revision: Revision) -> str:
    """Why a text can't go; empty when it can: it is the newest, and no claim is in it alone."""
    if revision.article.revisions.filter(number__gt=revision.number).exists():
        return "A newer text has come since: undo that first."
    own = Claim.objects.filter(spans__revision=revision).distinct()
    earlier = Span.objects.filter(claim=OuterRef("pk")).exclude(revision=revision)
    alone = own.filter(~Exists(earlier)).count()
    if not alone:
        return ""
    claims = "a claim was" if alone == 1 else f"{alone} claims were"
    return f"In the new text {claims} made since: undo that first."


def in_older_text(lines: Iterable[ChangeRow]) -> bool:
    """Whether the lines change words of a claim in a text that a newer one has replaced."""
    made = {line.object_id for line in lines if line.model == "claim" and made_by(line)}
    texts = {
        data["revision_id"]
        for line in lines
        if line.model == "span"
        for data in [line.before or line.after or {}]
        if data["claim_id"] not in made
    }
    newer = Revision.objects.filter(article=OuterRef("article"), number__gt=OuterRef("number"))
    return bool(texts) and Revision.objects.filter(Exists(newer), pk__in=texts).exists()


def made_by(line: ChangeRow) -> bool:
    """Whether the act made the row, or made it again."""
    return line.before is None or bool(line.before.get("deleted_at") and line.after)


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
