"""The list of incidents, and how state and composition are said in words, from stored columns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import Prefetch, QuerySet

from claims.models import Incident, Position, Question
from claims.records import State
from claims.views.paging import SIZE, Page, page

ORDER = ("-heat", "-id")
MOST_QUESTIONS = 3
# A question that opens with one of these goes on in small letters inside a sentence.
OPENINGS = frozenset(
    "What Who Whose Whom Where When Why How Which Was Were Is Are Did Do Does Has Have Had".split()
)
BADGES = {State.DISPUTED: "disputed", State.CORROBORATED: "agreed"}


class Composed(NamedTuple):
    """A question with who says what, counted."""

    question: Question
    composition: str


class IncidentRow(NamedTuple):
    """An incident in the list: `badge` is a class, `state` its words, `about` the answers."""

    incident: Incident
    badge: str
    state: str
    about: list[Composed]


class Rows(NamedTuple):
    """One page of the list."""

    rows: list[IncidentRow]
    next_token: str


def rows(incidents: QuerySet[Incident], after: str, size: int = SIZE) -> Rows:
    """The page of `incidents` after `after`, the most contested first."""
    part: Page[Incident] = page(
        incidents.select_related("parent", "assignee").prefetch_related(asked()), ORDER, after, size
    )
    return Rows([row(incident) for incident in part.rows], part.next_token)


def asked() -> Prefetch[Any]:
    """Prefetches the questions of incidents as `asked`, each with its `answers`."""
    answers = Prefetch("positions", Position.objects.kept(), to_attr="answers")
    return Prefetch("questions", Question.objects.kept().prefetch_related(answers), to_attr="asked")


def row(incident: Any) -> IncidentRow:
    """The row of an incident that `asked` was fetched for."""
    told = [one for one in incident.asked if one.state == State.DISPUTED]
    about = [one for one in told if one in telling(incident.asked)] or telling(incident.asked)
    return IncidentRow(
        incident,
        badge(incident.state),
        in_words(incident.state, incident.asked, told),
        [Composed(one, composition(one.answers)) for one in about[:MOST_QUESTIONS] if one.answers],
    )


def telling(questions: Iterable[Any]) -> list[Any]:
    """The questions an incident takes its state from: the key ones, else all."""
    every = list(questions)
    return [one for one in every if one.is_key] or every


def badge(state: str) -> str:
    """The class of the badge of a state."""
    return BADGES.get(State(state), "quiet")


def in_words(state: str, questions: Iterable[Any], disputed: Collection[Any]) -> str:
    """A state as a badge says it: "disputed: what caused the blast".

    `disputed` are those of the `questions` that are, key or not: an incident may agree on its key
    question and be in dispute beside it.
    """
    told = [one for one in telling(questions) if one in disputed]
    if state == State.DISPUTED:
        return f"disputed: {_listed(told) or 'claims that no question covers'}"
    beside = f"; disputed, though not key: {_listed(list(disputed))}" if disputed else ""
    return State(state).label + beside


def _listed(questions: Sequence[Any]) -> str:
    about = [inside(question.text) for question in questions[:MOST_QUESTIONS]]
    if len(questions) > MOST_QUESTIONS:
        about.append(f"{len(questions) - MOST_QUESTIONS} more")
    return "; ".join(about)


def inside(question: str) -> str:
    """A question as part of a sentence: no question mark, no capital that it owes to its place."""
    text = question.rstrip(" ?؟")
    first = text.split(maxsplit=1)[:1]
    return text[:1].lower() + text[1:] if first and first[0] in OPENINGS else text


def composition(answers: Iterable[Position]) -> str:
    """Who says what, counted: "Air strike 2 (2 sides) · Car bomb 1 (the accused)"."""
    return " · ".join(_tally(answer) for answer in answers)


def _tally(answer: Position) -> str:
    # "55 2" would be read as one number.
    stop = ":" if answer.text[-1:].isdigit() else ""
    told = f"{answer.text}{stop} {answer.held_by}"
    if answer.held_by_accused:
        told += " (the accused)"
    elif answer.held_by > 1 and answer.held_sides:
        told += f" ({answer.held_sides} side{'s' if answer.held_sides > 1 else ''})"
    if answer.in_part_by:
        told += f", in part {answer.in_part_by}"
    if answer.rejected_by:
        told += f", rejected at least in part by {answer.rejected_by}"
    return told
