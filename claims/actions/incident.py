"""Incidents, their questions and answers."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from claims.actions import rules
from claims.actions.journal import Act, Actor
from claims.models import Incident, Position, Question, Workspace

QUESTION_TWICE = "This incident has that question already."
ANSWER_TWICE = "The question has that answer already."
UNDATED = "UNDATED"
"""Stands in a code for the day of an incident of which no day is known."""


class NewIncident(NamedTuple):
    """An incident to be made in place; without a day its time is not known."""

    title: str
    occurred_from: dt.datetime | None = None
    place: str = ""


def next_code(workspace: Workspace, day: dt.date | None) -> str:
    """The first free code of a day by the workspace's pattern (`IQ-YYYYMMDD-NN`)."""
    before, _, rest = workspace.incident_code.partition("YYYYMMDD")
    between, _, tail = rest.partition("NN")
    head = f"{before}{day:%Y%m%d}{between}" if day else f"{before}{UNDATED}{between}"
    taken = Incident.objects.within(workspace).filter(code__startswith=head)
    form = re.compile(re.escape(head) + r"(\d+)" + re.escape(tail))
    numbers = [
        int(match[1])
        for code in taken.values_list("code", flat=True)
        if (match := form.fullmatch(code))
    ]
    return f"{head}{max(numbers, default=0) + 1:02}{tail}"


def make(act: Act, values: dict[str, Any], *, templates: bool = True) -> Incident:
    """A new incident within an act; without a code it gets the next one of its day."""
    workspace = act.actor.workspace
    if not values.get("code"):
        values = {**values, "code": next_code(workspace, _day(values))}
    _free_code(workspace, values["code"])
    _no_circle(None, values.get("parent"))
    try:
        with transaction.atomic():
            incident = act.add(Incident(workspace=workspace, **values))
    except IntegrityError as error:
        raise ValidationError({"code": "Another incident has just taken this code."}) from error
    if templates:
        ask_templates(act, incident)
    return incident


def ask_templates(act: Act, incident: Incident) -> None:
    """The desk's questions, but for those that the incident has already."""
    workspace = incident.workspace
    there = set(incident.questions.kept().values_list("text", flat=True))
    for number, template in enumerate(workspace.question_templates):
        if template["text"] in there:
            continue
        question = act.add(
            Question(
                workspace=workspace,
                incident=incident,
                text=template["text"],
                aspect=template.get("aspect", "other"),
                is_key=template.get("is_key", False),
                exclusive=template.get("exclusive", True),
                order=len(there) + number,
            )
        )
        for order, text in enumerate(template.get("positions", [])):
            act.add(Position(workspace=workspace, question=question, text=text, order=order))


def create(actor: Actor, values: dict[str, Any]) -> Incident:
    """A new incident, with the workspace's question templates."""
    with Act(actor, "incident.create", f"added the incident {values['title']}") as act:
        return make(act, values)


def edit(actor: Actor, incident: Incident, version: int, values: dict[str, Any]) -> Incident:
    """Sets an incident's details; its first day takes the place of UNDATED in its code.

    Raises Conflict when stale.
    """
    with Act(actor, "incident.edit", f"edited the incident {incident}") as act:
        act.lock_incidents([incident.pk])
        incident = act.lock(incident, version)
        if values.get("code", incident.code) != incident.code:
            _free_code(actor.workspace, values["code"])
        elif _day(values) and incident.code.startswith(_undated(actor.workspace)):
            values = {**values, "code": next_code(actor.workspace, _day(values))}
        _no_circle(incident, values.get("parent"))
        try:
            with transaction.atomic():
                act.edit(incident, **values)
        except IntegrityError as error:
            raise ValidationError({"code": "Another incident has just taken this code."}) from error
    return incident


def delete(actor: Actor, incident: Incident, version: int) -> None:
    """Deletes an incident without claims, and its questions (else ValidationError)."""
    with Act(actor, "incident.delete", f"deleted the incident {incident}") as act:
        act.lock_incidents([incident.pk])
        incident = act.lock(incident, version)
        if incident.parts.kept().exists():
            raise ValidationError("Other incidents are parts of it.")
        for question in incident.questions.kept():
            for position in question.positions.kept():
                act.remove(position)
            act.remove(question)
        act.remove(incident)
        rules.check(incident)


