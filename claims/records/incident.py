"""Rows of incidents, their questions and answers, and what is filed under an answer."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, NamedTuple

from claims.records.columns import (
    count,
    key,
    moment,
    named,
    number,
    ref,
    text,
    word,
    yes_no,
)
from claims.records.words import (
    Aspect,
    Extent,
    LocationPrecision,
    Stance,
    State,
    TimePrecision,
    Workflow,
)


class Incident(NamedTuple):
    """An event that claims are about."""

    incident_id: Annotated[str, key("The incident.")]
    code: Annotated[str, text("Its code, such as `IQ-20161207-01`.")]
    title: Annotated[str, text("Its title.")]
    occurred_from: Annotated[datetime | None, moment("When it began, to the precision stated.")]
    occurred_to: Annotated[datetime | None, moment("When it ended, to the precision stated.")]
    occurred_precision: Annotated[
        str, word(TimePrecision, "How exact the two times are; the rest is filler.")
    ]
    place: Annotated[str, text("Where it was, in words.")]
    latitude: Annotated[float | None, number("Degrees north (WGS 84).", -90, 90)]
    longitude: Annotated[float | None, number("Degrees east (WGS 84).", -180, 180)]
    location_precision: Annotated[str, word(LocationPrecision, "How exact the coordinates are.")]
    summary: Annotated[str, text("A summary.")]
    parent_id: Annotated[str | None, ref("The incident that this one is part of.", "incidents")]
    parent_code: Annotated[str, text("The code of the incident that this one is part of.")]
    assignee: Annotated[str, text("The member who works on it.")]
    workflow: Annotated[str, word(Workflow, "How far the work on it is.")]
    state: Annotated[str, word(State, "Computed from the claims.")]
    created_at: Annotated[datetime, moment("When it was added.", required=True)]


class Question(NamedTuple):
    """A point of dispute within an incident."""

    question_id: Annotated[str, key("The question.")]
    incident_id: Annotated[str, key("The incident.", "incidents")]
    incident_code: Annotated[str, text("The incident's code.")]
    question: Annotated[str, named("The question in words.")]
    aspect: Annotated[str, word(Aspect, "What it asks about.")]
    key: Annotated[bool, yes_no("`true` if the incident turns on it.")]
    exclusive: Annotated[
        bool, yes_no("`true` if two answers cannot both be true (`dozens` includes 55).")
    ]
    order: Annotated[int, count("Its place among the questions, lowest first.", required=True)]
    state: Annotated[str, word(State, "Computed from the claims.")]
    created_at: Annotated[datetime, moment("When it was added.", required=True)]


class Position(NamedTuple):
    """One answer to a question."""

    position_id: Annotated[str, key("The answer.")]
    question_id: Annotated[str, key("The question.", "questions")]
    question: Annotated[str, named("The question in words.")]
    answer: Annotated[str, named("The answer in words.")]
    competes: Annotated[
        bool, yes_no("`false` for `does not know` or `declined to say`: no rival to the others.")
    ]
    order: Annotated[int, count("Its place among the answers, lowest first.", required=True)]
    created_at: Annotated[datetime, moment("When it was added.", required=True)]


class Filing(NamedTuple):
    """A factual claim under an answer: it holds it or rejects it, fully or in part."""

    filing_id: Annotated[str, key("The filing.")]
    claim_id: Annotated[str, key("The claim.", "claims")]
    source: Annotated[str, named("Who makes the claim.")]
    text: Annotated[str, text("What the claim says, in the words of the article.")]
    position_id: Annotated[str, key("The answer.", "positions")]
    question_id: Annotated[str, key("The question.", "questions")]
    question: Annotated[str, named("The question in words.")]
    answer: Annotated[str, named("The answer in words.")]
    stance: Annotated[str, word(Stance, "Whether the claim holds the answer or rejects it.")]
    extent: Annotated[
        str, word(Extent, "Whether it does so fully; to deny targeting denies deaths in part.")
    ]
    annotator: Annotated[str, text("The member who filed it.")]
    created_at: Annotated[datetime, moment("When it was filed.", required=True)]
