"""What hangs on a row and goes when it goes, and what a person calls it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from claims.models import (
    Assessment,
    Claim,
    Comment,
    Filing,
    Incident,
    Link,
    Membership,
    Mention,
    Position,
    Question,
    Rating,
)
from claims.models.base import Root
from claims.records import Relation, Stance

WORDS_SHOWN = 60


def attached(claim: Claim) -> list[Link | Filing]:
    """The links and filings of `claim`, those of others that end at it included."""
    links = Link.objects.kept().filter(Q(from_claim=claim) | Q(to_claim=claim))
    filings = claim.filings.kept().select_related("position__question")
    return [
        *links.select_related("from_claim__source", "to_claim__source").order_by("id"),
        *filings.order_by("id"),
    ]


def hanging(row: Root) -> list[Root]:
    """What has no place without `row`: a claim's links and filings, a question's answers."""
    match row:
        case Claim():
            return list(attached(row))
        case Question():
            return list(row.positions.kept().select_related("question"))
        case Incident():
            questions = list(row.questions.kept())
            return [*(answer for one in questions for answer in hanging(one)), *questions]
    return []


def describe(row: Link | Filing) -> str:
    """The link or filing in plain words, without a full stop."""
    if isinstance(row, Link):
        relation = Relation(row.relation).label
        return f"{row.from_claim.source} {relation} {row.to_claim.source}"
    stance = Stance(row.stance).label
    return f"filed under “{row.position.question}”: {stance}: {row.position}"


def called(row: models.Model) -> str:
    """What a person calls the row, as the subject of a sentence without its article."""
    match row:
        case Claim():
            said = _short(" […] ".join(row.quotes()))
            return f"claim of {row.source} (“{said}”)" if said else f"claim of {row.source}"
        case Link():
            return f"link ({describe(row)})"
        case Filing():
            return f"filing ({describe(row)})"
        case Position():
            return f"answer “{row}”"
        case Membership():
            return f"seat of {row.user}"
        case Assessment():
            # Without the verdict: who is to second it may be reading.
            return f"verdict on “{row.about}”"
        case Comment():
            return f"comment (“{_short(row.text)}”)"
        case Mention():
            return f"mention of {row.user}"
        case Rating():
            return f"rating of {row.source}"
    return f"{row._meta.verbose_name} “{row}”"


def _short(said: str) -> str:
    return said if len(said) <= WORDS_SHOWN else f"{said[:WORDS_SHOWN].rstrip()}…"
