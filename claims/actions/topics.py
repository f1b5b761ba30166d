"""In whose history an act stands: the kinds of acts, and the objects that a row is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models

from claims.models import (
    Alias,
    Article,
    Assessment,
    AssessmentClaim,
    BlindReading,
    Claim,
    Comment,
    Dismissal,
    Figure,
    Filing,
    Incident,
    Link,
    Mention,
    ParagraphRead,
    Placement,
    Position,
    Question,
    Rating,
    Revision,
    Source,
    Span,
    Suggestion,
)
from claims.records import ChangeKind

Topic = tuple[str, int]
"""A noun of `NOUNS` and the id of its row."""

NOUNS = ("claim", "question", "incident", "article", "source")
"""What has a history of its own, the nearest to a person's act first."""

KINDS = {
    "claim": ChangeKind.CLAIM,
    "suggestion": ChangeKind.CLAIM,
    "link": ChangeKind.LINK,
    "filing": ChangeKind.FILING,
    "incident": ChangeKind.INCIDENT,
    "question": ChangeKind.INCIDENT,
    "position": ChangeKind.INCIDENT,
    "article": ChangeKind.ARTICLE,
    "blind": ChangeKind.ARTICLE,
    "source": ChangeKind.SOURCE,
    "side": ChangeKind.SOURCE,
    "assessment": ChangeKind.VERDICT,
    "comment": ChangeKind.COMMENT,
    "rating": ChangeKind.SOURCE,
    "member": ChangeKind.DESK,
    "workspace": ChangeKind.DESK,
    "work": ChangeKind.DESK,
    "webhook": ChangeKind.DESK,
}
"""The kind of an act, by the noun with which its action begins."""

OF_A_CLAIM = (
    ("incident", "incident_id"),
    ("article", "article_id"),
    ("source", "source_id"),
    ("source", "via_id"),
    ("source", "accused_id"),
)

Data = dict[str, Any]


def kind_of(action: str) -> ChangeKind:
    """The kind of an act; an undo is of the kind of what it undoes, which the caller knows."""
    return KINDS.get(action.partition(".")[0], ChangeKind.OTHER)


def about(row: models.Model, before: Data, after: Data) -> Iterator[Topic]:
    """The objects in whose history a change of `row` stands; what it left counts as well."""
    both = (before, after)
    match row:
        case Claim():
            yield "claim", row.pk
            for noun, column in OF_A_CLAIM:
                yield from _named(noun, column, *both)
        case Span() | Figure() | Placement():
            yield from _of_claim(row.claim)
        case Link():
            yield from _of_claim(row.from_claim)
            yield from _of_claim(row.to_claim)
            yield from _named("incident", "incident_id", *both)
        case Filing():
            yield from _of_claim(row.claim)
            yield from _of_question(row.position.question)
        case Position():
            yield from _of_question(row.question)
            yield from _named("question", "question_id", *both)
        case Question():
            yield "question", row.pk
            yield from _named("incident", "incident_id", *both)
        case Incident():
            yield "incident", row.pk
        case Source():
            yield "source", row.pk
            yield from _named("article", "article_id", *both)
        case Alias() | Rating():
            yield "source", row.source_id
        case _:
            yield from _decided_or_said(row)
            yield from _of_article(row)


def ordered(topics: Mapping[Topic, int]) -> list[Topic]:
    """The topics as a line of the history names them, from how often the act named each.

    First one of every noun, then the seconds: what is named most often is what the act is about,
    as the claim is of which a dozen links went.
    """
    often = sorted(topics, key=lambda topic: (-topics[topic], topic[1]))
    places: Counter[str] = Counter()
    keys = {}
    for noun, id in often:
        keys[noun, id] = (places[noun], NOUNS.index(noun))
        places[noun] += 1
    return sorted(often, key=lambda topic: keys[topic])


def _decided_or_said(row: models.Model) -> Iterator[Topic]:
    match row:
        case Assessment():
            yield from _of_subject(row.question, row.incident)
        case AssessmentClaim():
            yield from _of_subject(row.assessment.question, row.assessment.incident)
        case Comment():
            yield from _of_subject(row.question, row.incident)
            if row.claim:
                yield from _of_claim(row.claim)
            if row.article_id is not None:
                yield "article", row.article_id
        case Mention():
            yield from _decided_or_said(row.comment)


def _of_subject(question: Question | None, incident: Incident | None) -> Iterator[Topic]:
    if question:
        yield from _of_question(question)
    if incident:
        yield "incident", incident.pk


def _of_article(row: models.Model) -> Iterator[Topic]:
    match row:
        case Article():
            yield "article", row.pk
        case Revision() | BlindReading() | Suggestion():
            yield "article", row.article_id
        case ParagraphRead():
            yield "article", row.revision.article_id
        case Dismissal():
            for id in table_of(row.noun).filter(uid__in=[row.one, row.other]).values_list("pk"):
                yield row.noun, id[0]


def _of_claim(claim: Claim) -> Iterator[Topic]:
    yield "claim", claim.pk
    yield "article", claim.article_id
    yield "source", claim.source_id
    if claim.incident_id is not None:
        yield "incident", claim.incident_id


def _of_question(question: Question) -> Iterator[Topic]:
    yield "question", question.pk
    yield "incident", question.incident_id


def table_of(noun: str) -> Any:
    """All rows of what has a history under `noun`."""
    return {one._meta.model_name: one for one in (Claim, Source, Incident, Article)}[noun].objects


def _named(noun: str, column: str, *rows: Data) -> Iterator[Topic]:
    for row in rows:
        if row.get(column) is not None:
            yield noun, row[column]