def make_question(
    act: Act, incident: Incident, values: dict[str, Any], answers: list[str]
) -> tuple[Question, list[Position]]:
    """A new question with its answers, within an act."""
    text = values["text"].strip()
    _no_twin(incident.questions, {"text": text}, QUESTION_TWICE)
    last = incident.questions.kept().order_by("-order").values_list("order", flat=True).first()
    question = act.add(
        Question(
            workspace=incident.workspace,
            incident=incident,
            order=0 if last is None else last + 1,
            **{**values, "text": text},
        )
    )
    rules.check(question)
    return question, [make_position(act, question, {"text": text}) for text in answers]


def add_question(
    actor: Actor, incident: Incident, values: dict[str, Any], answers: list[str]
) -> Question:
    """A new question, with answers that compete unless said otherwise later."""
    with Act(actor, "question.create", f"asked “{values['text']}”") as act:
        act.lock_incidents([incident.pk])
        return make_question(act, incident, values, answers)[0]


def edit_question(
    actor: Actor, question: Question, version: int, values: dict[str, Any]
) -> Question:
    """Sets a question's details. Raises Conflict when stale."""
    with Act(actor, "question.edit", f"edited the question “{question}”") as act:
        act.lock_incidents([question.incident_id])
        question = act.lock(question, version)
        _no_twin(question.incident.questions.exclude(pk=question.pk), values, QUESTION_TWICE)
        act.edit(question, **values)
    return question


def delete_question(actor: Actor, question: Question, version: int) -> None:
    """Deletes a question under which nothing is filed (else ValidationError)."""
    with Act(actor, "question.delete", f"deleted the question “{question}”") as act:
        act.lock_incidents([question.incident_id])
        question = act.lock(question, version)
        rules_after = [*question.positions.kept(), question]
        for row in rules_after:
            act.remove(row)
        for row in rules_after:
            rules.check(row)


def make_position(act: Act, question: Question, values: dict[str, Any]) -> Position:
    """A new answer, within an act."""
    text = values["text"].strip()
    _no_twin(question.positions, {"text": text}, ANSWER_TWICE)
    last = question.positions.kept().order_by("-order").values_list("order", flat=True).first()
    position = act.add(
        Position(
            workspace=question.workspace,
            question=question,
            order=0 if last is None else last + 1,
            **{**values, "text": text},
        )
    )
    rules.check(position)
    return position


def add_position(actor: Actor, question: Question, values: dict[str, Any]) -> Position:
    """A new answer to a question."""
    with Act(actor, "position.create", f"added the answer “{values['text']}”") as act:
        act.lock_incidents([question.incident_id])
        return make_position(act, question, values)


def edit_position(
    actor: Actor, position: Position, version: int, values: dict[str, Any]
) -> Position:
    """Sets an answer's words and whether it competes. Raises Conflict when stale."""
    with Act(actor, "position.edit", f"edited the answer “{position}”") as act:
        act.lock_incidents([position.question.incident_id])
        position = act.lock(position, version)
        _no_twin(position.question.positions.exclude(pk=position.pk), values, ANSWER_TWICE)
        act.edit(position, **values)
    return position


def delete_position(actor: Actor, position: Position, version: int) -> None:
    """Deletes an answer under which nothing is filed (else ValidationError)."""
    with Act(actor, "position.delete", f"deleted the answer “{position}”") as act:
        act.lock_incidents([position.question.incident_id])
        position = act.lock(position, version)
        act.remove(position)
        rules.check(position)


def _day(values: dict[str, Any]) -> dt.date | None:
    start = values.get("occurred_from")
    return start.date() if start else None


def _undated(workspace: Workspace) -> str:
    return workspace.incident_code.partition("YYYYMMDD")[0] + UNDATED


def _free_code(workspace: Workspace, code: str) -> None:
    if Incident.objects.within(workspace).kept().filter(code=code).exists():
        raise ValidationError({"code": f"Another incident has the code {code}."})


def _no_twin(others: Any, values: dict[str, Any], said: str) -> None:
    """Raises ValidationError (`text`) when one of the kept `others` has the text of `values`."""
    if "text" in values and others.filter(text=values["text"], deleted_at=None).exists():
        raise ValidationError({"text": said})


def _no_circle(incident: Incident | None, parent: Incident | None) -> None:
    while parent is not None:
        if incident is not None and parent.pk == incident.pk:
            raise ValidationError({"parent": "An incident can't be a part of itself."})
        parent = parent.parent
